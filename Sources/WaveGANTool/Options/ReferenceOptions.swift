import ArgumentParser
import WaveGAN

/// What the clips of a folder are compared with, and how; a run says all of it itself but the labels.
struct ReferenceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Samples per second of the comparison. Default: what train would use: the rate that has the most \
      sound, at most 48000, or 16000 where recordings are long.
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
      Samples that are compared of each clip, from its beginning: 4096, 8192, 16384, 32768 or \
      65536. Default: the smallest that holds 95 % of the recordings whole.
      """,
      valueName: "samples"),
    completion: .list(DataSettings.windowLengths.map(String.init)))
  var window: Int?

  @Option(
    help: ArgumentHelp(
      "What makes all clips equally loud: peak (default), loudness or none.", valueName: "how"))
  var normalize: DataSettings.Normalization?

  @Flag(inversion: .prefixedNo, help: "Cut silence off both ends of all clips. Default: no.")
  var trimSilence: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Move all clips so that their sound begins 5 ms from the start. Default: no.")
  var alignOnset: Bool?

  @OptionGroup(title: "Reference") var labels: LabelOptions

  @Option(
    help: ArgumentHelp(
      "Part of each label's recordings that counts as held out. Default: 0.1.", valueName: "part"))
  var holdout: Double?

  /// What was said on the command line.
  var said: TrainingOptions {
    var options = TrainingOptions()
    options.sampleRate = sampleRate
    options.channelCount = channels
    options.windowLength = window
    options.normalization = normalize
    options.trimsSilence = trimSilence
    options.alignsOnset = alignOnset
    options.labels = labels.source
    options.onlyLabels = labels.wanted
    options.holdout = holdout
    return options
  }

  /// The first option that was said and that a run decides itself; nil if there is none.
  var decidedByRun: String? {
    let options: [(String, Bool)] = [
      ("--sample-rate", sampleRate != nil), ("--channels", channels != nil),
      ("--window", window != nil), ("--normalize", normalize != nil),
      ("--trim-silence", trimSilence != nil), ("--align-onset", alignOnset != nil),
      ("--labels", labels.source != nil), ("--holdout", holdout != nil),
    ]
    return options.first { $0.1 }?.0
  }
}
