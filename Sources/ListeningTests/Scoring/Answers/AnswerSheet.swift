/// What one listener judged, joined with what the stimuli really are.
package struct AnswerSheet: Sendable, Hashable {
  /// A clip's place on a scale.
  package struct Rating: Sendable, Hashable {
    /// ``Question/name``.
    package var question: String
    package var clip: KeyRow
    package var value: Double

    package init(question: String, clip: KeyRow, value: Double) {
      self.question = question
      self.clip = clip
      self.value = value
    }
  }

  /// One clip of two.
  package struct Choice: Sendable, Hashable {
    package var trial: String
    package var chosen: KeyRow
    package var other: KeyRow
    /// Of `abx`, whether the chosen one is X.
    package var isRight: Bool?

    package init(trial: String, chosen: KeyRow, other: KeyRow, isRight: Bool? = nil) {
      self.trial = trial
      self.chosen = chosen
      self.other = other
      self.isRight = isRight
    }
  }

  /// The label that a clip was taken for.
  package struct Naming: Sendable, Hashable {
    package var clip: KeyRow
    package var answer: String

    package init(clip: KeyRow, answer: String) {
      self.clip = clip
      self.answer = answer
    }
  }

  /// Whether an answer to a gold or trap item was right.
  package struct Check: Sendable, Hashable {
    package var kind: KeyRow.Kind
    package var isRight: Bool

    package init(kind: KeyRow.Kind, isRight: Bool) {
      self.kind = kind
      self.isRight = isRight
    }
  }

  /// A first judgement and a later one of the same, as numbers; choices and names give 1 and 1 where
  /// they are the same, 1 and 0 where not.
  package struct Repeat: Sendable, Hashable {
    package var question: String
    package var first: Double
    package var later: Double

    package init(question: String, first: Double, later: Double) {
      self.question = question
      self.first = first
      self.later = later
    }
  }

  /// What ITU-R BS.1116 asks of a listener: grades of the hidden original and of what is compared.
  package struct GradePair: Sendable, Hashable {
    package var reference: Double
    package var other: Double

    package init(reference: Double, other: Double) {
      self.reference = reference
      self.other = other
    }
  }

  /// The listener's number or name.
  package var listener: String
  /// The file that it comes from.
  package var file: String
  package var questionnaire: [String: String] = [:]
  /// Whether the check for headphones was passed; nil if it was not taken.
  package var passedHeadphoneCheck: Bool?
  /// Whether the last page was answered; nil if that is not known.
  package var isFinished: Bool?
  package var ratings: [Rating] = []
  package var choices: [Choice] = []
  package var namings: [Naming] = []
  package var checks: [Check] = []
  package var repeats: [Repeat] = []
  package var gradePairs: [GradePair] = []

  package init(listener: String, file: String) {
    self.listener = listener
    self.file = file
  }

  /// Whether both hold the same judgements, wherever they come from.
  func hasJudgements(of other: AnswerSheet) -> Bool {
    ratings == other.ratings && choices == other.choices && namings == other.namings
      && checks == other.checks && repeats == other.repeats
  }
}

extension KeyRow {
  /// What the report calls its condition: references and anchors that belong to none go by their kind.
  package var conditionName: String { condition.isEmpty ? kind.rawValue : condition }
}
