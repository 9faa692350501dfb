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
  /// - Throws: `AudioFileError` when a picture cannot be written; a recording that cannot be read
  ///   is listed in the result instead.
  public func run(
    _ scan: FolderScan, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> Result {
    var result = Result(rejected: scan.rejected)
    var sheetClips: [ContactSheet.Clip] = []
    let roots = Set(scan.entries.map(\.root))
    // Of several folders, each keeps its own name, so that equal names in them do not meet.
    func prefix(of entry: FolderScan.Entry) -> String {
      roots.count > 1 ? URL(fileURLWithPath: entry.root).lastPathComponent + "/" : ""
    }
    for (index, entry) in scan.entries.enumerated() {
      do {
        let clip = try beginning(
          of: entry.path, decoder: AudioDecoder(sampleRate: nil, channelCount: 1))
        let picture = SpectrogramPicture(
          samples: clip.samples, sampleRate: clip.sampleRate,
          title: entry.relativePath.escapedForDisplay, options: options)
        try write(try picture.png(), to: "\(folder)/\(prefix(of: entry))\(entry.relativePath).png")
        result.drawnCount += 1
        if makesSheet && sheetClips.count < ContactSheet.clipLimit {
          sheetClips.append(try sheetClip(of: entry))
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
      try write(try sheet.png(), to: "\(folder)/sheet.png")
    }
    return result
  }

  private func sheetClip(of entry: FolderScan.Entry) throws -> ContactSheet.Clip {
    let clip = try beginning(
      of: entry.path, decoder: AudioDecoder(sampleRate: Self.sheetRate, channelCount: 1))
    return .init(
      samples: clip.samples, caption: (entry.components.last ?? "").escapedForDisplay,
      label: entry.components.count > 1 ? entry.components[0] : nil)
  }

  /// Decodes as much of a recording as is drawn.
  private func beginning(of path: String, decoder: AudioDecoder) throws -> AudioClip {
    var samples: [Float] = []
    let rate = try decoder.sampleRate ?? AudioFileInfo(path: path).sampleRate
    let limit = Int(Self.longestSeconds * Double(rate))
    _ = try decoder.decode(path) { block in
      for index in 0..<min(block.count, limit - samples.count) { samples.append(block[index]) }
    }
    return AudioClip(samples: samples, channelCount: 1, sampleRate: rate)
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw AudioFileError(
        .cannotCreate, path: parent, reason: "cannot be made: \(error.localizedDescription)")
    }
    try AtomicFile.write(bytes, to: path, overwrites: overwrites)
  }
}
