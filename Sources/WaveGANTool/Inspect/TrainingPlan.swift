import AudioFiles
import Spectra
import WaveGAN

/// What training would do with the recordings.
struct TrainingPlan: Encodable {
  /// In Hz.
  var sampleRate: Int
  /// 1 or 2.
  var channels: Int
  /// In samples of each channel.
  var window: Int
  /// What the recordings decided, and why.
  var choices: [Choice]
  /// Recordings that training hears.
  var trainingRecordings: Int
  /// Recordings that only evaluation hears.
  var heldOutRecordings: Int
  /// Windows of the recordings for training.
  var windows: Int
  /// Recordings for training that are filled up with silence.
  var paddedRecordings: Int
  /// The part of all windows for training that is this silence, 0 … 1.
  var paddedPart: Double
  /// Recordings for training that are longer than a window, and so are cut.
  var cutRecordings: Int
  /// Sound of recordings for training that is in no window, in seconds.
  var unusedSeconds: Double

  /// Something that the recordings decided.
  struct Choice: Encodable {
    /// The option: `window`.
    var name: String
    /// What was chosen, in words.
    var value: String
    /// Why.
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
    paddedRecordings = training.count { $0.paddedFrameCount > 0 }
    let frames = windows * settings.windowLength
    paddedPart = Double(training.reduce(0) { $0 + $1.paddedFrameCount }) / Double(max(1, frames))
    cutRecordings = training.count { $0.preparation.frameCount > settings.windowLength }
    unusedSeconds =
      Double(training.reduce(0) { $0 + $1.cutFrameCount }) / Double(settings.sampleRate)
  }
}

extension TrainingPlan {
  /// The plan for people, line by line.
  func text(_ page: ReportPage) -> [String] {
    var lines = ["What `wavegan train` would do"]
    for choice in choices {
      lines += page.wrapped(
        "--\(choice.name): \(choice.value), \(choice.reason)", indent: 2, hanging: 4)
    }
    let held = heldOutRecordings
    lines += page.wrapped(
      "train on \(trainingRecordings.counted("recording")), \(windows.counted("window")) of "
        + "\(window.grouped) samples at \(sampleRate.grouped) Hz, "
        + (channels == 1 ? "mono" : "stereo")
        + (held > 0 ? "; hold out \(held.counted("recording")) for evaluation" : ""),
      indent: 2, hanging: 4)
    if paddedRecordings > 0 {
      let percent = DecimalText.fixed(100 * paddedPart)
      lines += page.wrapped(
        "fill up \(paddedRecordings.counted("shorter recording")) with silence "
          + "(\(percent) % of all windows)",
        indent: 2, hanging: 4)
    }
    if cutRecordings > 0 {
      lines += page.wrapped(
        "cut windows from \(cutRecordings.counted("longer recording"))"
          + (unusedSeconds > 0 ? ", leaving \(ReportFigures.duration(unusedSeconds)) unused" : ""),
        indent: 2, hanging: 4)
    }
    return lines
  }
}
