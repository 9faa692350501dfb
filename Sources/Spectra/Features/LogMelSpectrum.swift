import Foundation

/// The spectrogram that the tool itself compares sounds by: levels of mel bands, as logarithms.
///
///     L[t, m] = ln(10⁻⁵ + Σₖ W[m, k] · |X[t, k]| · 2 / Σₙ w[n])
///
/// X is the centred STFT with a Hann window of about 64 ms and a hop of a quarter of it, W a bank of
/// 64 Slaney filters of height 1 from 40 Hz to 97.5 % of half the sample rate (7,800 Hz at 16 kHz,
/// the band that WaveGAN's similarity features use). The factor makes a full-scale sine 1, so the
/// floor stands 100 dB under it: just over the noise of 16-bit samples. (WaveGAN's own floor, 10⁻⁶
/// without the factor, is 174 dB down; silence would then count for more than any sound.)
///
/// Equal to within rounding to
/// `np.log(1e-5 + 2 / w.sum() * librosa.feature.melspectrogram(y=y, sr=r, n_fft=N, hop_length=N // 4,
/// power=1, n_mels=64, fmin=40, fmax=0.975 * r / 2, norm=None))`.
/// Source: Donahue et al. 2019 (`feats.py`), with the changes named here.
public struct LogMelSpectrum: Sendable {
  /// Samples a second.
  public let sampleRate: Int
  /// The transform: Hann window, centred.
  public let transform: ShortTimeFourierTransform
  /// The filter bank, `[M, F]`.
  public let filters: MelFilterBank
  /// The lower edge of the first band, in Hz.
  public let lowHz: Double
  /// The upper edge of the last band, in Hz.
  public let highHz: Double

  /// The level, as a part of a full-scale sine, that is added before the logarithm.
  public static let floor: Float = 1e-5

  /// Decibels in one unit of the natural logarithm of a magnitude, 20 / ln 10.
  static let decibelsPerNeper = 20 / log(10.0)

  /// The features that this tool uses for a sample rate.
  ///
  /// - Parameters:
  ///   - sampleRate: samples a second, at least 100.
  ///   - bandCount: mel bands, M.
  public init(sampleRate: Int, bandCount: Int = 64) {
    precondition(sampleRate >= 100, "Mel bands need 100 Hz or more, not \(sampleRate).")
    let fftLength = ShortTimeFourierTransform.fftLength(seconds: 0.064, sampleRate: sampleRate)
    let highHz = 0.975 * Double(sampleRate) / 2
    self.init(
      sampleRate: sampleRate, fftLength: fftLength, hopLength: fftLength / 4,
      bandCount: bandCount, lowHz: min(40, highHz / 2), highHz: highHz)
  }

  /// The same features with other lengths and bands.
  public init(
    sampleRate: Int, fftLength: Int, hopLength: Int, bandCount: Int, lowHz: Double,
    highHz: Double
  ) {
    self.sampleRate = sampleRate
    self.lowHz = lowHz
    self.highHz = highHz
    transform = ShortTimeFourierTransform(fftLength: fftLength, hopLength: hopLength)
    filters = MelFilterBank(
      sampleRate: sampleRate, fftLength: fftLength, bandCount: bandCount, lowHz: lowHz,
      highHz: highHz, isAreaNormalized: false)
  }

  /// The features of one clip.
  ///
  /// - Parameter samples: one channel; full scale is 1.
  /// - Returns: natural logarithms of levels, `[T, M]`, from −11.5 up.
  public func features(of samples: [Float]) -> Spectrogram {
    let scale = transform.amplitudeScale
    let frameCount = transform.frameCount(sampleCount: samples.count)
    var values: [Float] = []
    values.reserveCapacity(frameCount * filters.bandCount)
    transform.forEachMagnitude(of: samples) { _, magnitudes in
      for band in 0..<filters.bandCount {
        values.append(log(Self.floor + scale * filters.level(ofBand: band, in: magnitudes)))
      }
    }
    return Spectrogram(frameCount: frameCount, binCount: filters.bandCount, values: values)
  }

  /// The root of the mean squared difference of two sets of log-mel levels, in dB.
  ///
  ///     d(a, b) = 20 / ln 10 · √(1/n · Σᵢ (aᵢ − bᵢ)²)
  ///
  /// - Parameters:
  ///   - a: natural logarithms of levels, `[n]`: a clip's `[T, M]`, or a mean `[M]`.
  ///   - b: as many of another sound.
  /// - Returns: the distance in dB; 0 for no levels at all.
  public static func distanceDecibels(_ a: [Float], _ b: [Float]) -> Double {
    precondition(a.count == b.count, "\(a.count) levels cannot be compared with \(b.count).")
    var sum = 0.0
    for index in a.indices {
      let difference = Double(a[index]) - Double(b[index])
      sum += difference * difference
    }
    return decibelsPerNeper * (sum / Double(max(a.count, 1))).squareRoot()
  }

  /// The distance of two clips of the same length, over all frames and bands, in dB.
  public static func distanceDecibels(_ a: Spectrogram, _ b: Spectrogram) -> Double {
    distanceDecibels(a.values, b.values)
  }
}
