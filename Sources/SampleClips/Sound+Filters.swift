import Foundation

/// Second-order filters. `q` is the sharpness at the corner; 0.707 is flat up to it (Butterworth).
///
/// Source: Robert Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients".
extension Sound {
  func lowPassed(atHz hz: Double, q: Double = 0.707) -> Sound {
    filtered(atHz: hz, q: q) { cosine, _ in ((1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2) }
  }

  func highPassed(atHz hz: Double, q: Double = 0.707) -> Sound {
    filtered(atHz: hz, q: q) { cosine, _ in ((1 + cosine) / 2, -1 - cosine, (1 + cosine) / 2) }
  }

  /// Keeps a band `hz / q` wide around `hz`, with gain 1 in its middle.
  func bandPassed(atHz hz: Double, q: Double) -> Sound {
    filtered(atHz: hz, q: q) { _, alpha in (alpha, 0, -alpha) }
  }

  /// Runs the filter whose numerator is given, in transposed direct form II.
  ///
  ///     a₀·y[n] = b₀·x[n] + b₁·x[n−1] + b₂·x[n−2] − a₁·y[n−1] − a₂·y[n−2]
  ///     a₀ = 1 + α,  a₁ = −2·cos ω,  a₂ = 1 − α,  α = sin ω / 2q,  ω = 2π·hz/rate
  private func filtered(
    atHz hz: Double, q: Double,
    numerator: (_ cosine: Double, _ alpha: Double) -> (Double, Double, Double)
  ) -> Sound {
    let omega = 2 * .pi * hz / Self.sampleRate
    let alpha = sin(omega) / (2 * q)
    let (b0, b1, b2) = numerator(cos(omega), alpha)
    let (a0, a1, a2) = (1 + alpha, -2 * cos(omega), 1 - alpha)
    var (s1, s2) = (0.0, 0.0)
    return mapped { x in
      let y = (b0 * x + s1) / a0
      s1 = b1 * x - a1 * y + s2
      s2 = b2 * x - a2 * y
      return y
    }
  }
}
