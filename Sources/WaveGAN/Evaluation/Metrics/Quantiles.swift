/// Where the lower end, the middle and the upper end of some figures are.
public struct Quantiles: Sendable, Hashable, Codable {
  /// 5 % are below it.
  public var low: Double
  /// Half are below it.
  public var median: Double
  /// 95 % are below it.
  public var high: Double

  /// Between the two figures around each place, as NumPy's `quantile`; nil for no figures.
  package init?(of figures: [Double]) {
    guard !figures.isEmpty else { return nil }
    let sorted = figures.sorted()
    func quantile(_ part: Double) -> Double {
      let place = part * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
    (low, median, high) = (quantile(0.05), quantile(0.5), quantile(0.95))
  }
}
