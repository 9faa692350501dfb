import Spectra

/// Which spectrogram features are made of recordings, and how.
///
/// The defaults are the features that this tool itself compares sounds by, `LogMelSpectrum`. In
/// JSON, every setting that is an option has the option's name.
public struct FeatureSettings: Encodable, Sendable, Hashable {
  /// What is told of each frame.
  public enum Kind: String, Encodable, Sendable, Hashable, CaseIterable {
    /// The natural logarithm of the level in each mel band; a full-scale sine is near 0, silence
    /// ln 10⁻⁵ = −11.5. Source: `LogMelSpectrum`.
    case logMel = "log-mel"
    /// The amplitude of each frequency bin, not in dB; a full-scale sine is 1. Source:
    /// `AmplitudeSpectrum`.
    case linear
  }
  /// What is told of each frame.
  public let kind: Kind
  /// Samples a second that recordings are brought to, in Hz.
  public let sampleRate: Int
  /// 1 (several channels are mixed) or 2 (a mono recording is on both).
  public let channelCount: Int
  /// Samples in a frame, N, weighted by a Hann window.
  public let fftLength: Int
  /// Samples from one frame to the next.
  public let hopLength: Int
  /// Numbers that a channel has in a frame: mel bands, M, or frequency bins, N/2 + 1.
  public let bandCount: Int
  /// The lower edge of the first mel band, in Hz; nil without mel bands.
  public let lowHz: Double?
  /// The upper edge of the last mel band, in Hz; nil without mel bands.
  public let highHz: Double?
  /// The level that is added before the logarithm, as a part of a full-scale sine; nil without one.
  public let floor: Float?

  private enum CodingKeys: String, CodingKey {
    case kind
    case sampleRate = "sample-rate"
    case channelCount = "channels"
    case fftLength = "fft-length"
    case hopLength = "hop"
    case bandCount = "bands"
    case lowHz = "low-hz"
    case highHz = "high-hz"
    case floor
  }

  /// Completes and checks settings.
  ///
  /// - Parameters:
  ///   - kind: what is told of each frame.
  ///   - sampleRate: in Hz, within ``DataSettings/sampleRates``.
  ///   - channelCount: 1 or 2.
  ///   - fftLength: even, 4 to 1,048,576; nil: the power of two nearest to 64 ms.
  ///   - hopLength: 1 to 1,048,576; nil: a quarter of `fftLength`.
  ///   - bandCount: mel bands, 1 to 1,024; nil: 64. Only for `.logMel`.
  /// - Throws: ``SettingsError`` for a value outside its range, or for bands that are not mel.
  public init(
    kind: Kind = .logMel, sampleRate: Int, channelCount: Int = 1, fftLength: Int? = nil,
    hopLength: Int? = nil, bandCount: Int? = nil
  ) throws {
    try checkSetting("--sample-rate", sampleRate, in: DataSettings.sampleRates)
    try checkSetting("--channels", channelCount, in: 1...2)
    let usual = LogMelSpectrum(sampleRate: sampleRate)
    let fftLength = fftLength ?? usual.transform.fftLength
    guard (4...1_048_576).contains(fftLength), fftLength.isMultiple(of: 2) else {
      throw SettingsError(
        .outOfRange, "--fft-length \(fftLength)", "give an even number from 4 to 1,048,576")
    }
    let hopLength = hopLength ?? max(1, fftLength / 4)
    try checkSetting("--hop", hopLength, in: 1...1_048_576)
    try checkSetting("--bands", bandCount ?? 1, in: 1...1_024)
    if let bandCount, kind == .linear {
      throw SettingsError(
        .conflict, "--bands \(bandCount) with --kind linear",
        "linear features have a number for each frequency bin, \(fftLength / 2 + 1) with this "
          + "--fft-length; leave --bands out")
    }
    self.kind = kind
    self.sampleRate = sampleRate
    self.channelCount = channelCount
    self.fftLength = fftLength
    self.hopLength = hopLength
    switch kind {
    case .logMel:
      self.bandCount = bandCount ?? usual.filters.bandCount
      lowHz = usual.lowHz
      highHz = usual.highHz
      floor = LogMelSpectrum.floor
    case .linear:
      self.bandCount = fftLength / 2 + 1
      (lowHz, highHz, floor) = (nil, nil, nil)
    }
  }

  /// Frames a second.
  public var frameRate: Double { Double(sampleRate) / Double(hopLength) }
}
