import AudioFiles
import Foundation
import WaveGAN

/// What `wavegan inspect` found; its properties are the object that `--json` writes.
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

/// The extremes and the middle of some figures.
struct Summary: Encodable {
  var lowest: Double
  var median: Double
  var highest: Double

  /// nil for no figures.
  init?(of values: [Double]) {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    lowest = first
    median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    highest = last
  }
}

/// What training would do with the recordings.
struct TrainingPlan: Encodable {
  /// In Hz.
  var sampleRate: Int
  var channels: Int
  /// In samples.
  var window: Int
  /// What the recordings decided, and why.
  var choices: [Choice]
  var trainingRecordings: Int
  var heldOutRecordings: Int
  /// Windows of the recordings for training.
  var windows: Int
  /// Recordings that are filled up with silence.
  var paddedRecordings: Int
  /// The part of all windows that is this silence.
  var paddedPart: Double
  /// Recordings that are longer than a window, and so are cut.
  var cutRecordings: Int
  /// Sound that is in no window.
  var unusedSeconds: Double

  struct Choice: Encodable {
    var name: String
    var value: String
    var reason: String
  }

  init(of dataset: Dataset, resolved: ResolvedSettings) {
    let settings = dataset.settings
    let clips = dataset.clips
    let training = clips.filter { $0.part == .training }
    sampleRate = settings.sampleRate
    channels = settings.channelCount
    window = settings.windowLength
    choices = resolved.choices.map { Choice(name: $0.name, value: $0.value, reason: $0.reason) }
    trainingRecordings = training.count
    heldOutRecordings = clips.count - training.count
    windows = training.reduce(0) { $0 + $1.windowCount }
    paddedRecordings = clips.count { $0.paddedFrameCount > 0 }
    let frames = clips.reduce(0) { $0 + $1.windowCount } * settings.windowLength
    paddedPart = Double(clips.reduce(0) { $0 + $1.paddedFrameCount }) / Double(max(1, frames))
    cutRecordings = clips.count { $0.preparation.frameCount > settings.windowLength }
    unusedSeconds =
      Double(clips.reduce(0) { $0 + $1.cutFrameCount }) / Double(settings.sampleRate)
  }
}
