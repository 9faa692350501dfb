public import AudioFiles
import Foundation
public import Spectra

/// Draws a picture of each recording of a scan into a folder.
public struct SpectrogramJob: Sendable {
  /// The folder that receives the pictures; sub-folders are kept.
  public var folder: String
  public var options: SpectrogramOptions
  /// Whether all recordings together get a picture, `sheet.png`.
  public var makesSheet: Bool
  /// Whether files that are there already are replaced.
  public var overwrites: Bool

  public init(
    folder: String, options: SpectrogramOptions = SpectrogramOptions(), makesSheet: Bool = false,
    overwrites: Bool = false
  ) {
    self.folder = folder
    self.options = options
    self.makesSheet = makesSheet
    self.overwrites = overwrites
  }

  /// What became of the recordings.
  public struct Result: Sendable {
    public var drawnCount = 0
    /// What could not be drawn, with its reason.
    public var rejected: [AudioFileError] = []
  }

  /// The longest recording that is drawn whole, in seconds; of longer ones, the beginning.
  public static let longestSeconds = 600.0

  /// The rate that recordings on a sheet are brought to, in Hz.
  private static let sheetRate = 16_000

  /// Draws the pictures.
  ///
  /// - Throws: `AudioFileError` when a picture is there already, before any is drawn, or cannot be
  ///   written; a recording that cannot be read is listed in the result instead.
  public func run(
    _ scan: FolderScan, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> Result {
    var result = Result(rejected: scan.rejected)
    var sheetClips: [ContactSheet.Clip] = []
    let sheetPath = "\(folder)/sheet.png"
    let paths = picturePaths(of: scan.entries)
    if !overwrites {
      try AtomicFile.checkNothingIs(at: makesSheet ? paths + [sheetPath] : paths)
    }
    for (index, (entry, path)) in zip(scan.entries, paths).enumerated() {
      do {
        let clip = try beginning(of: entry.path)
        let picture = SpectrogramPicture(
          samples: clip.samples, sampleRate: clip.sampleRate,
          title: entry.relativePath.escapedForDisplay, options: options)
        try write(try picture.png(), to: path)
        result.drawnCount += 1
        if makesSheet && sheetClips.count < ContactSheet.clipLimit {
          sheetClips.append(try sheetClip(clip, of: entry))
        }
      } catch let error as AudioFileError where error.code != .exists && error.path == entry.path {
        result.rejected.append(error)
      }
      progress(index + 1, scan.entries.count)
    }
    if makesSheet && !sheetClips.isEmpty {
      let sheet = ContactSheet(
        clips: sheetClips, sampleRate: Self.sheetRate,
        title: "\(sheetClips.count.grouped) recordings", options: options)
      try write(try sheet.png(), to: sheetPath)
    }
    return result
  }

  /// Where each recording's picture goes.
  ///
  /// Of several roots, each has a folder with its own name, so that equal names in them do not meet;
  /// of several with the same name, all but the first also get a number.
  private func picturePaths(of entries: [FolderScan.Entry]) -> [String] {
    var folders: [String: String] = [:]
    for root in entries.map(\.root) where folders[root] == nil {
      let name = URL(fileURLWithPath: root).standardizedFileURL.lastPathComponent
      var unique = name
      var number = 2
      while folders.values.contains(unique) {
        unique = "\(name)-\(number)"
        number += 1
      }
      folders[root] = unique
    }
    return entries.map { entry in
      let prefix = folders.count > 1 ? (folders[entry.root] ?? "") + "/" : ""
      return "\(folder)/\(prefix)\(entry.relativePath).png"
    }
  }

  private func sheetClip(
    _ clip: AudioClip, of entry: FolderScan.Entry
  ) throws -> ContactSheet.Clip {
    .init(
      samples: try clip.resampled(to: Self.sheetRate, path: entry.path).samples,
      caption: (entry.components.last ?? "").escapedForDisplay,
      label: entry.components.count > 1 ? entry.components[0] : nil)
  }

  /// What ends the decoding of a recording of which enough was decoded.
  private struct Enough: Error {}

  /// Decodes as much of a recording as is drawn.
  private func beginning(of path: String) throws -> AudioClip {
    let rate = try AudioFileInfo(path: path).sampleRate
    let limit = Int(Self.longestSeconds * Double(rate))
    var samples: [Float] = []
    do {
      _ = try AudioDecoder(channelCount: 1).decode(path) { block in
        let part = block.extracting(first: limit - samples.count)
        part.withUnsafeBufferPointer { samples.append(contentsOf: $0) }
        if samples.count == limit { throw Enough() }
      }
    } catch is Enough {}
    return AudioClip(samples: samples, channelCount: 1, sampleRate: rate)
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    try AtomicFile.makeFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    try AtomicFile.write(bytes, to: path, overwrites: overwrites)
  }
}
