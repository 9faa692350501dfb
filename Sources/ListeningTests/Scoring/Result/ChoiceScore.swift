/// How often one of two was chosen.
package struct ChoiceScore: Sendable, Hashable, Codable {
  /// How often, of the clips of one label.
  package struct Label: Sendable, Hashable, Codable {
    package var label: String
    package var count: Int
    package var judgements: Int
    package var interval: Interval?
  }

  /// The condition whose part is counted; of `real-or-fake` the one that is not recorded.
  package var first: String
  package var second: String
  package var listeners: Int
  /// Choices of the first; of `abx`, right ones.
  package var count: Int
  /// All choices, n.
  package var judgements: Int
  /// `count` of `judgements`.
  package var part: Double
  /// Clopper and Pearson's, as if every choice were a listener's only one.
  package var interval: Interval?
  /// By drawing listeners anew.
  package var listenerInterval: Interval?
  /// By drawing listeners and trials anew.
  package var listenerAndClipInterval: Interval?
  /// Of the exact binomial test against one half: of `abx` that so many or more are right, otherwise
  /// two-sided.
  package var p: Double
  /// The same after Holm's correction for all pairs.
  package var pHolm: Double
  /// Wilcoxon's test of listeners' own parts against one half, which does not take a listener's
  /// choices for independent; nil where all chose both alike.
  package var wilcoxon: WilcoxonTest?
  /// The standard deviation of listeners' own parts; nil for fewer than two listeners.
  package var deviation: Double?
  /// Label by label; empty where there are fewer than two labels.
  package var labels: [Label]

  /// Whether the part is farther from one half than chance explains: p, corrected, below 5 %.
  package var isClear: Bool { pHolm < Interval.miss }
}
