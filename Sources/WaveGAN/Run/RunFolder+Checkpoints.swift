import AudioFiles
import Foundation

extension RunFolder {
  /// The step of the checkpoint with the smallest log-mel distance, of those that are there.
  ///
  /// A line counts whether or not it was written for the checkpoint: where a run ends on a step that
  /// was just reported, there is no other.
  func bestCheckpointStep(by lines: [MetricsLine]) -> Int? {
    let present = Set(checkpointSteps)
    return lines.filter { present.contains($0.step) }
      .min { $0.logMelDistance < $1.logMelDistance }?.step
  }

  /// Removes all checkpoints but the newest ones and the best.
  ///
  /// - Throws: ``RunError`` `.cannotWrite`.
  func pruneCheckpoints(keeping count: Int, best: Int?) throws(RunError) {
    for step in checkpointSteps.dropLast(count) where step != best {
      do {
        try FileManager.default.removeItem(atPath: checkpoint(step: step))
      } catch {
        throw RunError(
          .cannotWrite, checkpoint(step: step), "cannot be removed: \(error.localizedDescription)")
      }
    }
  }

  /// Which checkpoint of a run is meant.
  public enum CheckpointChoice: Sendable, Hashable {
    case latest
    /// The one with the smallest log-mel distance to the recordings.
    case best
    case step(Int)
  }

  /// The file of a checkpoint.
  ///
  /// - Throws: ``RunError`` `.notFound` with the steps that there are.
  public func checkpoint(_ choice: CheckpointChoice) throws(RunError) -> String {
    let steps = checkpointSteps
    switch choice {
    case .latest:
      return try latestCheckpoint()
    case .best:
      guard let step = bestCheckpointStep(by: MetricsLog.lines(at: metrics)) else {
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
