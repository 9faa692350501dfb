public import AudioFiles

/// What a run was trained on, to tell whether it is still there.
public struct DatasetFingerprint: Codable, Sendable, Hashable {
  public struct File: Codable, Sendable, Hashable {
    public var path: String
    public var label: String
    public var digest: ContentDigest
  }
  /// The files of the survey, by path.
  public var files: [File]

  public init(of survey: DatasetSurvey) {
    files = survey.files
      .map { File(path: $0.path, label: $0.label, digest: $0.digest) }
      .sorted { $0.path < $1.path }
  }

  /// One difference between two fingerprints.
  public enum Change: Sendable, Hashable {
    /// Other bytes, or another label, under the same path.
    case changed(String)
    case missing(String)
    case new(String)
  }

  /// What has become of the files of an earlier fingerprint.
  ///
  /// - Returns: nothing when there are the same contents under the same labels, wherever they are:
  ///   a training computes the same from them. Otherwise every difference, by path.
  public func changes(since earlier: DatasetFingerprint) -> [Change] {
    if contents == earlier.contents { return [] }
    let now = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
    let before = Dictionary(earlier.files.map { ($0.path, $0) }) { first, _ in first }
    return Set(now.keys).union(before.keys).sorted().compactMap { path in
      switch (before[path], now[path]) {
      case (.some, nil): .missing(path)
      case (nil, .some): .new(path)
      case (let before, let now): before == now ? nil : .changed(path)
      }
    }
  }

  /// - Throws: ``DatasetError`` `.changed` with the first differences, unless there are none.
  public func check(against earlier: DatasetFingerprint) throws {
    let changes = changes(since: earlier)
    guard let first = changes.first else { return }
    let (path, what) =
      switch first {
      case .changed(let path): (path, "is not what it was when this run began")
      case .missing(let path): (path, "was there when this run began, and is gone")
      case .new(let path): (path, "was not there when this run began")
      }
    let others = changes.count > 1 ? ", and \((changes.count - 1).grouped) more files differ" : ""
    throw DatasetError(
      .changed, path,
      "\(what)\(others); restore the recordings or start a new run from its "
        + "weights with --from")
  }

  private var contents: Set<[String]> {
    Set(files.map { [$0.label, $0.digest.description] })
  }
}
