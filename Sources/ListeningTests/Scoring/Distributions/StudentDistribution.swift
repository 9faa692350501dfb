import Foundation

/// Student's t distribution with ν degrees of freedom, which need not be whole.
package struct StudentDistribution: Sendable, Hashable {
  /// ν, above 0.
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "\(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(T ≤ t) = ½ I(ν / (ν + t²); ν/2, ½) for t ≤ 0, and 1 less the same for t > 0.
  package func cumulative(_ t: Double) -> Double {
    let freedom = degreesOfFreedom
    let tail = 0.5 * IncompleteBeta.value(freedom / (freedom + t * t), freedom / 2, 0.5)
    return t > 0 ? 1 - tail : tail
  }

  /// The t with P(T ≤ t) = `p`, 0 < p < 1.
  package func quantile(_ p: Double) -> Double {
    guard p <= 0.5 else { return -quantile(1 - p) }
    let freedom = degreesOfFreedom
    let x = IncompleteBeta.inverse(2 * p, freedom / 2, 0.5)
    return -(freedom * (1 - x) / x).squareRoot()
  }

  /// The probability of a t at least as far from 0, on either side.
  package func twoSided(_ t: Double) -> Double { 2 * cumulative(-abs(t)) }

  /// P(T ≤ t) of the noncentral distribution: of (Z + δ) / S, with Z normal and S = √(χ²/ν).
  ///
  ///     ∫₀^∞ Φ(t s − δ) f(s) ds,    f(s) = 2 (ν/2)^(ν/2) / Γ(ν/2) · s^(ν−1) e^(−ν s²/2)
  ///
  /// By Simpson's rule, to about 9 digits for ν from 1 to 10,000. It is the power of a t test.
  package func cumulative(_ t: Double, noncentrality shift: Double) -> Double {
    let freedom = degreesOfFreedom
    // S has mean about 1 and deviation about 1/√(2ν); ten of these hold all of it.
    let reach = 10 / (2 * freedom).squareRoot()
    let (low, high) = (max(0, 1 - reach), 1 + reach)
    let logFront = log(2) + freedom / 2 * log(freedom / 2) - lgamma(freedom / 2)
    let stepCount = 2_000
    let width = (high - low) / Double(stepCount)
    var sum = 0.0
    for step in 0...stepCount {
      let s = low + Double(step) * width
      // 0⁰ is 1: the density of one degree of freedom does not vanish at 0.
      let power = freedom == 1 ? 0 : (freedom - 1) * log(s)
      let density = exp(logFront + power - freedom * s * s / 2)
      let weight = step == 0 || step == stepCount ? 1.0 : step % 2 == 1 ? 4 : 2
      sum += weight * density * NormalDistribution.cumulative(t * s - shift)
    }
    return min(1, sum * width / 3)
  }
}
