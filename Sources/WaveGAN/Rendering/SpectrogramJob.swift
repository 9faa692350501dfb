public import AudioFiles
import Foundation
public import Spectra

/// Draws a picture of each recording of a scan into a folder, several at a time.
///
/// The pictures are the same bytes for any number of threads. A recording that cannot be read, or a
/// picture that cannot be created, is told of in the result, and the others are drawn.
public struct SpectrogramJob: Sendable {
  /// The folder that receives the pictures; sub-folders are kept.
  public var folder: String
  /// Scale, frames and colours of the pictures.
  public var options: SpectrogramOptions
  /// Whether all recordings together get a picture, `sheet.png`, grouped by label.
  public var makesSheet: Bool
  /// Where the labels come from.
  public var labels: DataSettings.LabelSource
  /// How many recordings are drawn at a time; nil: one for each core.
  public var threadCount: Int?
  /// Whether files that are there already are replaced.
  public var overwrites: Bool

  /// A job that draws into a folder, which is made if it is not there.
  public init(
    folder: String, options: SpectrogramOptions = SpectrogramOptions(), makesSheet: Bool = false,
    labels: DataSettings.LabelSource = .folders, threadCount: Int? = nil, overwrites: Bool = false
  ) {
    self.folder = folder
    self.options = options
    self.makesSheet = makesSheet
    self.labels = labels
    self.threadCount = threadCount
    self.overwrites = overwrites
  }

  /// The longest recording that is drawn whole, in seconds; of longer ones, the beginning.
  public static let longestSeconds = 600.0

  /// The most samples of a recording that are drawn, all channels mixed to one: ten minutes at
  /// 96,000 Hz. Of higher rates, less time is drawn.
  public static let longestSampleCount = 57_600_000

  /// The most samples that are drawn of a recording of this rate, in Hz.
  static func sampleLimit(sampleRate: Int) -> Int {
    min(Int(longestSeconds * Double(sampleRate)), longestSampleCount)
  }

  /// Draws the pictures.
  ///
  /// Each thread holds the recording that it draws: four bytes a sample, 230 MB for the longest.
  ///
  /// - Parameters:
  ///   - scan: the recordings.
  ///   - progress: called after each recording with how many are done, and of how many; what it
  ///     throws ends the work.
  /// - Throws: `AudioFileError` when a picture is there already, before any is drawn, when the
  ///   folder cannot be made, or when writing a picture fails, as on a full disk.
  public func run(
    _ scan: FolderScan,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws -> Result {
    let sheetPath = "\(folder)/sheet.png"
    let paths = PicturePaths(of: scan.entries, taken: makesSheet ? ["sheet.png"] : []).paths
      .map { "\(folder)/\($0)" }
    if !overwrites {
      try AtomicFile.checkNothingIs(at: makesSheet ? paths + [sheetPath] : paths)
    }
    try AtomicFile.makeFolder(folder)
    let sheet =
      makesSheet ? try SheetPlan(for: scan.entries, labels: labels, threadCount: threadCount) : nil

    let counter = ProgressCounter(total: scan.entries.count, report: progress)
    let outcomes = try zip(scan.entries, paths).map { $0 }.parallelMap(threadCount: threadCount) {
      entry, path in
      let outcome = try draw(entry, to: path, sheet: sheet)
      try counter.advance()
      return outcome
    }
    var result = Result(rejected: scan.rejected)
    var sheetClips: [ContactSheet.Clip] = []
    for outcome in outcomes {
      switch outcome {
      case .drawn(let picture, let clip):
        result.pictures.append(picture)
        if let clip { sheetClips.append(clip) }
      case .rejected(let error): result.rejected.append(error)
      case .notCreated(let error): result.notCreated.append(error)
      }
    }
    if let sheet, !sheetClips.isEmpty {
      let picture = sheet.sheet(
        of: sheetClips, title: title(of: scan.entries, count: result.pictures.count),
        options: options)
      try AtomicFile.write(try picture.png(), to: sheetPath, overwrites: overwrites)
      result.sheet = Result.Sheet(
        path: sheetPath, clipCount: sheetClips.count, sampleRate: sheet.sampleRate)
    }
    return result
  }

  /// What stands over the sheet: the folders that were asked for, and how much of them was drawn.
  private func title(of entries: [FolderScan.Entry], count: Int) -> String {
    var names: [String] = []
    for entry in entries {
      let name = URL(fileURLWithPath: entry.root).standardizedFileURL.lastPathComponent
      if !names.contains(name) { names.append(name) }
    }
    return "\(names.joined(separator: ", ").escapedForDisplay): \(count.counted("recording"))"
  }

  /// What became of one recording.
  private enum Outcome: Sendable {
    case drawn(Result.Picture, ContactSheet.Clip?)
    case rejected(AudioFileError)
    case notCreated(AudioFileError)
  }

  private func draw(
    _ entry: FolderScan.Entry, to path: String, sheet: SheetPlan?
  ) throws -> Outcome {
    let info: AudioFileInfo
    let clip: AudioClip
    do {
      info = try AudioFileInfo(path: entry.path)
      clip = try beginning(of: entry.path, info)
    } catch let error as AudioFileError {
      return .rejected(error)
    }
    let label = labels.label(of: entry)
    let picture = SpectrogramPicture(
      samples: clip.samples, sampleRate: clip.sampleRate,
      title: entry.relativePath.escapedForDisplay, note: note(on: info, drawn: clip),
      options: options)
    let bytes = try picture.png()
    do {
      try AtomicFile.makeFolder((path as NSString).deletingLastPathComponent)
      try AtomicFile.write(bytes, to: path, overwrites: overwrites)
    } catch {
      guard error.code == .cannotCreate else { throw error }
      return .notCreated(error)
    }
    let drawn = Result.Picture(
      recording: entry.path, path: path, label: label, info: info,
      isRenamed: !path.hasSuffix("/\(entry.components.last ?? "").png"))
    return .drawn(drawn, try sheet?.clip(clip, of: entry, label: label))
  }

  /// What the picture says of a recording that it does not show as it is.
  private func note(on info: AudioFileInfo, drawn clip: AudioClip) -> String? {
    var parts: [String] = []
    if info.channelCount > 1 { parts.append("\(info.channelCount.grouped) channels, mixed") }
    if info.frameCount > Self.sampleLimit(sampleRate: info.sampleRate) {
      parts.append("the beginning of \(TimeAxis.text(seconds: info.durationSeconds))")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "  ·  ")
  }

  /// What ends the decoding of a recording of which enough was decoded.
  private struct Enough: Error {}

  /// Decodes as much of a recording as is drawn.
  private func beginning(of path: String, _ info: AudioFileInfo) throws -> AudioClip {
    let limit = Self.sampleLimit(sampleRate: info.sampleRate)
    var samples: [Float] = []
    // Grown bit by bit, it would be copied again and again, and at times be there twice.
    samples.reserveCapacity(min(limit, info.frameCount))
    do {
      _ = try AudioDecoder(channelCount: 1).decode(path) { block in
        let part = block.extracting(first: limit - samples.count)
        part.withUnsafeBufferPointer { samples.append(contentsOf: $0) }
        if samples.count == limit { throw Enough() }
      }
    } catch is Enough {}
    return AudioClip(samples: samples, channelCount: 1, sampleRate: info.sampleRate)
  }
}
