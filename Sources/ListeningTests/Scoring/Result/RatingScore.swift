/// What was answered to one question on a scale.
package struct RatingScore: Sendable, Hashable, Codable {
  /// What the numbers are.
  package enum Scale: String, Sendable, Hashable, Codable {
    /// Whole numbers, 1–5 as a rule.
    case category
    /// 0–100.
    case continuous
    /// Difference grades of ITU-R BS.1116, −4–4.
    case grade
    /// 1 for a right answer, 0 for another.
    case right
  }

  /// What one condition got, of all its clips or of those of a label.
  package struct Condition: Sendable, Hashable, Codable {
    package var condition: String
    /// nil for all clips.
    package var label: String?
    /// Listeners who judged something of it.
    package var listeners: Int
    /// Clips that were judged.
    package var clips: Int
    /// Judgements, n.
    package var judgements: Int
    /// The mean of listeners' means.
    package var mean: Double
    /// The standard deviation of judgements; nil for fewer than two.
    package var deviation: Double?
    /// Of the mean, for all listeners and these clips, by Student's t over listeners' means.
    package var tInterval: Interval?
    /// The same by drawing listeners anew.
    package var listenerInterval: Interval?
    /// For all listeners and all clips, by drawing both anew.
    package var listenerAndClipInterval: Interval?
    /// How many judgements fell into each of ``RatingScore/bins``.
    package var histogram: [Int]
  }

  /// One condition against another, over listeners who judged both.
  package struct Comparison: Sendable, Hashable, Codable {
    package var first: String
    package var second: String
    package var listeners: Int
    /// The mean of listeners' differences, first less second.
    package var difference: Double
    /// The standard deviation of listeners' differences; nil for fewer than two.
    package var deviation: Double?
    package var tInterval: Interval?
    package var listenerInterval: Interval?
    package var listenerAndClipInterval: Interval?
    /// nil where no listener has a difference.
    package var wilcoxon: WilcoxonTest?
    /// The test's p after Holm's correction for all comparisons of the question.
    package var wilcoxonHolm: Double?
    /// Twice the part of draws of listeners whose difference lies on the other side of zero.
    package var bootstrapP: Double
    package var bootstrapHolm: Double

    /// Whether the difference is more than chance explains: Wilcoxon's p, corrected, below 5 %.
    package var isClear: Bool { (wilcoxonHolm ?? 1) < Interval.miss }
  }

  /// ``Question/name``.
  package var question: String
  /// ``Question/text``.
  package var text: String
  package var scale: Scale
  /// What each bar of a histogram counts, in words.
  package var bins: [String]
  /// All clips together, the best condition first; references and anchors are among them.
  package var conditions: [Condition]
  /// Condition by condition and label by label; empty where there are fewer than two labels.
  package var labels: [Condition]
  /// Every pair of conditions, references and anchors left out.
  package var comparisons: [Comparison]
}
