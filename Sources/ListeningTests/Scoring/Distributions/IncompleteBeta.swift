import Foundation

/// The regularised incomplete beta function, which the t and the binomial distribution are made of.
///
///     I(x; a, b) = 1 / B(a, b) · ∫₀ˣ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt
///
/// To about 12 digits for a and b up to 10,000. Source: DLMF, 8.17.
package enum IncompleteBeta {
  /// The value at x.
  ///
  /// - Precondition: x is 0 ... 1, a and b are above 0; checked in every build.
  package static func value(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition((0...1).contains(x) && a > 0 && b > 0, "I(\(x); \(a), \(b)) is not defined")
    if x == 0 || x == 1 { return x }
    // The fraction converges fast below the mean; above it, I(x; a, b) = 1 − I(1 − x; b, a).
    guard x < (a + 1) / (a + b + 2) else { return 1 - part(1 - x, b, a) }
    return part(x, a, b)
  }

  /// The x at which the value is `p`, 0 ... 1.
  package static func inverse(_ p: Double, _ a: Double, _ b: Double) -> Double {
    MonotoneInverse.find(p, in: 0...1) { value($0, a, b) }
  }

  /// The continued fraction DLMF 8.17.22, from the front by the method of Lentz, as Thompson and
  /// Barnett have changed it (1986): a denominator that is nearly zero counts as tiny.
  private static func part(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let logFront = a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)
    func safe(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / safe(1 - (a + b) * x / (a + 1))
    var fraction = d
    for m in 1...100_000 {
      let m = Double(m)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / safe(1 + even * d)
      c = safe(1 + even / c)
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / safe(1 + odd * d)
      c = safe(1 + odd / c)
      fraction *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return exp(logFront) * fraction / a
  }
}
