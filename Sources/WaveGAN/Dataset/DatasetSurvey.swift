public import AudioFiles
import Foundation

/// What recordings there are, from their headers and digests, before any is decoded.
public struct DatasetSurvey: Sendable {
  /// A recording that can probably be used; only decoding it tells.
  public struct File: Sendable, Hashable {
    /// Where it is, as found.
    public var path: String
    public var label: String
    public var info: AudioFileInfo
    /// SHA-256 of its bytes.
    public var digest: ContentDigest

    public init(path: String, label: String, info: AudioFileInfo, digest: ContentDigest) {
      self.path = path
      self.label = label
      self.info = info
      self.digest = digest
    }
  }

  /// The recordings to decode: in the order of the scan, each content once.
  public var files: [File] = []

  /// What cannot be used or was not asked for.
  public var rejected: [RejectedFile] = []

  /// The paths that were looked through, for messages.
  public var paths: [String]

  /// The labels there are, asked for or not, with their number of recordings.
  public var labelCounts: [String: Int] = [:]

  /// A survey of recordings that are known already.
  package init(files: [File], paths: [String]) {
    self.files = files
    self.paths = paths
  }

  /// Finds recordings, reads their headers and digests them.
  ///
  /// Of recordings with the same bytes, the first is kept and the others are rejected: a copy would
  /// be heard twice as often, and half of it might be held out.
  ///
  /// - Parameters:
  ///   - paths: files and folders; folders are looked through to any depth.
  ///   - labels: where labels come from.
  ///   - onlyLabels: the labels to use; empty means all.
  ///   - threadCount: threads that read; nil: one for each core.
  ///   - progress: called after each file with how many were read, and of how many; what it throws
  ///     ends the work.
  /// - Throws: `AudioFileError` when one of `paths` is not there; ``SettingsError``
  ///   `.unknownLabel` when no recording has one of `onlyLabels`; and what `progress` throws.
  public init(
    paths: [String], labels: DataSettings.LabelSource = .folders, onlyLabels: [String] = [],
    threadCount: Int? = nil,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws {
    let scan = try FolderScan(paths: paths)
    self.paths = paths
    rejected = scan.rejected.map(RejectedFile.init)

    // One for each root: making a path absolute asks the system.
    let folders = Dictionary(
      uniqueKeysWithValues: Set(scan.entries.map(\.root)).map { ($0, Self.absolute($0)) })
    let counter = ProgressCounter(total: scan.entries.count, report: progress)
    let read = try scan.entries.parallelMap(threadCount: threadCount) { entry in
      let result = Result { () throws(AudioFileError) in
        let (info, digest) = try AudioFileInfo.withDigest(path: entry.path)
        return File(
          path: entry.path,
          label: labels.label(
            folder: folders[entry.root] ?? entry.root, components: entry.components),
          info: info, digest: digest)
      }
      try counter.advance()
      return result
    }
    for result in read {
      switch result {
      case .success(let file): files.append(file)
      case .failure(let error): rejected.append(RejectedFile(error))
      }
    }
    for file in files { labelCounts[file.label, default: 0] += 1 }
    try keepLabels(onlyLabels)
    keepFirstOfEachContent()
  }

  /// The absolute path of a folder.
  fileprivate static func absolute(_ folder: String) -> String {
    URL(fileURLWithPath: folder).standardizedFileURL.path
  }

  /// Rejects recordings of labels that were not asked for.
  private mutating func keepLabels(_ onlyLabels: [String]) throws {
    guard !onlyLabels.isEmpty else { return }
    for label in onlyLabels where labelCounts[label] == nil && !files.isEmpty {
      let known = labelCounts.keys.sorted()
      let shown = known.prefix(40).map(\.escapedForDisplay).joined(separator: ", ")
      throw SettingsError(
        .unknownLabel, "--only-labels \(label)",
        "no recording has this label; there are \(shown)" + (known.count > 40 ? ", …" : ""))
    }
    let wanted = Set(onlyLabels)
    files.removeAll { file in
      guard !wanted.contains(file.label) else { return false }
      rejected.append(
        RejectedFile(
          path: file.path, code: "other-label",
          reason: "has the label “\(file.label.escapedForDisplay)”, which was not asked for"))
      return true
    }
  }

  private mutating func keepFirstOfEachContent() {
    var first: [ContentDigest: String] = [:]
    files.removeAll { file in
      guard let original = first[file.digest] else {
        first[file.digest] = file.path
        return false
      }
      rejected.append(
        RejectedFile(
          path: file.path, code: "same-content",
          reason: "has the same bytes as \(original.escapedForDisplay)"))
      return true
    }
  }

  /// The error of a survey, or of a dataset made from it, without a usable file.
  var nothingUsable: DatasetError {
    DatasetError(
      .nothingUsable, paths.joined(separator: ", "),
      "holds no recording that can be used; `wavegan inspect` tells the reason for each file")
  }
}

extension DataSettings.LabelSource {
  /// The label of a file that was found.
  func label(of entry: FolderScan.Entry) -> String {
    label(folder: DatasetSurvey.absolute(entry.root), components: entry.components)
  }
}
