/// Krippendorff's α: how far listeners agree, beyond chance.
///
///     α = 1 − Dₒ / Dₑ
///     Dₒ = 1/n Σᵤ 1/(mᵤ − 1) Σ δ²(a, b)   over pairs of the mᵤ judgements of a unit u
///     Dₑ = 1/(n (n − 1)) Σ δ²(a, b)        over all pairs
///
/// 1: they agree; 0: as chance would have it; below 0: they contradict each other. n counts judgements
/// of units that have two or more; others say nothing. Source: Krippendorff, "Computing Krippendorff's
/// alpha-reliability", 2011.
package enum KrippendorffAlpha {
  /// How far two judgements are apart, δ².
  package enum Metric: String, Sendable, Hashable, Codable {
    /// Equal or not: names.
    case nominal
    /// By places in the order of all judgements: the steps of a scale.
    case ordinal
    /// By their difference: a slider.
    case interval
  }

  /// - Parameters:
  ///   - units: the judgements of each unit, `[u][mᵤ]`.
  ///   - metric: how far two judgements are apart.
  /// - Returns: nil where no unit has two judgements, or all judgements are equal.
  package static func value(_ units: [[Double]], metric: Metric) -> Double? {
    let units = units.filter { $0.count > 1 }
    switch metric {
    case .interval: return value(units, sum: Self.squares)
    case .nominal: return value(units, sum: Self.differing)
    case .ordinal:
      // The ordinal δ, judgements between both and half of those at them, is a difference of mean
      // ranks.
      var ranks = units.flatMap(\.self).midranks[...]
      return value(
        units.map { unit in
          defer { ranks = ranks.dropFirst(unit.count) }
          return Array(ranks.prefix(unit.count))
        }, sum: Self.squares)
    }
  }

  private static func value(_ units: [[Double]], sum: ([Double]) -> Double) -> Double? {
    let all = units.flatMap(\.self)
    let expected = sum(all)
    guard expected > 0 else { return nil }
    let observed = units.reduce(0) { $0 + sum($1) / Double($1.count - 1) }
    return 1 - Double(all.count - 1) * observed / expected
  }

  /// Σ (a − b)² over ordered pairs: 2 m Σ (a − mean)².
  private static func squares(_ values: [Double]) -> Double {
    let mean = values.mean
    return 2 * Double(values.count) * values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  /// Ordered pairs that differ.
  private static func differing(_ values: [Double]) -> Double {
    let counts = Dictionary(grouping: values, by: \.self).values.map { Double($0.count) }
    let total = Double(values.count)
    return counts.reduce(0) { $0 + $1 * (total - $1) }
  }
}
