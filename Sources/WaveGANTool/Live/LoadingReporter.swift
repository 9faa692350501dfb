import WaveGAN

/// Shows how the reading of recordings goes on, once it has taken a second.
struct LoadingReporter: Sendable {
  private let line: ProgressLine
  private let begin = ContinuousClock.now

  init(isQuiet: Bool) {
    line = ProgressLine(isQuiet: isQuiet || !TerminalTraits.standardError.redraws)
  }

  /// What a ``TrainingRun`` tells while it loads.
  var progress: TrainingRun.LoadingProgress {
    let surveying = line.counting("Reading headers")
    let decoding = line.counting("Decoding")
    return { [begin] stage, done, total in
      guard ContinuousClock.now - begin > .seconds(1) else { return }
      switch stage {
      case .surveying: surveying(done, total)
      case .decoding: decoding(done, total)
      }
    }
  }

  func clear() { line.clear() }
}
