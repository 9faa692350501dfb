/// What the answers to a listening test say: the object that `wavegan listening-test score --json` writes.
package struct ListeningTestScore: Sendable, Hashable, Codable {
  /// Version of the program.
  package var version: String
  /// ``TestDescription/test``.
  package var test: String
  package var title: String
  package var design: TestDesign
  /// How often listeners and clips were drawn anew, and by which seed.
  package var draws: Int
  package var seed: UInt64
  /// Whether listeners count whom the rules of the standards would exclude.
  package var keepsEveryone: Bool
  /// All who answered, by name.
  package var listeners: [ListenerSummary]
  /// Who is excluded or, with `keepsEveryone`, would be, and by which rule.
  package var exclusions: [Exclusion]
  /// For each question that is answered on a scale; of `identify` also how often labels are right.
  package var ratings: [RatingScore]
  /// For each pair of conditions of which one is chosen.
  package var choices: [ChoiceScore]
  /// For each condition whose clips are named.
  package var namings: [NamingScore]
  /// How far listeners agree with each other and with themselves, question by question.
  package var agreements: [Agreement]
  /// How many listeners see the difference that was asked for, question by question.
  package var plans: [QuestionPlan]
  /// What needs to be known beside the figures: sentences.
  package var remarks: [String]

  /// How many listeners count.
  package var countedListeners: Int { listeners.count { $0.isCounted } }
}

/// One listener, in short.
package struct ListenerSummary: Sendable, Hashable, Codable {
  package var listener: String
  /// The file that the answers are from.
  package var file: String
  /// Whether the answers count.
  package var isCounted: Bool
  /// Judgements that can count, repeats left out.
  package var judgements: Int
  /// Whether the last page was answered; nil if that is not known.
  package var isFinished: Bool?
  /// nil if the check was not taken.
  package var passedHeadphoneCheck: Bool?
  /// Gold and trapping items, and those that were answered rightly.
  package var checks: Int
  package var rightChecks: Int
  /// Repeats, and the mean difference of two judgements of the same; nil without repeats.
  package var repeats: Int
  package var meanRepeatDifference: Double?
}

/// A plan of a test that goes on.
package struct QuestionPlan: Sendable, Hashable, Codable {
  /// ``Question/name``.
  package var question: String
  package var plan: ListenerPlan
}
