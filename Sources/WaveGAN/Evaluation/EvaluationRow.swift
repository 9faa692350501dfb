/// One comparison of an evaluation: some clips against as many training clips.
public struct EvaluationRow: Sendable, Hashable, Codable {
  /// Which clips are compared.
  public enum Comparison: String, Sendable, Hashable, Codable, CaseIterable {
    /// Training clips against others: how well the figures can be, with so many clips.
    case training
    /// Clips that no training heard: what a perfect generator would score.
    case heldOut = "held-out"
    /// Generated clips.
    case generated
    /// Training clips against others, as many as there are.
    case allTraining = "all-training"
    /// Generated clips, as many as there are.
    case allGenerated = "all-generated"
  }
  /// Which clips are compared.
  public var comparison: Comparison
  /// How many clips are on each side.
  public var count: Int
  /// What the comparison gave.
  public var figures: ComparisonFigures
}
