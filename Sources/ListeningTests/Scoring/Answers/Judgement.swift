/// What an answer says, joined with the key, before it is known whether it is the first of its kind.
enum Judgement {
  case rating(KeyRow, Double)
  case naming(KeyRow, String)
  case choice(AnswerSheet.Choice)

  /// The clip that is judged; of a choice the chosen one.
  var clip: KeyRow {
    switch self {
    case .rating(let clip, _), .naming(let clip, _): clip
    case .choice(let choice): choice.chosen
    }
  }

  /// Whether it is one for a page, not for a stimulus of it.
  var isChoice: Bool {
    if case .choice = self { true } else { false }
  }

  /// Both as numbers; see ``AnswerSheet/Repeat``.
  func compared(with later: Judgement) -> (Double, Double) {
    switch (self, later) {
    case (.rating(_, let a), .rating(_, let b)): (a, b)
    case (.naming(_, let a), .naming(_, let b)): (1, a == b ? 1 : 0)
    case (.choice(let a), .choice(let b)): (1, a.chosen == b.chosen ? 1 : 0)
    default: (1, 0)
    }
  }

  /// What does not fit the test, as the rest of a sentence.
  struct Misfit: Error {
    var words: String
  }
}
