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
  }

  /// The label that a clip was taken for.
  package struct Naming: Sendable, Hashable {
    package var clip: KeyRow
    package var answer: String
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

  /// The listener's number or name.
  package var listener: String
  /// The file that it comes from.
  package var file: String
  package var questionnaire: [String: String] = [:]
  /// Whether the check for headphones was passed; nil if it was not taken.
  package var passedHeadphoneCheck: Bool?
  /// Whether the last page was answered; nil if that is not known.
  package var isFinished: Bool?
  /// When the first answer was given, which tells two sittings with the same answers apart; nil if that
  /// is not known.
  package var firstAnswered: String?
  /// What should be known of the files that it comes from: sentences.
  package var remarks: [String] = []
  package var ratings: [Rating] = []
  package var choices: [Choice] = []
  package var namings: [Naming] = []
  package var checks: [Check] = []
  package var repeats: [Repeat] = []

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

extension AnswerSheet {
  /// The question of ITU-R BS.1116's difference grades: another clip's grade less that of the hidden
  /// original, −4 to 0 where the listener tells them apart.
  package static let differenceGrade = "difference grade"

  /// The difference grades that were given.
  var differenceGrades: [Rating] { ratings.filter { $0.question == Self.differenceGrade } }
}

extension KeyRow {
  /// What the report calls its condition: references and anchors that belong to none go by their kind.
  package var conditionName: String { condition.isEmpty ? kind.rawValue : condition }
}
