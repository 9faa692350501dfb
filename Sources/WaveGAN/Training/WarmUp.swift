package import NeuralNet

/// The beginning of a training in which the generator learns without a discriminator.
///
/// Every recording for training has a latent vector of its own, which is learned together with the
/// generator's weights, so that the generator makes of it that recording (generative latent
/// optimisation): of one that is longer than the window, the window at its beginning, so that a
/// vector stands for one sound. Recordings that sound alike come to have vectors near each other.
/// At the end a ``LatentPrior`` is fitted to the vectors, and training goes on with the discriminator
/// from a generator that makes sound already.
///
/// Two switches make the space between the vectors sound like something as well: the generator can be
/// given vectors with noise, `noise` times as large as the vectors' own standard deviation; and the
/// vectors can be drawn towards N(0, 1), so that deviation has a meaning,
///
///     loss = reconstruction + pull · Σ_z KL(N(μ_z, σ_z²) ‖ N(0, 1)),
///
/// where μ_z and σ_z are coordinate z's over all recordings.
///
/// Source: Bojanowski et al. 2018; the Gaussian: their section 4.
package final class WarmUp {
  /// What is learned besides the generator.
  package let latents: RecordingLatents

  /// Moves the vectors of the recordings that are copied, and no others.
  package let optimizer: RowAdam

  /// How generator and vectors move, whatever the loss will be: as is usual for copying.
  static let optimizerRule = OptimizerRule.adam(beta1: 0.9, beta2: 0.999)

  /// Learning rate of the generator. The loss does not answer back as a discriminator does, and
  /// bears more than that.
  ///
  /// The inverse-STFT generator's is lower: small changes of its phases are large ones of its sound.
  private let generatorRate: Double

  /// Learning rate of the vectors. Each is in few batches, and has a way to go.
  static let latentRate = 1e-2

  private let loss: ReconstructionLoss
  private let settings: TrainingSettings
  private let soundGradient: Tensor
  private let inputGradient: Tensor
  private let team: ThreadTeam

  /// Begins with the vectors as they are.
  init(_ latents: RecordingLatents, settings: TrainingSettings, team: ThreadTeam) {
    self.latents = latents
    self.settings = settings
    self.team = team
    loss = ReconstructionLoss(frameScale: settings.data.frameScale)
    generatorRate = settings.model.generator == .istft ? 3e-4 : 1e-3
    optimizer = RowAdam(
      beta1: 0.9, beta2: 0.999, for: latents.arena.parameter("latents"), of: latents.arena)
    let batchSize = settings.objective.batchSize
    soundGradient = Tensor(
      batchSize, settings.data.windowLength, settings.data.channelCount)
    inputGradient = Tensor(batchSize, 1, settings.model.inputSize)
  }

  /// What the vectors are like as they are.
  var prior: LatentPrior {
    latents.prior(
      labelCount: settings.model.labels.count, bandwidth: settings.objective.priorBandwidth)
  }

  /// Moves the generator, and the vectors of some recordings, once, by the copies of these.
  ///
  /// - Parameters:
  ///   - generator: makes the copies.
  ///   - generatorOptimizer: moves its parameters.
  ///   - recordings: whose clips these are, numbers below N, `[B]`; one may occur several times.
  ///   - real: their clips, `[B, window, channels]`.
  ///   - noise: numbers from N(0, 1), `[B, Z]`; empty where the vectors get no noise.
  /// - Returns: what the copies were like before the move.
  func update(
    _ generator: any GeneratorNetwork, by generatorOptimizer: Optimizer, recordings: [Int],
    real: Tensor, noise: [Float] = []
  ) -> WarmUpReport {
    let arena = latents.arena
    generator.arena.gradients.clear()
    arena.gradients.clear()
    let moments = latents.coordinateMoments
    generator.forward(
      inputs(of: recordings, noise: noise, deviations: moments.deviations),
      usesBatchStatistics: true)
    let loss = loss.measure(generator.output, against: real, gradient: soundGradient, team: team)
    generator.backward(soundGradient, latentGradient: inputGradient)
    for (slot, recording) in recordings.enumerated() {
      for z in 0..<latents.size {
        arena.gradients[latents.place(recording, z)] +=
          inputGradient[slot * settings.model.inputSize + z]
      }
    }
    if settings.objective.warmUpPull > 0 { addPull(on: recordings, moments) }
    let gradientNorm = generator.arena.gradients.norm(team: team)
    generatorOptimizer.update(rate: generatorRate)
    optimizer.update(recordings, rate: Self.latentRate)
    return WarmUpReport(reconstructionLoss: loss, gradientNorm: gradientNorm)
  }

  /// What the generator is given for some recordings, `[B, Z + L]`.
  private func inputs(of recordings: [Int], noise: [Float], deviations: [Float]) -> [Float] {
    let size = latents.size
    // As large in every direction, so that directions in which recordings hardly differ close up.
    let meanSquare = deviations.reduce(0) { $0 + $1 * $1 } / Float(size)
    let scale = Float(settings.objective.warmUpNoise) * meanSquare.squareRoot()
    return recordings.enumerated().flatMap { slot, recording in
      var input = latents.input(for: recording, model: settings.model)
      if !noise.isEmpty {
        for z in 0..<size { input[z] += scale * noise[slot * size + z] }
      }
      return input
    }
  }

  /// Adds the gradient of the pull on the vectors of a batch:
  ///
  ///     pull/B · (μ_z + (z − μ_z)·(1 − 1/σ_z²)).
  ///
  /// Over an epoch this is the gradient of its formula, as that of the reconstruction is.
  private func addPull(on recordings: [Int], _ moments: (means: [Float], deviations: [Float])) {
    let weight = Float(settings.objective.warmUpPull) / Float(recordings.count)
    for recording in recordings {
      for (z, (mean, deviation)) in zip(moments.means, moments.deviations).enumerated() {
        let place = latents.place(recording, z)
        // Vectors that are all alike would be driven apart without bound.
        let excess = 1 - 1 / max(deviation * deviation, 1e-4)
        latents.arena.gradients[place] +=
          weight * (mean + (latents.arena.values[place] - mean) * excess)
      }
    }
  }
}
