import Foundation

/// How many of n independent trials succeed, each with the same probability.
package struct BinomialDistribution: Sendable, Hashable {
  /// n.
  package let trialCount: Int
  /// The probability of success, within 0 ... 1 and neither.
  package let probability: Double

  package init(trialCount: Int, probability: Double = 0.5) {
    precondition(trialCount >= 0 && probability > 0 && probability < 1, "no binomial distribution")
    self.trialCount = trialCount
    self.probability = probability
  }

  /// P(X = k).
  package func mass(_ k: Int) -> Double {
    let (n, k) = (Double(trialCount), Double(k))
    let logWays = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(logWays + k * log(probability) + (n - k) * log1p(-probability))
  }

  /// P(X ≥ k) = I(p; k, n − k + 1).
  package func atLeast(_ k: Int) -> Double {
    if k <= 0 { return 1 }
    guard k <= trialCount else { return 0 }
    return IncompleteBeta.value(probability, Double(k), Double(trialCount - k + 1))
  }

  /// The probability of a count that is no more likely than k: the exact two-sided test.
  ///
  /// Counts as likely as k to within rounding, 10⁻⁷, belong to it.
  ///
  /// - Complexity: O(n).
  package func twoSided(_ k: Int) -> Double {
    let limit = mass(k) * (1 + 1e-7)
    return min(
      1,
      (0...trialCount).reduce(0) { sum, i in
        let mass = mass(i)
        return mass <= limit ? sum + mass : sum
      })
  }
}
