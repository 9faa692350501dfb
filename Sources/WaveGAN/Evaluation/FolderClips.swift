public import AudioFiles
import Foundation

/// Clips in files, whatever made them.
///
/// They are ordered by their bytes' digests, so that names, and the order of a folder, decide nothing.
/// Files with the same bytes all count: a generator that repeats itself must not look better for it.
public struct FolderClips: GeneratedClips, Sendable {
  private struct File {
    var path: String
    var label: String?
    var digest: ContentDigest
  }
  private let path: String
  private let files: [File]
  private let decoder: AudioDecoder
  private let threadCount: Int?

  /// Every file that cannot be used, with its reason.
  public let rejected: [RejectedFile]

  /// Finds files, decodes their headers and reads their labels.
  ///
  /// A label is what the column `label` of the folder's `manifest.csv` says, or else what the
  /// reference's rule for labels makes of the file's folder or name, if a reference clip has that label.
  ///
  /// - Parameters:
  ///   - path: a folder, looked through to any depth, or a file.
  ///   - reference: its settings say the rate and channels of the clips, the rule for labels, and
  ///     which are wanted.
  ///   - threadCount: threads that read; nil: one for each core.
  /// - Throws: `AudioFileError` when `path` is not there; ``DatasetError`` `.nothingUsable` when it
  ///   holds no clip.
  public init(
    path: String, reference: Dataset, threadCount: Int? = nil
  ) throws {
    let settings = reference.settings
    let scan = try FolderScan(paths: [path])
    let manifest = ManifestLabels(ofFolder: path)
    let known = Set(reference.labels)
    let read = try scan.entries.parallelMap(threadCount: threadCount) { entry in
      Result { () throws(AudioFileError) in
        let (_, digest) = try AudioFileInfo.withDigest(path: entry.path)
        let label = manifest[entry.relativePath] ?? settings.labels.label(of: entry)
        return File(path: entry.path, label: known.contains(label) ? label : nil, digest: digest)
      }
    }
    var files: [File] = []
    var rejected = scan.rejected.map(RejectedFile.init)
    for result in read {
      switch result {
      case .success(let file): files.append(file)
      case .failure(let error): rejected.append(RejectedFile(error))
      }
    }
    // What is said about other labels is no business of a set that was asked for.
    if !settings.onlyLabels.isEmpty && files.contains(where: { $0.label != nil }) {
      files.removeAll { $0.label == nil }
    }
    guard !files.isEmpty else {
      throw DatasetError(
        .nothingUsable, path,
        "holds no sound file that can be evaluated; name a run, or a folder "
          + "of generated clips")
    }
    // Equal bytes are told apart by path alone, which changes no figure.
    self.files = files.sorted { ($0.digest, $0.path) < ($1.digest, $1.path) }
    self.path = path
    self.rejected = rejected
    self.threadCount = threadCount
    decoder = AudioDecoder(sampleRate: settings.sampleRate, channelCount: settings.channelCount)
  }

  public var source: Evaluation.Generated { .init(path: path, clips: files.count) }

  public var count: Int { files.count }

  public func name(of index: Int) -> String { files[index].path }

  public func label(of index: Int) -> String? { files[index].label }

  public func map<Result: Sendable>(
    _ indices: [Int], _ transform: @Sendable (AudioClip) throws -> Result,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void
  ) throws -> [Result] {
    let counter = ProgressCounter(total: indices.count, report: progress)
    return try indices.parallelMap(threadCount: threadCount) { index in
      let result = try transform(decoder.clip(files[index].path))
      try counter.advance()
      return result
    }
  }
}
