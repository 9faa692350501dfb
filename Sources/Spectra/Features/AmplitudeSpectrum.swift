/// The spectrogram without mel bands or logarithms: the amplitude of each frequency.
///
///     A[t, k] = |X[t, k]| · 2 / Σₙ w[n]
///
/// X is the centred STFT with a Hann window. The factor makes a full-scale sine in the middle of a
/// bin 1, so that `20 · log₁₀ A` is in dB below full scale.
///
/// Equal to within rounding to `2 / w.sum() * np.abs(librosa.stft(y, n_fft=N, hop_length=H))`.
public struct AmplitudeSpectrum: Sendable {
  /// The transform: Hann window, centred.
  public let transform: ShortTimeFourierTransform

  /// - Parameters:
  ///   - fftLength: samples in a frame, N, even.
  ///   - hopLength: samples from one frame to the next.
  public init(fftLength: Int, hopLength: Int) {
    transform = ShortTimeFourierTransform(fftLength: fftLength, hopLength: hopLength)
  }

  /// The amplitudes of one clip.
  ///
  /// - Parameter samples: one channel; full scale is 1.
  /// - Returns: amplitudes, `[T, F]`.
  public func amplitudes(of samples: [Float]) -> Spectrogram {
    var result = transform.magnitude(samples)
    let scale = transform.amplitudeScale
    for index in result.values.indices { result.values[index] *= scale }
    return result
  }
}
