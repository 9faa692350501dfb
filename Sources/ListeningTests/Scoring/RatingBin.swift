/// A bar of a histogram of ratings.
struct RatingBin {
  /// What it counts.
  var words: String
  var range: Range<Double>

  private init(_ words: String, from low: Double, width: Double = 1) {
    self.words = words
    range = low..<low + width
  }

  /// The bars of a scale.
  ///
  /// - Parameter steps: the categories, where it has such.
  static func bins(of scale: RatingScore.Scale, _ steps: [Question.Step]) -> [RatingBin] {
    switch scale {
    case .category:
      steps.sorted { $0.value < $1.value }.map {
        RatingBin("\($0.value) \($0.text)", from: Double($0.value))
      }
    case .continuous:
      // 100 belongs to the last.
      stride(from: 0, to: 100, by: 10).map { low in
        RatingBin("\(low)–\(low + 10)", from: Double(low), width: low == 90 ? 11 : 10)
      }
    // Grades have tenths, and differences of them a rounding error: each goes to the nearest.
    case .grade: (-4...4).map { RatingBin("\($0)", from: Double($0) - 0.5) }
    case .right: [RatingBin("wrong", from: 0), RatingBin("right", from: 1)]
    }
  }
}
