import AudioFiles

/// A file that a walk begins with.
public enum StartingFile: Sendable, Hashable {
  /// A clip that the run rendered.
  case rendered(ClipProvenance)
  /// A recording that the run learnt from, and has a vector for.
  case recording(LatentOrigin)

  /// Looks up what a file is to a run.
  ///
  /// A recording is known by its bytes, wherever it is and whatever it is called.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - run: the run that is to be rendered from.
  /// - Throws: `AudioFileError` when it is no sound file; ``RunError`` `.unusable` when it is neither,
  ///   or a recording that the run has no vector for.
  public init(_ path: String, of run: RunFolder) throws {
    let record = try RunRecord(of: run)
    let provenance = try ClipProvenance(ifRendered: path)
    let digest = try ContentDigest(ofFile: path)
    guard let recording = record.recordings.files.first(where: { $0.digest == digest }) else {
      guard let provenance else {
        throw RunError(
          .unusable, path,
          "is neither a clip that \(run.path.escapedForDisplay) rendered nor one of the recordings "
            + "that it learnt from; give one of these, or a seed")
      }
      try provenance.checkRun(run, file: path)
      self = .rendered(provenance)
      return
    }
    try Self.checkVector(of: digest, path: path, record: record, run: run)
    let isConditional = !record.settings.model.labels.isEmpty
    self = .recording(.recording(digest, label: isConditional ? recording.label : nil))
  }

  /// How the latent of the file came about.
  public var origin: LatentOrigin {
    switch self {
    case .rendered(let provenance): provenance.origin
    case .recording(let origin): origin
    }
  }

  /// Makes sure that a run has a vector for one of its recordings.
  private static func checkVector(
    of digest: ContentDigest, path: String, record: RunRecord, run: RunFolder
  ) throws(RunError) {
    let name = run.path.escapedForDisplay
    guard record.settings.objective.warmUpSteps > 0 else {
      throw RunError(
        .unusable, path,
        "is a recording of \(name), which has no vector for it, as it was trained without a warm-up; "
          + "walk between seeds, or train a run with --warm-up-steps")
    }
    switch try LearntRecordings(of: run)[digest] {
    case .training: return
    case .heldOut:
      throw RunError(
        .unusable, path,
        "was held out of training, so \(name) has no vector for it; give one of the recordings that "
          + "dataset.json lists as “training”")
    case nil:
      throw RunError(
        .unusable, path,
        "was not used for training, as dataset.json says, so \(name) has no vector for it; give "
          + "another recording")
    }
  }
}
