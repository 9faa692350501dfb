extension ListenerPlan {
  /// A plan before anybody has listened, from what tests of this kind are assumed to vary by.
  ///
  /// A listener's difference of two conditions, each judged by c clips, has the variance
  ///
  ///     s² = taste² + 2 rest² / c        of ratings
  ///     s² = taste² + 0.25 / c           of parts of c choices
  ///
  /// | scale | taste | rest |
  /// | --- | --- | --- |
  /// | 1–5 | 0.3 | 0.8 |
  /// | 0–100 | 8 | 18 |
  /// | part of choices, or of right labels | 0.1 | 0.5 |
  ///
  /// They are round figures to begin with, no law: `score --plan` takes what was seen instead.
  ///
  /// - Parameters:
  ///   - design: what listeners are asked.
  ///   - conditionCount: conditions that are compared, two or more.
  ///   - clipCount: clips of each condition, or trials of each pair, that a listener judges.
  ///   - difference: what shall be seen, in the unit of the scale; of choices the distance of a part
  ///     from one half.
  package init(
    assuming design: TestDesign, conditionCount: Int, clipCount: Int, difference: Double
  ) {
    let clips = Double(max(clipCount, 1))
    let pairs = max(1, conditionCount * (conditionCount - 1) / 2)
    let variance: Double
    var comparisons = pairs
    switch design {
    case .mos: variance = 0.3 * 0.3 + 2 * 0.8 * 0.8 / clips
    case .multi, .mushra: variance = 8 * 8 + 2 * 18 * 18 / clips
    case .identify: variance = 0.1 * 0.1 + 2 * 0.25 / clips
    case .ab, .abx: variance = 0.1 * 0.1 + 0.25 / clips
    case .realOrFake:
      variance = 0.1 * 0.1 + 0.25 / clips
      // Each condition against the recordings.
      comparisons = max(1, conditionCount - 1)
    }
    self.init(
      difference: difference, deviation: variance.squareRoot(), comparisons: comparisons)
  }
}
