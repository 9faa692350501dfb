/// The extremes and the middle of some figures, in their unit.
struct Summary: Encodable {
  /// The smallest.
  var lowest: Double
  /// The one in the middle, or the mean of the two there.
  var median: Double
  /// The largest.
  var highest: Double

  /// nil for no figures.
  init?(of values: [Double]) {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    lowest = first
    median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    highest = last
  }
}
