/// A listener's sheet as the judgements come in.
///
/// Of judgements of the same thing the first counts; later ones say how steady the listener is.
struct AnswerSheetBuilder {
  private(set) var sheet: AnswerSheet
  private let test: TestDescription
  private var first: [Subject: Judgement] = [:]

  /// What is judged.
  private struct Subject: Hashable {
    var trial: String
    var question: String
    var stimulus: String?
  }

  /// - Parameter sheet: without judgements.
  init(_ sheet: AnswerSheet, test: TestDescription) {
    self.sheet = sheet
    self.test = test
  }

  /// Takes a judgement in.
  ///
  /// - Parameters:
  ///   - judgement: what is said.
  ///   - trial: of which page.
  ///   - question: ``Question/name``.
  mutating func add(_ judgement: Judgement, trial: String, question: String) {
    // Of a page with several stimuli each has an answer; a choice is one for the page.
    let subject = Subject(
      trial: trial, question: question,
      stimulus: judgement.isChoice ? nil : judgement.clip.stimulus)
    if let earlier = first[subject] {
      let (first, later) = earlier.compared(with: judgement)
      sheet.repeats.append(.init(question: question, first: first, later: later))
      return
    }
    first[subject] = judgement
    guard judgement.clip.kind != .training else { return }
    switch judgement {
    case .rating(let clip, let value) where clip.isCheck: check(clip, value, question)
    case .rating(let clip, let value):
      sheet.ratings.append(.init(question: question, clip: clip, value: value))
    case .naming(let clip, let answer) where clip.isCheck:
      check(clip, isRight: answer == clip.expected)
    case .naming(let clip, let answer): sheet.namings.append(.init(clip: clip, answer: answer))
    case .choice(let choice):
      guard let checked = [choice.chosen, choice.other].first(where: \.isCheck) else {
        sheet.choices.append(choice)
        return
      }
      check(checked, isRight: choice.isRight ?? (Double(choice.chosen.expected) == 1))
    }
  }

  /// Checks the rating of a gold or trapping item, if the question is the first: that is what such items
  /// are made for.
  private mutating func check(_ clip: KeyRow, _ value: Double, _ question: String) {
    guard let asked = test.questions.first, asked.name == question,
      let expected = Double(clip.expected)
    else { return }
    // One step of a scale of five: farther from a gold item's value is wrong (ITU-T P.808).
    let step = asked.scale == .continuous ? 20.0 : 1
    check(clip, isRight: abs(value - expected) <= (clip.kind == .gold ? step : 0))
  }

  private mutating func check(_ clip: KeyRow, isRight: Bool) {
    sheet.checks.append(.init(kind: clip.kind, isRight: isRight))
  }
}

extension KeyRow {
  /// Whether it shows how a listener listens, and is not judged itself.
  fileprivate var isCheck: Bool { kind == .gold || kind == .trap }
}
