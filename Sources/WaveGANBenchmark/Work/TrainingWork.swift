import NeuralNet
import WaveGAN

/// The two updates of a training and the rendering of a batch, on clips of noise.
final class TrainingWork {
  private let settings: TrainingSettings
  private let adversaries: Adversaries
  private let draws: TrainingDraws
  private let real: Tensor
  private var step = 0

  /// Plans both networks and makes a batch, both from the settings' seed.
  init(settings: TrainingSettings, team: ThreadTeam) {
    self.settings = settings
    adversaries = Adversaries(settings: settings, team: team)
    draws = TrainingDraws(settings: settings, attempt: 0)
    real = Tensor(
      settings.objective.batchSize, settings.data.windowLength, settings.data.channelCount)
    real.fillWithNoise(seed: settings.seed)
  }

  /// One update of the critic.
  func updateCritic() {
    _ = adversaries.updateDiscriminator(
      real: real, draws: draws.critic(step: step, update: 0), step: step)
    step += 1
  }

  /// One update of the generator.
  func updateGenerator() {
    _ = adversaries.updateGenerator(
      draws: draws.generator(step: step, update: 0), real: real, step: step)
    step += 1
  }

  /// The generator's forward pass of one batch.
  func render() {
    adversaries.generator.forward(
      draws.generator(step: 0, update: 0).latents, usesBatchStatistics: false)
  }

  /// Times the three of them.
  ///
  /// - Parameter peak: the rate of sgemm, in GFLOP/s.
  func measure(_ options: MeasuringOptions, peak: Double) -> [Measurement] {
    let geometry = NetworkGeometry(data: settings.data, model: settings.model)
    let batchSize = Double(settings.objective.batchSize)
    let critic = geometry.criticOperationCount * batchSize
    let generator = settings.generatorOperationCount * batchSize
    return [
      Measurement(
        "critic step", options.stopwatch(seconds: 8).time(updateCritic),
        operationCount: 10 * critic + generator, peak: peak),
      Measurement(
        "generator step", options.stopwatch(seconds: 4).time(updateGenerator),
        operationCount: 2 * critic + 3 * generator, peak: peak),
      Measurement(
        "render", options.stopwatch(seconds: 2).time(render), operationCount: generator,
        peak: peak),
    ]
  }

  /// Seconds of a whole step: its updates of the critic and one of the generator.
  ///
  /// - Parameter measurements: what ``measure(_:peak:)`` returned.
  func iterationSeconds(_ measurements: [Measurement]) -> Double {
    Double(settings.objective.criticUpdates) * measurements[0].timing.median
      + measurements[1].timing.median
  }
}

extension Tensor {
  /// Fills it with numbers from U[−½, ½).
  func fillWithNoise(seed: UInt64, index: Int = 0) {
    var random = RandomStream(seed: seed, purpose: .offset, index: index)
    for i in 0..<count { self[i] = random.nextUniform() - 0.5 }
  }
}
