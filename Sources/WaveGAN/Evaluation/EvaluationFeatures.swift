import Foundation
package import Spectra

/// The two sets of numbers that an evaluation compares clips by.
///
/// **Log-mel levels**, in dB below a full-scale sine, no lower than −80:
///
///     L[t, m] = max(−80, 20 · log₁₀(10⁻⁵ + Σₖ W[m, k] · |X[t, k]| · 2 / Σₙ w[n]))
///
/// X is the centred STFT with a Hann window of about 32 ms (the nearest power of two: 256 samples at
/// 8 kHz, 512 at 16 kHz) and a hop of a quarter of it, W a bank of 64 Slaney filters of height 1 from
/// 40 Hz to 97.5 % of half the sample rate. Two channels are mixed.
///
/// **The envelope**: how those levels vary slowly, over time and over frequency. The orthonormal
/// two-dimensional cosine transform (DCT-II) of L, its first 8 coefficients over time and 16 over
/// bands, divided by √(T · M):
///
///     E[u, v] = s(u) s(v) / (T · M) · Σₜ Σₘ L[t, m] · cos(π u (2t + 1) / 2T) · cos(π v (2m + 1) / 2M)
///
/// with s(0) = 1 and s = √2 otherwise. So both are in dB, and as the transform keeps lengths, the
/// distance of two envelopes is at most the root mean square difference of the levels.
package struct EvaluationFeatures: Sendable {
  /// Mel bands, M.
  package static let bandCount = 64
  /// The level of silence, in dB.
  package static let floorDecibels: Float = -80
  /// Coefficients of the envelope over time.
  package static let timeCoefficientCount = 8
  /// Coefficients of the envelope over bands.
  package static let bandCoefficientCount = 16
  /// Numbers of an envelope.
  package static let envelopeCount = timeCoefficientCount * bandCoefficientCount

  package let spectrum: LogMelSpectrum
  /// Frames of a window, T.
  package let frameCount: Int

  /// Numbers of a clip's levels, T · M.
  package var levelCount: Int { frameCount * Self.bandCount }

  /// cos(π u (2t + 1) / 2T) · s(u) / T, `[8, T]`.
  private let timeWaves: [Double]
  /// The same over bands, `[16, M]`.
  private let bandWaves: [Double]

  /// - Parameters:
  ///   - sampleRate: in Hz.
  ///   - windowLength: samples of every clip.
  package init(sampleRate: Int, windowLength: Int) {
    let length = ShortTimeFourierTransform.fftLength(seconds: 0.032, sampleRate: sampleRate)
    let highHz = 0.975 * Double(sampleRate) / 2
    spectrum = LogMelSpectrum(
      sampleRate: sampleRate, fftLength: length, hopLength: length / 4,
      bandCount: Self.bandCount, lowHz: min(40, highHz / 2), highHz: highHz)
    frameCount = spectrum.transform.frameCount(sampleCount: windowLength)
    timeWaves = Self.waves(Self.timeCoefficientCount, over: frameCount)
    bandWaves = Self.waves(Self.bandCoefficientCount, over: Self.bandCount)
  }

  private static func waves(_ count: Int, over length: Int) -> [Double] {
    (0..<count * length).map { index in
      let (wave, place) = index.quotientAndRemainder(dividingBy: length)
      let angle = Double.pi * Double(wave * (2 * place + 1)) / Double(2 * length)
      return cos(angle) * (wave == 0 ? 1 : 2.0.squareRoot()) / Double(length)
    }
  }

  /// The levels of a clip, in dB.
  ///
  /// - Parameter samples: one channel of a window.
  /// - Returns: `[T, M]`.
  package func levels(of samples: [Float]) -> [Float] {
    let decibels = Float(20 / log(10.0))
    let levels = spectrum.features(of: samples).values.map {
      max(Self.floorDecibels, decibels * $0)
    }
    precondition(levels.count == levelCount, "\(samples.count) samples are not a window")
    return levels
  }

  /// The envelope of a clip's levels, in dB.
  ///
  /// - Parameter levels: `[T, M]`.
  /// - Returns: `[8, 16]`.
  package func envelope(of levels: [Float]) -> [Double] {
    let bandCount = Self.bandCount
    // Over bands first: [T, M] → [T, 16] → [8, 16].
    var byBands = [Double](repeating: 0, count: frameCount * Self.bandCoefficientCount)
    for frame in 0..<frameCount {
      for wave in 0..<Self.bandCoefficientCount {
        var sum = 0.0
        for band in 0..<bandCount {
          sum += bandWaves[wave * bandCount + band] * Double(levels[frame * bandCount + band])
        }
        byBands[frame * Self.bandCoefficientCount + wave] = sum
      }
    }
    return (0..<Self.envelopeCount).map { index in
      let (time, band) = index.quotientAndRemainder(dividingBy: Self.bandCoefficientCount)
      var sum = 0.0
      for frame in 0..<frameCount {
        sum +=
          timeWaves[time * frameCount + frame]
          * byBands[frame * Self.bandCoefficientCount + band]
      }
      return sum
    }
  }
}
