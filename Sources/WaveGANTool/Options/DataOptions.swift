import ArgumentParser
import WaveGAN

/// How recordings become windows; shared by `train` and `inspect`.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Samples per second. Default: the rate that has the most sound, at most 48000, or 16000 where \
      less than three of four recordings fit into a window at that; paper: 16000.
      """,
      valueName: "hz"))
  var sampleRate: Int?

  @Option(
    help: ArgumentHelp("1: mix to mono (default). 2: stereo.", valueName: "count"),
    completion: .list(["1", "2"]))
  var channels: Int?

  @Option(
    help: ArgumentHelp(
      """
      Samples in a generated clip: 4096, 8192, 16384, 32768 or 65536. Default: the smallest that \
      holds 95 % of the recordings whole; paper: 16384.
      """,
      valueName: "samples"),
    completion: .list(DataSettings.windowLengths.map(String.init)))
  var window: Int?

  @Option(
    help: ArgumentHelp(
      """
      What to use of a recording longer than the window. first: its beginning; every: one window \
      after another; random: another place each time (default).
      """,
      valueName: "which"))
  var slices: DataSettings.Slices?

  @Option(
    help: ArgumentHelp(
      "Part of a window that the next one repeats, with --slices every. Default: 0.",
      valueName: "part"))
  var overlap: Double?

  @Flag(
    inversion: .prefixedNo,
    help: "Keep a last partial window, filled with silence. Default: no.")
  var pad: Bool?

  @Option(
    help: ArgumentHelp(
      "What makes recordings equally loud: peak (default), loudness or none.", valueName: "how"))
  var normalize: DataSettings.Normalization?

  @Flag(inversion: .prefixedNo, help: "Cut silence off both ends of a recording. Default: no.")
  var trimSilence: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Move each recording so that its sound begins 5 ms from the start. Default: no.")
  var alignOnset: Bool?

  @OptionGroup(title: "Data") var labels: LabelOptions

  @Option(
    help: ArgumentHelp(
      "Part of each label's files that training never hears, for evaluation. Default: 0.1.",
      valueName: "part"))
  var holdout: Double?

  @Option(
    help: ArgumentHelp(
      "Memory for decoded recordings, such as 2G; past it they go to a temporary file. "
        + "Default: a quarter of this computer's.",
      valueName: "amount"))
  var memory: ByteCount?

  /// What was said on the command line.
  var said: TrainingOptions {
    var options = TrainingOptions()
    options.sampleRate = sampleRate
    options.channelCount = channels
    options.windowLength = window
    options.slices = slices
    options.overlap = overlap
    options.padsEnd = pad
    options.normalization = normalize
    options.trimsSilence = trimSilence
    options.alignsOnset = alignOnset
    options.labels = labels.source
    options.onlyLabels = labels.wanted
    options.holdout = holdout
    options.memory = memory
    return options
  }
}
