internal import NeuralNet

/// Copies of some recordings, which a generator goes on making while it learns against the
/// discriminator, so that it does not forget the recordings' sounds.
///
/// The loss of the generator is then, at step s after a warm-up of S steps,
///
///     adversarial + reconstruction / (1 + s/S) · distance of the copies from their recordings.
///
/// The recordings' vectors stay as the warm-up left them.
package final class RecordingCopies {
  private let latents: RecordingLatents
  private let settings: TrainingSettings
  private let loss: ReconstructionLoss
  private let real: Tensor
  private let soundGradient: Tensor
  private let team: ThreadTeam
  private var inputs: [Float] = []
  private var weight: Float = 0

  init(of latents: RecordingLatents, settings: TrainingSettings, team: ThreadTeam) {
    self.latents = latents
    self.settings = settings
    self.team = team
    loss = ReconstructionLoss(frameScale: settings.data.frameScale)
    let data = settings.data
    real = Tensor(settings.objective.batchSize, data.windowLength, data.channelCount)
    soundGradient = Tensor(settings.objective.batchSize, data.windowLength, data.channelCount)
  }

  /// Chooses what is copied next.
  ///
  /// - Parameter step: steps made after the warm-up, on which the weight depends.
  func choose(_ batch: BeginningSampler.Batch, step: Int) {
    let objective = settings.objective
    real.assign(batch.samples)
    inputs = batch.recordings.flatMap { latents.input(for: $0, model: settings.model) }
    weight = Float(objective.reconstruction / (1 + Double(step) / Double(objective.warmUpSteps)))
  }

  /// Adds to a generator's gradients those of the weighted distance.
  ///
  /// - Returns: the distance, without its weight.
  func addGradients(to generator: any GeneratorNetwork) -> Double {
    generator.forward(inputs, usesBatchStatistics: true)
    let distance = loss.measure(
      generator.output, against: real, gradient: soundGradient, team: team)
    soundGradient.scaleClips(
      by: [Float](repeating: weight, count: soundGradient.shape[0]), team: team)
    generator.backward(soundGradient)
    return distance
  }
}
