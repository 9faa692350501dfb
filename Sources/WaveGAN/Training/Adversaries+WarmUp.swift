package import NeuralNet

extension Adversaries {
  /// Makes a warm-up with its first vectors, or removes it, depending on a step; a checkpoint that
  /// is restored then sets the numbers.
  ///
  /// - Parameter step: steps made so far.
  func prepareWarmUp(atStep step: Int) {
    guard settings.objective.warmUpSteps > 0, !recordingLabels.isEmpty else { return }
    let latents = RecordingLatents(labels: recordingLabels, settings: settings)
    recordingLatents = latents
    let isWarmingUp = step < settings.objective.warmUpSteps
    warmUp =
      isWarmingUp ? WarmUp(latents, settings: settings, team: workspace.team) : nil
    prior = isWarmingUp ? nil : makePrior()
    renewGeneratorOptimizer()
  }

  /// A prior of the right size, with zeros for numbers.
  func makePrior() -> LatentPrior {
    LatentPrior(
      componentCount: max(1, settings.model.labels.count), size: settings.model.latentSize,
      bandwidth: settings.objective.priorBandwidth)
  }

  /// What makes vectors that the generator knows of numbers from N(0, 1): in a warm-up, of the
  /// vectors that are learned so far.
  var presentPrior: LatentPrior? { warmUp?.prior ?? prior }

  /// Makes one step without the discriminator.
  ///
  /// - Parameters:
  ///   - recordings: which recordings are copied, `[B]`.
  ///   - real: their clips, `[B, window, channels]`.
  ///   - noise: numbers from N(0, 1), `[B, Z]`; empty where the vectors get no noise.
  /// - Precondition: a warm-up is going on; checked in every build.
  package func makeWarmUpStep(
    recordings: [Int], real: Tensor, noise: [Float] = []
  ) -> WarmUpReport {
    guard let warmUp else { preconditionFailure("no warm-up is going on") }
    return warmUp.update(
      generator, by: generatorOptimizer, recordings: recordings, real: real, noise: noise)
  }

  /// Ends the warm-up: from here on the generator is given vectors that the prior makes.
  ///
  /// The optimiser begins anew, as its moments are of another loss. So does the average: a mean over
  /// the warm-up's steps lags behind what they led to.
  func endWarmUp() {
    prior = warmUp?.prior
    warmUp = nil
    renewGeneratorOptimizer()
    average?.restart()
  }
}
