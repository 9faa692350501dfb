import AudioFiles
import Spectra

/// How recordings get onto one sheet, decided by their headers before any is decoded: a rate that all
/// are brought to, and how much of each is kept.
package struct SheetPlan: Sendable {
  /// The rate that most recordings have, the higher of two, but no more than 48,000 Hz.
  let sampleRate: Int
  /// Samples, at that rate, that the width of a small spectrogram stands for.
  let widthSampleCount: Int
  /// The recordings on the sheet, by their paths.
  private let paths: Set<String>
  /// Recordings that could be on a sheet without end.
  private let readableCount: Int
  /// How many of those on the sheet have another rate.
  private let resampledCount: Int

  private static let highestRate = 48_000

  /// The most samples of all recordings together that are kept for a sheet: 400 MB.
  private static let sampleLimit = 100_000_000

  init(for entries: [FolderScan.Entry], labels: DataSettings.LabelSource, threadCount: Int?) throws
  {
    let read = try entries.parallelMap(threadCount: threadCount) { entry in
      (try? AudioFileInfo(path: entry.path)).map {
        (path: entry.path, label: labels.label(of: entry), info: $0)
      }
    }
    let readable = read.compactMap { $0 }
    let shown = Self.evenly(readable.map(\.label), limit: ContactSheet.clipLimit)
      .map { readable[$0] }
    let counts = Dictionary(grouping: shown, by: \.info.sampleRate).mapValues(\.count)
    let mostCommon = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    let rate = min(mostCommon ?? Self.highestRate, Self.highestRate)
    let width = ContactSheet.widthSampleCount(
      of: shown.map { clip in
        let rateOfClip = clip.info.sampleRate
        let drawn = min(clip.info.frameCount, SpectrogramJob.sampleLimit(sampleRate: rateOfClip))
        return Int((Double(drawn) * Double(rate) / Double(rateOfClip)).rounded(.up))
      })
    sampleRate = rate
    widthSampleCount = min(width, Self.sampleLimit / max(shown.count, 1))
    paths = Set(shown.map(\.path))
    readableCount = readable.count
    resampledCount = shown.count { $0.info.sampleRate != rate }
  }

  /// Places of at most so many labels, as many of one as of another where there are too many: the
  /// first of each, then the second of each, and so on.
  package static func evenly(_ labels: [String], limit: Int) -> [Int] {
    var counts: [String: Int] = [:]
    let ranks = labels.map { label in
      defer { counts[label, default: 0] += 1 }
      return counts[label, default: 0]
    }
    return labels.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.prefix(limit).sorted()
  }

  /// A recording as it is on the sheet, or nil if it is not.
  ///
  /// - Throws: `AudioFileError` when its rate cannot be changed.
  func clip(
    _ clip: AudioClip, of entry: FolderScan.Entry, label: String
  ) throws -> ContactSheet.Clip? {
    guard paths.contains(entry.path) else { return nil }
    let ratio = Double(clip.sampleRate) / Double(sampleRate)
    let kept = AudioClip(
      samples: Array(clip.samples.prefix(Int((Double(widthSampleCount) * ratio).rounded(.up)))),
      channelCount: 1, sampleRate: clip.sampleRate)
    var shown = ContactSheet.Clip(
      samples: try kept.resampled(to: sampleRate, path: entry.path).samples,
      caption: (entry.components.last ?? "").escapedForDisplay, label: label.escapedForDisplay)
    shown.sampleCount = Int((Double(clip.frameCount) / ratio).rounded())
    return shown
  }

  /// The sheet of the recordings.
  func sheet(
    of clips: [ContactSheet.Clip], title: String, options: SpectrogramOptions
  ) -> ContactSheet {
    var note = "\(sampleRate.grouped) Hz"
    if resampledCount > 0 { note += " (\(resampledCount.grouped) of another rate resampled)" }
    if readableCount > paths.count {
      note += "  ·  only \(paths.count.grouped), of each label alike"
    }
    return ContactSheet(
      clips: clips, sampleRate: sampleRate, title: title, note: note, options: options,
      widthSampleCount: widthSampleCount)
  }
}
