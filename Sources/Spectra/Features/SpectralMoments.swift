/// Mean and standard deviation of each frequency bin over a dataset.
public struct SpectralMoments: Sendable, Hashable, Codable {
  /// The mean of each bin, `[F]`.
  public var mean: [Float]
  /// The standard deviation of each bin (divided by n, not n − 1), `[F]`.
  public var standardDeviation: [Float]

  /// Moments of as many bins as both arrays have numbers, `[F]` each.
  public init(mean: [Float], standardDeviation: [Float]) {
    self.mean = mean
    self.standardDeviation = standardDeviation
  }
}
