/// The mean of some figures and how far they are from it.
public struct MeanAndDeviation: Sendable, Hashable, Codable {
  /// The mean.
  public var mean: Double
  /// The standard deviation, divided by n.
  public var deviation: Double

  /// nil for no figures.
  package init?(of figures: [Double]) {
    guard !figures.isEmpty else { return nil }
    let count = Double(figures.count)
    let mean = figures.reduce(0, +) / count
    self.mean = mean
    deviation = (figures.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  }
}
