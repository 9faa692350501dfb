import ArgumentParser
import AudioFiles
import Spectra
import WaveGAN

/// How rendered clips sound and are stored.
struct SoundOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What the random numbers behind each clip are multiplied by: less than 1 for more typical \
      sounds, more for stranger ones. Default: 1.
      """,
      valueName: "factor"))
  var spread: Double?

  @Flag(
    inversion: .prefixedNo,
    help: "Use the running average of the generator's weights. Default: yes, if the run keeps one.")
  var average: Bool?

  @Option(
    help: ArgumentHelp(
      "Level. none: as generated (default); peak: −1 dB; loudness: −23 LUFS.", valueName: "how"))
  var gain: RenderSettings.Gain?

  @Option(
    help: ArgumentHelp(
      "Fade both ends over this many milliseconds. Default: 0.", valueName: "ms"))
  var fade: Double?

  @Option(
    help: ArgumentHelp("Kind of file: wav (default), flac, aiff or ogg.", valueName: "kind"))
  var format: AudioWriter.Container?

  @Option(
    help: ArgumentHelp(
      "How samples are stored: pcm16 (default), pcm24 or float32.", valueName: "how"))
  var encoding: AudioWriter.Encoding?

  /// Whether nothing was said.
  var isEmpty: Bool {
    spread == nil && average == nil && gain == nil && fade == nil && format == nil
      && encoding == nil
  }

  var settings: RenderSettings {
    RenderSettings(
      spread: spread ?? 1, usesAverage: average ?? true, gain: gain ?? .none,
      fadeMilliseconds: fade ?? 0, container: format ?? .wav, encoding: encoding ?? .pcm16)
  }

  /// - Throws: `ValidationError` for the first value that is out of range or contradicts another.
  func check() throws {
    func check(_ name: String, _ value: Double?, in range: ClosedRange<Double>) throws {
      guard let value, !range.contains(value) else { return }
      let (low, high) = (DecimalText.fixed(range.lowerBound), DecimalText.fixed(range.upperBound))
      throw ValidationError("\(name) \(value): give a number from \(low) to \(high).")
    }
    try check("--spread", spread, in: RenderSettings.spreads)
    try check("--fade", fade, in: RenderSettings.fades)
    do {
      _ = try AudioWriter(container: settings.container, encoding: settings.encoding)
    } catch {
      throw ValidationError("--encoding \(settings.encoding.rawValue): \(error)")
    }
    if format == .ogg && encoding != nil {
      throw ValidationError("Ogg files hold Vorbis, so --encoding has no meaning for them.")
    }
  }
}
