package import NeuralNet

extension Adversaries {
  /// Makes a warm-up with its first vectors, or removes it, depending on a step; a checkpoint that
  /// is restored then sets the numbers.
  ///
  /// - Parameter step: steps made so far.
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
  /// - Parameters:
  ///   - recordings: which recordings are copied, `[B]`.
  ///   - real: their clips, `[B, window, channels]`.
  /// - Precondition: a warm-up is going on; checked in every build.
  package func makeWarmUpStep(recordings: [Int], real: Tensor) -> WarmUpReport {
    guard let warmUp else { preconditionFailure("no warm-up is going on") }
    return warmUp.update(generator, by: generatorOptimizer, recordings: recordings, real: real)
  }

  /// Ends the warm-up: from here on the generator is given N(0, 1).
  ///
  /// The optimiser begins anew: its moments are of another loss and of other inputs. So does the
  /// average: a mean of first layers from before and after the fold would suit neither kind of
  /// vectors.
  func endWarmUp() {
    warmUp?.gaussian.fold(into: generator)
    warmUp = nil
    renewGeneratorOptimizer()
    average?.restart()
  }
}
