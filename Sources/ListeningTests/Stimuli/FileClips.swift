import AudioFiles
import Foundation
import NeuralNet
import WaveGAN

/// Clips in files: generated ones of a folder, or recordings.
///
/// They are ordered by chance: by the digests of their bytes, shuffled. So names decide nothing.
struct FileClips: ClipSource {
  let condition: Condition
  let rejected: [AudioFileError]
  private let files: [File]
  private let decode: @Sendable (File) throws -> AudioClip

  /// A file to take.
  struct File: Sendable {
    var path: String
    /// What the key calls it.
    var name: String
    var label: String?
    var digest: ContentDigest
  }

  /// - Parameter decode: gives the sound of a file; as it is, unless something else is said.
  init(
    condition: Condition, files: [File], seed: UInt64, index: Int,
    rejected: [AudioFileError] = [],
    decode: @escaping @Sendable (File) throws -> AudioClip = Self.decoded
  ) {
    self.condition = condition
    self.rejected = rejected
    self.decode = decode
    let sorted = files.sorted { ($0.digest, $0.name) < ($1.digest, $1.name) }
    self.files = RandomStream.order(of: sorted.count, seed: seed, step: 5, index: index)
      .map { sorted[$0] }
  }

  /// The files of a folder, each content once.
  ///
  /// A label is what the folder's `manifest.csv` says, or else the sub-folder that a file is in.
  ///
  /// - Throws: `AudioFileError` when there is no such folder.
  init(folder: String, condition: Condition, seed: UInt64, index: Int) throws {
    let manifest = ManifestLabels(ofFolder: folder)
    let scan = try FolderScan(paths: [folder])
    var seen: Set<ContentDigest> = []
    let read = try scan.entries.parallelMap(threadCount: nil) { entry in
      Result { () throws(AudioFileError) in
        let (_, digest) = try AudioFileInfo.withDigest(path: entry.path)
        let inFolder = entry.components.count > 1 ? entry.components[0] : nil
        return File(
          path: entry.path, name: entry.relativePath,
          label: manifest[entry.relativePath] ?? inFolder, digest: digest)
      }
    }
    var files: [File] = []
    var rejected = scan.rejected.filter { $0.code != .notAudio }
    for result in read {
      switch result {
      case .success(let file): if seen.insert(file.digest).inserted { files.append(file) }
      case .failure(let error): rejected.append(error)
      }
    }
    self.init(
      condition: condition, files: files, seed: seed, index: index, rejected: rejected)
  }

  private static let decoded: @Sendable (File) throws -> AudioClip = { file in
    // Two channels only where there are two: one is played on both sides anyway.
    let count = try AudioFileInfo(path: file.path).channelCount
    return try AudioDecoder(channelCount: min(2, count)).clip(file.path)
  }

  var names: [String] { files.map(\.name).sorted() }

  var labels: [String] {
    files.contains { $0.label == nil } ? [] : Set(files.compactMap(\.label)).sorted()
  }

  func take(
    _ count: Int, labels: [String], progress: ExportJob.Progress
  ) throws -> [SourceClip] {
    let turns: [String?] = labels.isEmpty ? [nil] : labels
    var waiting = Dictionary(grouping: files) { labels.isEmpty ? nil : $0.label }
      .mapValues { $0[...] }
    var clips: [SourceClip] = []
    while clips.count < count, let file = waiting[turns[clips.count % turns.count]]?.popFirst() {
      // One that is damaged leaves its place to the next.
      guard let audio = try? decode(file) else { continue }
      clips.append(clip(file, audio))
      try progress(.clips(condition.name), clips.count, count)
    }
    return clips
  }

  func take(named names: [String], progress: ExportJob.Progress) throws -> [SourceClip] {
    let byName = Dictionary(files.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return try names.enumerated().map { place, name in
      guard let file = byName[name] else { throw hasNoClip(name) }
      try progress(.clips(condition.name), place + 1, names.count)
      return clip(file, try decode(file))
    }
  }

  private func clip(_ file: File, _ audio: AudioClip) -> SourceClip {
    var clip = SourceClip(name: file.name, label: file.label, audio: audio, condition: condition)
    clip.row.file = file.name
    if let provenance = try? ClipProvenance(ofFile: file.path) { clip.note(provenance) }
    return clip
  }
}
