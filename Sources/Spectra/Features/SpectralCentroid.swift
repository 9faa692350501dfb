/// The middle of a clip's spectrum: how bright it sounds, in Hz.
///
///     centroid = Σₜₖ fₖ · |X[t, k]| / Σₜₖ |X[t, k]|
///
/// over all frames of a centred STFT with a Hann window of about 64 ms, a quarter of it apart, so
/// that loud frames count for more. Within one frame it is `librosa.feature.spectral_centroid`.
public struct SpectralCentroid: Sendable {
  private let sampleRate: Int
  private let transform: ShortTimeFourierTransform

  /// - Parameter sampleRate: samples a second.
  public init(sampleRate: Int) {
    self.sampleRate = sampleRate
    let length = ShortTimeFourierTransform.fftLength(seconds: 0.064, sampleRate: sampleRate)
    transform = ShortTimeFourierTransform(fftLength: length, hopLength: length / 4)
  }

  /// The centroid of a clip in Hz, or nil if it is silent.
  ///
  /// - Parameter samples: one channel of the clip.
  public func hz(of samples: [Float]) -> Double? {
    var weighted = 0.0
    var total = 0.0
    transform.forEachMagnitude(of: samples) { _, magnitudes in
      for bin in magnitudes.indices {
        weighted += Double(bin) * Double(magnitudes[bin])
        total += Double(magnitudes[bin])
      }
    }
    guard total > 0 else { return nil }
    return weighted / total * Double(sampleRate) / Double(transform.fftLength)
  }
}
