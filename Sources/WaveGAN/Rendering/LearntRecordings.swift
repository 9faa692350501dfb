import AudioFiles
import Foundation

/// What became of the recordings of a run, by their digests.
struct LearntRecordings {
  /// What a recording was used for.
  enum Use: Sendable, Hashable {
    /// For training. A run with a warm-up has the vector at this place for it, and this is its label.
    case training(place: Int, label: String)
    /// To compare with; training never sees it.
    case heldOut
  }
  private var uses: [ContentDigest: Use] = [:]

  /// Recordings for training, N.
  private(set) var trainingCount = 0

  /// Reads `dataset.json`, which lists recordings as vectors are ordered, by label and then by digest.
  ///
  /// - Throws: ``RunError`` `.notFound` or `.unusable`.
  init(of run: RunFolder) throws(RunError) {
    guard let bytes = FileManager.default.contents(atPath: run.dataset) else {
      throw RunError(
        .notFound, run.dataset,
        "is not there or cannot be read, so nothing tells which vector belongs to which recording")
    }
    guard let report = try? JSONDecoder().decode(DatasetReport.self, from: bytes) else {
      throw RunError(.unusable, run.dataset, "is not a table that this version can read")
    }
    for clip in report.used {
      switch clip.part {
      case .training:
        uses[clip.digest] = .training(place: trainingCount, label: clip.label)
        trainingCount += 1
      case .heldOut: uses[clip.digest] = .heldOut
      }
    }
  }

  /// What a recording was used for; nil if it is none of the run's, or could not be used.
  subscript(digest: ContentDigest) -> Use? { uses[digest] }
}
