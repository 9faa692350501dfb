/// Something that happens while a run trains, for whoever watches.
public enum TrainingEvent: Sendable {
  /// A step was made.
  case step(TrainingProgress)
  /// A line was added to `metrics.jsonl`.
  case reported(MetricsLine)
  /// A checkpoint was saved.
  case savedCheckpoint(step: Int, path: String)
  /// Previews were rendered.
  case wrotePreviews(step: Int, folder: String)
  /// Training went back to a checkpoint and goes on with other random draws.
  case wentBack(toStep: Int, reason: String)
}

/// How far a training is.
public struct TrainingProgress: Sendable, Hashable {
  /// Steps made so far.
  public var step: Int
  /// Steps of the whole run; nil when a time decides.
  public var targetStep: Int?
  /// Part of the run that is done, 0 ... 1.
  public var fractionCompleted: Double
  /// Seconds of training so far, pauses excluded.
  public var elapsedSeconds: Double
  /// Seconds to go at the present speed.
  public var remainingSeconds: Double
  /// Speed over the last steps.
  public var stepsPerSecond: Double
  /// What the step measured.
  public var report: StepReport
}

/// How a call to ``TrainingRun/train(shouldStop:onEvent:)`` ended.
public enum TrainingOutcome: Sendable, Hashable {
  /// The run has its full length.
  case finished(step: Int)
  /// No checkpoint was better than an earlier one for as long as `--stop-when-settled` says.
  case settled(step: Int)
  /// It was asked to stop; the state is saved.
  case interrupted(step: Int)
}
