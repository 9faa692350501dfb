/// Wilcoxon's signed-rank test: whether differences lie about zero, either way.
///
/// Differences of zero are left out; the rest are ranked by size, equal ones sharing their mean rank.
/// What is equal to nine decimals is equal: 0.7 − 0.5 and 0.5 − 0.3 differ by rounding alone.
///
///     W = smaller of the sums of ranks of positive and of negative differences
///
/// Up to ``exactLimit`` differences, p is exact: the part of all 2ⁿ choices of signs that give a sum as
/// far from the middle, ties included. Beyond, W is taken as normal with the variance that ties leave:
///
///     z = (W − n (n + 1) / 4) / √(n (n + 1) (2n + 1) / 24 − Σ (t³ − t) / 48)
///
/// Source: Wilcoxon 1945. As SciPy's `wilcoxon(d, zero_method="wilcox", correction=False)`, with
/// `method="exact"` where no two are equal, and with `PermutationMethod` or `"asymptotic"` otherwise.
package struct WilcoxonTest: Sendable, Hashable, Codable {
  /// How p was found.
  package enum Method: String, Sendable, Hashable, Codable {
    case exact
    case asymptotic
  }

  /// Differences that are not zero, n.
  package var count: Int
  /// W.
  package var statistic: Double
  /// The two-sided probability of a sum as far from the middle, if signs were chance.
  package var p: Double
  /// How p was found.
  package var method: Method

  /// Most differences whose p is counted out.
  package static let exactLimit = 100

  /// nil where all differences are zero, or there are none.
  package init?(_ differences: [Double], method: Method? = nil) {
    let differences = differences.map { ($0 * 1e9).rounded() / 1e9 }.filter { $0 != 0 }
    guard !differences.isEmpty else { return nil }
    count = differences.count
    let ranks = differences.map(abs).midranks
    let positive = zip(differences, ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    let total = ranks.reduce(0, +)
    statistic = min(positive, total - positive)
    let method = method ?? (count <= Self.exactLimit ? .exact : .asymptotic)
    self.method = method
    switch method {
    case .exact: p = Self.exact(statistic, ranks)
    case .asymptotic: p = Self.asymptotic(statistic, ranks)
    }
  }

  /// Counts choices of signs by the sum that they give: the chance of each sum, one rank at a time.
  private static func exact(_ statistic: Double, _ ranks: [Double]) -> Double {
    // Twice a mean rank is whole.
    let doubled = ranks.map { Int(2 * $0) }
    var chances = [Double](repeating: 0, count: doubled.reduce(1, +))
    chances[0] = 1
    var reach = 0
    for rank in doubled {
      for sum in stride(from: reach, through: 0, by: -1) {
        let half = chances[sum] / 2
        chances[sum] = half
        chances[sum + rank] += half
      }
      reach += rank
    }
    return min(1, 2 * chances[0...Int(2 * statistic)].reduce(0, +))
  }

  private static func asymptotic(_ statistic: Double, _ ranks: [Double]) -> Double {
    let n = Double(ranks.count)
    let ties = Dictionary(grouping: ranks, by: \.self).values.reduce(0.0) { sum, tied in
      let t = Double(tied.count)
      return sum + (t * t * t - t)
    }
    let variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48
    let z = (statistic - n * (n + 1) / 4) / variance.squareRoot()
    return min(1, 2 * NormalDistribution.cumulative(-abs(z)))
  }
}
