/// How spectrograms are computed and coloured.
public struct SpectrogramOptions: Sendable, Hashable {
  /// How frequencies are spread over the height.
  public var scale: FrequencyScale
  /// Samples in a frame, even; nil takes about 32 ms, but at most a third of the clip.
  public var fftLength: Int?
  /// Samples from one frame to the next; nil takes as few as the picture has columns for, from 1/32
  /// of a frame, where nothing more can be seen, to a quarter.
  public var hopLength: Int?
  /// The quietest level that is told from silence, below the top of the colour bar, in dB.
  public var floorDecibels: Double
  /// The colours from quiet to loud.
  public var colorMap: ColorMap

  /// Options with a floor under 0 dB; what is not said is as `wavegan spectrogram` draws.
  public init(
    scale: FrequencyScale = .mel, fftLength: Int? = nil, hopLength: Int? = nil,
    floorDecibels: Double = -80, colorMap: ColorMap = .ember
  ) {
    precondition(
      floorDecibels < 0, "The floor lies below the loudest level, not \(floorDecibels) dB.")
    self.scale = scale
    self.fftLength = fftLength
    self.hopLength = hopLength
    self.floorDecibels = floorDecibels
    self.colorMap = colorMap
  }

  /// The level at the top of the colour bar: the loudest one, rounded up to a multiple of 10 dB (with
  /// half a decibel of grace, so that a full-scale sine is 0 dB), or 0 dB for silence.
  package static func topDecibels(loudest: Float) -> Double {
    guard loudest > SpectrogramRaster.silenceDecibels else { return 0 }
    return ((Double(loudest) - 0.5) / 10).rounded(.up) * 10 + 0
  }

  /// The transform for a clip that is drawn `columnCount` pixels wide.
  package func transform(
    sampleRate: Int, sampleCount: Int, columnCount: Int
  ) -> ShortTimeFourierTransform {
    var length =
      fftLength ?? ShortTimeFourierTransform.fftLength(seconds: 0.032, sampleRate: sampleRate)
    if fftLength == nil {
      while length > 16, 3 * length > sampleCount { length /= 2 }
    }
    let visible = max(sampleCount / max(columnCount, 1), length / 32, 1)
    return ShortTimeFourierTransform(
      fftLength: length, hopLength: hopLength ?? min(visible, max(length / 4, 1)))
  }
}
