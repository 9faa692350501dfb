package import NeuralNet

extension Adversaries {
  /// Begins a warm-up from its first vectors, or drops it, as a step needs; whoever restores a
  /// checkpoint then sets the numbers.
  func prepareWarmUp(atStep step: Int) {
    guard settings.objective.warmUpSteps > 0, recordingCount > 0 else { return }
    let isWarmingUp = step < settings.objective.warmUpSteps
    warmUp =
      isWarmingUp
      ? WarmUp(recordingCount: recordingCount, settings: settings, team: workspace.team) : nil
    renewGeneratorOptimizer()
  }

  /// Makes one step without the discriminator.
  ///
  /// - Precondition: a warm-up is going on.
  package func makeWarmUpStep(recordings: [Int], real: Tensor) -> WarmUpReport {
    guard let warmUp else { preconditionFailure("no warm-up is going on") }
    return warmUp.update(generator, by: generatorOptimizer, recordings: recordings, real: real)
  }

  /// Ends the warm-up: from here on the generator is given N(0, 1).
  ///
  /// The optimiser's moments restart, as they are of other gradients: by weights that another kind of
  /// vectors came into, of another loss. The average restarts, as a mean of first layers from before
  /// and after belongs to neither kind of vectors.
  func endWarmUp() {
    warmUp?.gaussian.fold(into: generator)
    warmUp = nil
    renewGeneratorOptimizer()
    average?.restart()
  }
}
