import WaveGAN

/// Shows how the reading of recordings goes on, once it has taken a second, and ends it when it is
/// asked to stop.
struct LoadingReporter: Sendable {
  private let line: ProgressLine
  private let interruption: Interruption
  private let begin = ContinuousClock.now

  /// A signal came before training began.
  struct Interrupted: Error {}

  init(isQuiet: Bool, interruption: Interruption) {
    line = ProgressLine(isQuiet: isQuiet)
    self.interruption = interruption
  }

  /// What a ``TrainingRun`` tells while it loads.
  ///
  /// It throws ``Interrupted``, and so ends the loading, when a signal has come.
  var progress: TrainingRun.LoadingProgress {
    let surveying = line.counting("Reading headers")
    let decoding = line.counting("Decoding")
    return { [begin, interruption] stage, done, total in
      if interruption.isRequested { throw Interrupted() }
      guard ContinuousClock.now - begin > .seconds(1) else { return }
      switch stage {
      case .surveying: surveying(done, total)
      case .decoding: decoding(done, total)
      }
    }
  }

  func clear() { line.clear() }
}
