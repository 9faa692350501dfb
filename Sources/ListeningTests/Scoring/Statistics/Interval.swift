/// A range that holds a true value with a stated confidence, 95 % throughout.
package struct Interval: Sendable, Hashable, Codable {
  package var low: Double
  package var high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// What an interval may miss, both sides together.
  package static let miss = 0.05

  /// The mean ± t(0.975; n − 1) s / √n, of values that are independent; nil for fewer than two.
  package init?(ofMeanOf values: [Double]) {
    guard let spread = values.deviation else { return nil }
    let count = Double(values.count)
    let t = StudentDistribution(degreesOfFreedom: count - 1).quantile(1 - Interval.miss / 2)
    let half = t * spread / count.squareRoot()
    self.init(low: values.mean - half, high: values.mean + half)
  }

  /// Clopper and Pearson's interval of a probability, of k successes in n independent trials.
  ///
  ///     low:  I(p; k, n − k + 1) = 0.025        high:  I(p; k + 1, n − k) = 0.975
  ///
  /// It misses in at most 5 % of cases, whatever the truth. nil for no trials.
  /// Source: Clopper & Pearson 1934.
  package init?(ofPartWith k: Int, of n: Int) {
    guard n > 0, (0...n).contains(k) else { return nil }
    let (success, failure) = (Double(k), Double(n - k))
    self.init(
      low: k == 0 ? 0 : IncompleteBeta.inverse(Interval.miss / 2, success, failure + 1),
      high: k == n ? 1 : IncompleteBeta.inverse(1 - Interval.miss / 2, success + 1, failure))
  }
}

extension Interval {
  /// Whether a value lies in it.
  func holds(_ value: Double) -> Bool { low <= value && value <= high }

  /// Whether what it was made of varied, but for rounding; if not, it tells nothing.
  var hasWidth: Bool { high - low > 1e-9 }

  /// The same of what is subtracted the other way round.
  var negated: Interval { Interval(low: -high, high: -low) }

  /// The part of it that is possible.
  func within(_ range: ClosedRange<Double>) -> Interval {
    Interval(
      low: min(max(low, range.lowerBound), range.upperBound),
      high: min(max(high, range.lowerBound), range.upperBound))
  }
}
