public import AudioFiles

/// What decides the bytes of a rendered clip, apart from the checkpoint, seed and index.
public struct RenderSettings: Codable, Sendable, Hashable {
  /// What a latent vector is multiplied by: less than 1 for more typical sounds, more for stranger
  /// ones.
  public var spread: Double

  /// The spreads that are rendered.
  public static let spreads = 0.0...100.0

  /// Whether the running average of the generator's weights is used.
  public var usesAverage: Bool

  /// What sets a clip's level.
  public enum Gain: String, Codable, Sendable, Hashable, CaseIterable {
    /// As generated.
    case none
    /// Largest absolute sample −1 dB under full scale.
    case peak
    /// Loudness −23 LUFS (EBU R 128), held below full scale.
    case loudness
  }
  /// What sets the clips' level.
  public var gain: Gain

  /// Milliseconds of fading at each end of a clip.
  public var fadeMilliseconds: Double

  /// The fades that are rendered, in milliseconds.
  public static let fades = 0.0...10_000.0

  /// The kind of file.
  public var container: AudioWriter.Container

  /// How samples are stored in it.
  public var encoding: AudioWriter.Encoding

  private enum CodingKeys: String, CodingKey {
    case spread
    case usesAverage = "average"
    case gain
    case fadeMilliseconds = "fade"
    case container = "format"
    case encoding
  }

  /// Settings that change nothing of what is generated, in 16-bit WAV files.
  public init(
    spread: Double = 1, usesAverage: Bool = true, gain: Gain = .none,
    fadeMilliseconds: Double = 0, container: AudioWriter.Container = .wav,
    encoding: AudioWriter.Encoding = .pcm16
  ) {
    self.spread = spread
    self.usesAverage = usesAverage
    self.gain = gain
    self.fadeMilliseconds = fadeMilliseconds
    self.container = container
    self.encoding = encoding
  }
}
