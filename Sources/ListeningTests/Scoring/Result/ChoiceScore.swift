/// How often one of two was chosen.
package struct ChoiceScore: Sendable, Hashable, Codable {
  /// What a finding rests on.
  package enum Basis: String, Sendable, Hashable, Codable {
    /// All choices, pooled. Where the question is whether anybody can tell, each is a toss if nobody can,
    /// whoever makes it.
    case choices
    /// Listeners' own parts. Listeners have preferences of their own, so choices of one are not
    /// independent, even where there is no preference on the whole.
    case listeners
  }

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
  package var pooledPart: Double
  /// Clopper and Pearson's of the same, as if every choice were a listener's only one.
  package var pooledInterval: Interval?
  /// Of the exact binomial test of the same against one half: of `abx` that so many or more are right,
  /// otherwise two-sided.
  package var pooledP: Double
  /// That p after Holm's correction for all pairs.
  package var pooledHolm: Double
  /// The mean of listeners' own parts: each listener counts once.
  package var listenerPart: Double
  /// Of that mean, for all listeners and these trials, by Student's t; nil for fewer than two.
  package var tInterval: Interval?
  /// The same by drawing listeners anew.
  package var listenerInterval: Interval?
  /// By drawing listeners and trials anew.
  package var listenerAndClipInterval: Interval?
  /// Wilcoxon's test of listeners' own parts against one half, which does not take a listener's
  /// choices for independent; nil where all chose both alike.
  package var wilcoxon: WilcoxonTest?
  /// The test's p after Holm's correction for all pairs.
  package var wilcoxonHolm: Double?
  /// The standard deviation of listeners' own parts; nil for fewer than two listeners.
  package var deviation: Double?
  /// Label by label; empty where there are fewer than two labels.
  package var labels: [Label]

  /// What the finding rests on.
  package var basis: Basis

  /// The part that the finding is about.
  package var part: Double { basis == .choices ? pooledPart : listenerPart }
  /// Where it would lie with other choices, or with other listeners.
  package var interval: Interval? { basis == .choices ? pooledInterval : tInterval }
  /// The corrected p of its test; nil where the test cannot be made.
  package var holm: Double? { basis == .choices ? pooledHolm : wilcoxonHolm }
  /// Whether the part is farther from one half than chance explains: p, corrected, below 5 %.
  package var isClear: Bool { (holm ?? 1) < Interval.miss }
}
