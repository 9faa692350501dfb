import Foundation

/// SpecGAN's features: the logarithm of linear magnitudes, each bin normalised over a dataset.
///
///     Y[t, k] = clip((ln(|X[t, k]| + 10⁻⁶) − mean[k]) / (3 · deviation[k]), −1, 1)
///
/// Frames start every 128 samples and hold 256; the last ones are filled with zeros, so that 16,384
/// samples are exactly 128 frames; the bin at half the sample rate is dropped, so that F = 128.
/// Source: Donahue et al. 2019, section 3.3 and `specgan.py`.
public struct NormalizedLogMagnitude: Sendable {
  /// The transform: Hann window, not centred.
  public let transform: ShortTimeFourierTransform

  /// Bins in a frame, N/2: those below half the sample rate.
  public var binCount: Int { transform.fftLength / 2 }

  /// - Parameters:
  ///   - fftLength: samples in a frame, N.
  ///   - hopLength: samples from one frame to the next.
  public init(fftLength: Int = 256, hopLength: Int = 128) {
    transform = ShortTimeFourierTransform(
      fftLength: fftLength, hopLength: hopLength, isCentered: false)
  }

  /// The features before normalisation, ln(|X[t, k]| + 10⁻⁶).
  ///
  /// - Parameter samples: one channel of a clip.
  /// - Returns: logarithms, `[⌈samples / hop⌉, N/2]`; one frame for an empty clip.
  public func logMagnitude(of samples: [Float]) -> Spectrogram {
    let frameCount = max((samples.count + transform.hopLength - 1) / transform.hopLength, 1)
    let paddedCount = (frameCount - 1) * transform.hopLength + transform.fftLength
    let padding = [Float](repeating: 0, count: paddedCount - samples.count)
    var values: [Float] = []
    values.reserveCapacity(frameCount * binCount)
    transform.forEachMagnitude(of: samples + padding) { _, magnitudes in
      for bin in 0..<binCount { values.append(log(magnitudes[bin] + 1e-6)) }
    }
    return Spectrogram(frameCount: frameCount, binCount: binCount, values: values)
  }

  /// Mean and deviation of each bin over all frames of all clips.
  ///
  /// - Parameter clips: samples of each clip; read one at a time, so that a lazy sequence may decode
  ///   them as they are needed.
  /// - Returns: the moments; mean 0 and deviation 0 if there are no clips.
  public func moments(of clips: some Sequence<[Float]>) -> SpectralMoments {
    // Welford's update: no cancellation, one pass.
    var mean = [Double](repeating: 0, count: binCount)
    var squares = mean
    var count = 0.0
    for clip in clips {
      let features = logMagnitude(of: clip)
      for frame in 0..<features.frameCount {
        count += 1
        for bin in 0..<binCount {
          let value = Double(features[frame, bin])
          let difference = value - mean[bin]
          mean[bin] += difference / count
          squares[bin] += difference * (value - mean[bin])
        }
      }
    }
    return SpectralMoments(
      mean: mean.map { Float($0) },
      standardDeviation: squares.map { Float(($0 / max(count, 1)).squareRoot()) })
  }

  /// The normalised features of one clip.
  ///
  /// - Parameters:
  ///   - samples: one channel of a clip.
  ///   - moments: of the dataset, `[N/2]` each.
  /// - Returns: numbers in −1 … 1, `[⌈samples / hop⌉, N/2]`. A bin that never varied is 0.
  public func features(of samples: [Float], moments: SpectralMoments) -> Spectrogram {
    precondition(
      moments.mean.count == binCount && moments.standardDeviation.count == binCount,
      "Moments of \(moments.mean.count) bins do not fit \(binCount).")
    var result = logMagnitude(of: samples)
    for index in result.values.indices {
      let bin = index % binCount
      let range = 3 * moments.standardDeviation[bin]
      let normalized = range > 0 ? (result.values[index] - moments.mean[bin]) / range : 0
      result.values[index] = min(max(normalized, -1), 1)
    }
    return result
  }
}
