import Foundation

/// The standard normal distribution.
package enum NormalDistribution {
  /// P(X ≤ x) = ½ erfc(−x / √2).
  package static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  /// The x with P(X ≤ x) = `p`, 0 < p < 1.
  package static func quantile(_ p: Double) -> Double {
    // erfc has all its digits in the lower tail only.
    guard p <= 0.5 else { return -quantile(1 - p) }
    return MonotoneInverse.find(p, in: -38...0, of: cumulative)
  }
}
