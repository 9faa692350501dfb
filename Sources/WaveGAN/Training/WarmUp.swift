package import NeuralNet

/// The beginning of a training in which the generator learns without a discriminator.
///
/// Every recording for training has a latent vector of its own, which is learned together with the
/// generator's weights, so that the generator makes of it that recording (generative latent
/// optimisation): of one that is longer than the window, the window at its beginning, so that a
/// vector stands for one sound. Recordings that sound alike come to have vectors near each other.
/// At the end a Gaussian is fitted to the vectors and folded into the generator's first layer, and
/// training goes on with the discriminator from a generator that makes sound already.
///
/// Source: Bojanowski et al. 2018; the Gaussian: their section 4.
package final class WarmUp {
  /// z of each recording: the one parameter `latents`, `[N, Z]`.
  package let arena: ParameterArena

  /// Moves the vectors.
  package let optimizer: Optimizer

  /// How generator and vectors move, whatever the loss will be: as is usual for copying.
  static let optimizerRule = OptimizerRule.adam(beta1: 0.9, beta2: 0.999)

  /// Learning rate of the generator. The loss does not answer back as a discriminator does, and
  /// bears more than that.
  ///
  /// The inverse-STFT generator's is lower: small changes of its phases are large ones of its sound.
  private let generatorRate: Double

  /// Learning rate of the vectors. Each is in few batches, and has a way to go.
  static let latentRate = 1e-2

  /// Standard deviation of the vectors before the first step: so small that where a recording comes
  /// to lie depends on its sound more than on chance.
  static let firstDeviation: Float = 0.1

  private let loss = ReconstructionLoss()
  private let latents: Parameter
  private let recordingCount: Int
  private let latentSize: Int
  private let soundGradient: Tensor
  private let latentGradient: Tensor
  private let team: ThreadTeam

  /// Draws the first vectors from the seed.
  init(recordingCount: Int, settings: TrainingSettings, team: ThreadTeam) {
    self.recordingCount = recordingCount
    self.team = team
    latentSize = settings.model.latentSize
    generatorRate = settings.model.generator == .istft ? 3e-4 : 1e-3
    let batchSize = settings.objective.batchSize
    arena = ParameterArena([
      .init("latents", [recordingCount, latentSize], .normal(deviation: Self.firstDeviation))
    ])
    arena.initialize(seed: settings.seed, firstStream: 2_000)
    latents = arena.parameter("latents")
    optimizer = Optimizer(Self.optimizerRule, for: arena, team: team)
    soundGradient = Tensor(
      batchSize, settings.data.windowLength, settings.data.channelCount)
    latentGradient = Tensor(batchSize, 1, latentSize)
  }

  /// The Gaussian of the vectors as they are.
  var gaussian: LatentGaussian {
    LatentGaussian(fittedTo: latents.fileOrder(of: arena.values), size: latentSize)
  }

  /// Where coordinate `z` of a recording's vector lies in the arena: memory is `[Z, N]`.
  private func place(_ recording: Int, _ z: Int) -> Int {
    latents.offset + z * recordingCount + recording
  }

  /// Moves the generator and the vectors once, by the copies of some recordings.
  ///
  /// The vectors of other recordings have gradient 0, yet they move too: by the moment that Adam
  /// keeps of the steps that they were in, which falls by a tenth with each step.
  ///
  /// - Parameters:
  ///   - generator: makes the copies.
  ///   - generatorOptimizer: moves its parameters.
  ///   - recordings: whose clips these are, numbers below N, `[B]`; one may occur several times.
  ///   - real: their clips, `[B, window, channels]`.
  /// - Returns: what the copies were like before the move.
  func update(
    _ generator: any GeneratorNetwork, by generatorOptimizer: Optimizer, recordings: [Int],
    real: Tensor
  ) -> WarmUpReport {
    generator.arena.gradients.clear()
    arena.gradients.clear()
    let batch = recordings.flatMap { recording in
      (0..<latentSize).map { arena.values[place(recording, $0)] }
    }
    generator.forward(batch, usesBatchStatistics: true)
    let loss = loss.measure(generator.output, against: real, gradient: soundGradient, team: team)
    generator.backward(soundGradient, latentGradient: latentGradient)
    for (slot, recording) in recordings.enumerated() {
      for z in 0..<latentSize {
        arena.gradients[place(recording, z)] += latentGradient[slot * latentSize + z]
      }
    }
    let gradientNorm = generator.arena.gradients.norm(team: team)
    generatorOptimizer.update(rate: generatorRate)
    optimizer.update(rate: Self.latentRate)
    return WarmUpReport(reconstructionLoss: loss, gradientNorm: gradientNorm)
  }
}
