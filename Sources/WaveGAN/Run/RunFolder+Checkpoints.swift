import AudioFiles
import Foundation

extension RunFolder {
  /// The last line of `metrics.jsonl` that can be read, if there is one.
  public var lastMetrics: MetricsLine? { try? MetricsLog.lines(at: metrics).last }

  /// The step of the checkpoint with the smallest Fréchet distance, of those that are there; in runs
  /// without, of log-mel distance.
  ///
  /// Checkpoints from within a warm-up count only where there are no later ones: copies may score
  /// better than anything that the training makes of them.
  ///
  /// A line counts whether or not it was written for the checkpoint: in runs of older versions that
  /// ended on a step that was just reported, there is no other.
  func bestCheckpointStep(by lines: [MetricsLine], warmUpSteps: Int) -> Int? {
    let present = Set(checkpointSteps)
    let lines = lines.filter { present.contains($0.step) }
    let later = lines.afterWarmUp(ofSteps: warmUpSteps)
    return (later.isEmpty ? lines : later).scores.min { $0.score < $1.score }?.step
  }

  /// The step of the checkpoint that a training goes back to: the newest that an uninterrupted run
  /// has too.
  ///
  /// One that was saved because the run was stopped does not count, or a run would depend on when
  /// it was stopped.
  ///
  /// - Parameter interval: steps from one checkpoint to the next.
  func regularCheckpointStep(every interval: Int) -> Int? {
    checkpointSteps.last { $0.isMultiple(of: interval) }
  }

  /// Removes all checkpoints but the newest ones and those of some steps.
  ///
  /// - Throws: ``RunError`` `.cannotWrite`.
  func pruneCheckpoints(keeping count: Int, and spared: [Int?]) throws(RunError) {
    for step in checkpointSteps.dropLast(count) where !spared.contains(step) {
      try removeCheckpoint(step: step)
    }
  }

  /// Removes the checkpoints after a step.
  ///
  /// - Throws: ``RunError`` `.cannotWrite`.
  func removeCheckpoints(after last: Int) throws(RunError) {
    for step in checkpointSteps where step > last { try removeCheckpoint(step: step) }
  }

  private func removeCheckpoint(step: Int) throws(RunError) {
    let path = checkpoint(step: step)
    guard unlink(path) == 0 else {
      throw RunError(
        .cannotWrite, path, "cannot be removed: \(String(cString: strerror(errno)))")
    }
  }

  /// Which checkpoint of a run is meant.
  public enum CheckpointChoice: Sendable, Hashable {
    case latest
    /// The one with the smallest Fréchet distance to the recordings, or, in runs of versions that did
    /// not measure it, log-mel distance; after a warm-up, of those from its end on.
    case best
    case step(Int)
  }

  /// The file of a checkpoint.
  ///
  /// - Throws: ``RunError`` `.notFound` with the steps that there are; for `.best` also `.unusable`
  ///   when the run's record or log cannot be read.
  public func checkpoint(_ choice: CheckpointChoice) throws(RunError) -> String {
    let steps = checkpointSteps
    switch choice {
    case .latest:
      return try latestCheckpoint()
    case .best:
      let warmUpSteps = try RunRecord(of: self).settings.objective.warmUpSteps
      let lines = try MetricsLog.lines(at: metrics)
      guard let step = bestCheckpointStep(by: lines, warmUpSteps: warmUpSteps) else {
        return try latestCheckpoint()
      }
      return checkpoint(step: step)
    case .step(let step):
      guard steps.contains(step) else {
        let list = steps.map(String.init).joined(separator: ", ")
        throw RunError(.notFound, path, "has no checkpoint of step \(step); there are \(list)")
      }
      return checkpoint(step: step)
    }
  }
}
