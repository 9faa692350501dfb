import ArgumentParser
import WaveGAN

/// Which spectrogram features are made.
struct FeatureOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      log-mel: natural logarithm of the level in mel bands, 0 for a full-scale sine, −11.5 for \
      silence. linear: amplitude of each frequency bin, 1 for a full-scale sine.
      """,
      valueName: "kind"))
  var kind: FeatureSettings.Kind = .logMel

  @Option(
    help: ArgumentHelp(
      """
      Samples per second. Default: what train would use: the rate that has the most sound, at most \
      48000, or 16000 where recordings are long.
      """,
      valueName: "hz"))
  var sampleRate: Int?

  @Option(
    help: ArgumentHelp(
      "1: mix to mono (default). 2: stereo, which makes features [frames, 2, bands].",
      valueName: "count"),
    completion: .list(["1", "2"]))
  var channels: Int?

  @Option(
    help: ArgumentHelp(
      "Samples in a frame, even. Default: the power of two nearest to 64 ms, 1024 at 16000 Hz.",
      valueName: "samples"))
  var fftLength: Int?

  @Option(
    help: ArgumentHelp(
      "Samples from one frame to the next. Default: a quarter of a frame.", valueName: "samples"))
  var hop: Int?

  @Option(help: ArgumentHelp("Mel bands. Default: 64.", valueName: "count"))
  var bands: Int?

  /// The features of recordings at a rate.
  ///
  /// - Throws: ``SettingsError`` for a value that is out of range or contradicts another.
  func settings(sampleRate: Int) throws -> FeatureSettings {
    try FeatureSettings(
      kind: kind, sampleRate: sampleRate, channelCount: channels ?? 1, fftLength: fftLength,
      hopLength: hop, bandCount: bands)
  }
}
