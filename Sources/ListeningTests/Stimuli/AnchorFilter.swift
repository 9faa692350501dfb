import Foundation

/// The low-pass filter that makes an anchor of a reference.
///
///     y[t] = Σₖ h[k] · x[t + K/2 − k],   h[k] ∝ sin(2πf (k − K/2)) / (k − K/2) · Kaiser(k),   Σₖ h[k] = 1
///
/// where f lies in the middle of the transition, 250 Hz above the corner, in cycles a sample.
/// A filter of 349 taps for 48 kHz, symmetric and without delay: ripple below ±0.1 dB up to the corner,
/// more than 50 dB of damping from 500 Hz above it. Source of the tolerances: ITU-R BS.1534-3, which
/// asks of the low anchor, with its corner at 3.5 kHz, 25 dB at 4 kHz and 50 dB at 4.5 kHz.
package struct AnchorFilter: Sendable {
  /// The filter's response to an impulse, `[K]`.
  package let taps: [Double]

  private static let tapCount = 349
  /// Kaiser's β for 60 dB.
  private static let beta = 5.65
  private static let transitionHz = 500.0

  /// - Parameters:
  ///   - cornerHz: 3,500 or 7,000.
  ///   - sampleRate: 48,000.
  package init(cornerHz: Double, sampleRate: Int) {
    let middle = Self.tapCount / 2
    let frequency = (cornerHz + Self.transitionHz / 2) / Double(sampleRate)
    let taps = (0..<Self.tapCount).map { k in
      let t = Double(k - middle)
      let sinc = t == 0 ? 2 * frequency : sin(2 * .pi * frequency * t) / (.pi * t)
      let place = t / Double(middle)
      return sinc * Self.bessel(Self.beta * (1 - place * place).squareRoot())
        / Self.bessel(Self.beta)
    }
    let sum = taps.reduce(0, +)
    self.taps = taps.map { $0 / sum }
  }

  /// The modified Bessel function I₀, by its series; to within rounding for |x| ≤ 10.
  private static func bessel(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for k in 1...40 {
      term *= (x / (2 * Double(k))) * (x / (2 * Double(k)))
      sum += term
    }
    return sum
  }

  /// Filters frames `[T, C]`; beyond their ends there is silence.
  func apply(to samples: [Float], channelCount: Int) -> [Float] {
    let frameCount = samples.count / channelCount
    let middle = Self.tapCount / 2
    var result = [Float](repeating: 0, count: samples.count)
    for channel in 0..<channelCount {
      for t in 0..<frameCount {
        let range = max(0, t + middle - frameCount + 1)...min(Self.tapCount - 1, t + middle)
        var sum = 0.0
        for k in range {
          sum += taps[k] * Double(samples[(t + middle - k) * channelCount + channel])
        }
        result[t * channelCount + channel] = Float(sum)
      }
    }
    return result
  }
}
