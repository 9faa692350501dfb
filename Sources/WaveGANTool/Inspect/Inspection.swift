import AudioFiles
import Foundation
import WaveGAN

/// What `wavegan inspect` found; its properties are the object that `--json` writes, whose every key
/// is in the library's article “The report of inspect”.
struct Inspection: Encodable {
  /// Files that were looked at: used and rejected.
  var files: Int
  /// Recordings that can be used.
  var recordings: Int
  /// Their length together.
  var seconds: Double
  /// How many have a sample rate, in Hz.
  var rates: [String: Int]
  /// How many have a number of channels.
  var channels: [String: Int]
  /// How many have a container and encoding.
  var encodings: [String: Int]
  /// How many have a label.
  var labels: [String: Int]
  /// Lengths in seconds; nil without a recording, as all summaries.
  var durations: Summary?
  /// How many recordings have a length from one bound up to the next.
  var histogram: [DurationHistogram.Row]
  /// Largest absolute sample, in dB below full scale, after decoding.
  var peak: Summary?
  /// Root mean square, in dB below full scale, after decoding.
  var rms: Summary?
  /// Loudness after BS.1770, in LUFS, of the recordings that have one.
  var loudness: Summary?
  /// Files that are not used because they are silent.
  var silent: Int
  /// Files that are not used because another has the same bytes, or is the same file.
  var duplicates: Int
  /// Recordings that end before their header says; what there is is used.
  var truncated: [String]
  /// Files that cannot be used or were not asked for, each with its reason.
  var rejected: [RejectedFile]
  /// What training would do; nil without a recording.
  var training: TrainingPlan?

  /// An inspection that found nothing to use.
  init(rejected: [RejectedFile]) {
    files = rejected.count
    recordings = 0
    seconds = 0
    (rates, channels, encodings, labels) = ([:], [:], [:], [:])
    histogram = []
    silent = rejected.count { $0.code == AudioFileError.Code.silent.rawValue }
    duplicates = rejected.count {
      [AudioFileError.Code.duplicate.rawValue, "same-content"].contains($0.code)
    }
    truncated = []
    self.rejected = rejected
  }

  init(of dataset: Dataset, resolved: ResolvedSettings) {
    self.init(rejected: dataset.rejected)
    let clips = dataset.clips
    files += clips.count
    recordings = clips.count
    guard !clips.isEmpty else { return }
    func count(_ name: (DatasetClip) -> String) -> [String: Int] {
      clips.reduce(into: [:]) { $0[name($1), default: 0] += 1 }
    }
    rates = count { String($0.info.sampleRate) }
    channels = count { String($0.info.channelCount) }
    encodings = count { "\($0.info.container), \($0.info.encoding)" }
    labels = count(\.label)
    let lengths = clips.map { Double($0.frameCount) / Double(dataset.settings.sampleRate) }
    seconds = lengths.reduce(0, +)
    durations = Summary(of: lengths)
    histogram = DurationHistogram.rows(of: lengths)
    peak = Summary(of: clips.map { Self.decibels($0.peak) })
    rms = Summary(of: clips.map { Self.decibels($0.rms) })
    loudness = Summary(of: clips.compactMap(\.loudness.lufs))
    truncated = clips.filter(\.isTruncated).map(\.path).sorted()
    training = TrainingPlan(of: dataset, resolved: resolved)
  }

  private static func decibels(_ amplitude: Float) -> Double {
    20 * log10(max(Double(amplitude), 1e-12))
  }
}
