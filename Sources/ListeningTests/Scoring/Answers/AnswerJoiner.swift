/// Joins a listener's answers with the test and its key.
///
/// Answers come from anywhere, so nothing in them is taken for granted: what does not fit the test is
/// refused with the number of the answer.
package struct AnswerJoiner: Sendable {
  package let test: TestDescription
  /// The key, by stimulus.
  package let key: [String: KeyRow]
  private let questions: [String: Question]

  /// Most judgements of one listener that are read.
  private static let answerLimit = 100_000

  package init(test: TestDescription, key: TestKey) {
    self.test = test
    self.key = key.byStimulus
    questions = Dictionary(
      test.questions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Joins what our own page collected.
  ///
  /// A trial's first answer counts; later ones say how steady the listener is.
  ///
  /// - Throws: ``ListeningTestError`` `.malformed` for answers of another test, or that do not fit it.
  package func sheet(
    of answers: ListenerAnswers, file: String
  ) throws(ListeningTestError) -> AnswerSheet {
    guard answers.format == 1 else {
      throw ListeningTestError(
        .malformed, file, "has a format that this version cannot read: \(answers.format)")
    }
    guard answers.test == test.test else {
      throw ListeningTestError(
        .malformed, file,
        "holds answers to another test, \(answers.test.prefix(40)), not \(test.test); leave it out")
    }
    guard !answers.listener.isEmpty, answers.answers.count <= Self.answerLimit else {
      throw ListeningTestError(
        .malformed, file, "names no listener, or holds more answers than any listener gives")
    }
    var sheet = AnswerSheet(listener: answers.listener, file: file)
    sheet.questionnaire = answers.questionnaire
    sheet.passedHeadphoneCheck = answers.headphoneCheck?.passed
    sheet.isFinished = answers.ended != nil
    var first: [Subject: Judgement] = [:]
    for (place, answer) in answers.answers.enumerated() where !answer.training {
      let judgement: Judgement?
      do {
        judgement = try self.judgement(answer)
      } catch {
        throw ListeningTestError(
          .malformed, file, "\(error.words) in answer \(place + 1); leave it out")
      }
      guard let judgement else { continue }
      // Of a page with several stimuli each has an answer; a choice is one for the page.
      let subject = Subject(
        trial: answer.trial, question: answer.question,
        stimulus: judgement.isChoice ? nil : answer.stimulus)
      if let earlier = first[subject] {
        let (a, b) = earlier.compared(with: judgement)
        sheet.repeats.append(.init(question: answer.question, first: a, later: b))
      } else {
        first[subject] = judgement
        add(judgement, question: answer.question, to: &sheet)
      }
    }
    return sheet
  }

  /// What is judged.
  private struct Subject: Hashable {
    var trial: String
    var question: String
    var stimulus: String?
  }

  /// A judgement before it is known whether it is the first of its kind.
  private enum Judgement {
    case rating(KeyRow, Double)
    case naming(KeyRow, String)
    case choice(AnswerSheet.Choice)

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
  }

  /// What does not fit, as the rest of a sentence.
  private struct Misfit: Error {
    var words: String
  }

  /// nil for a question that was left open.
  private func judgement(_ answer: Answer) throws(Misfit) -> Judgement? {
    guard let trial = test.trials[answer.trial] else {
      throw Misfit(words: "names a trial that the test has not, “\(answer.trial.prefix(40))”,")
    }
    guard let question = questions[answer.question] else {
      throw Misfit(
        words: "names a question that the test has not, “\(answer.question.prefix(40))”,")
    }
    guard let stimulus = answer.stimulus else { return nil }
    guard trial.stimuli.contains(stimulus), let clip = key[stimulus] else {
      throw Misfit(words: "names a stimulus that its trial has not, “\(stimulus.prefix(40))”,")
    }
    if question.scale == .choice && question.choices == nil {
      return .choice(try choice(of: clip, in: trial, named: answer.trial))
    }
    guard let value = answer.value else { return nil }
    return try judgement(of: clip, value, question)
  }

  private func judgement(
    of clip: KeyRow, _ value: Answer.Value, _ question: Question
  ) throws(Misfit) -> Judgement {
    if let choices = question.choices, question.scale == .choice {
      guard choices.contains(value.written) else {
        throw Misfit(words: "has a choice that there was not, “\(value.written.prefix(40))”,")
      }
      return .naming(clip, value.written)
    }
    guard let number = value.numeric, question.allows(number) else {
      throw Misfit(words: "has a value that is not on the scale, “\(value.written.prefix(40))”,")
    }
    return .rating(clip, number)
  }

  /// The choice of one of a trial's two stimuli.
  private func choice(
    of chosen: KeyRow, in trial: Trial, named name: String
  ) throws(Misfit) -> AnswerSheet.Choice {
    guard trial.stimuli.count == 2,
      let other = trial.stimuli.first(where: { $0 != chosen.stimulus }),
      let other = key[other]
    else { throw Misfit(words: "chooses where there are not two stimuli,") }
    let twin = trial.x.flatMap { key[$0]?.twin }
    return AnswerSheet.Choice(
      trial: name, chosen: chosen, other: other, isRight: twin.map { $0 == chosen.stimulus })
  }

  private func add(_ judgement: Judgement, question: String, to sheet: inout AnswerSheet) {
    switch judgement {
    case .rating(let clip, let value):
      add(.init(question: question, clip: clip, value: value), to: &sheet)
    case .naming(let clip, let answer): add(.init(clip: clip, answer: answer), to: &sheet)
    case .choice(let choice): add(choice, to: &sheet)
    }
  }

  /// Adds a rating: of a gold or trapping item, whether it is right.
  func add(_ rating: AnswerSheet.Rating, to sheet: inout AnswerSheet) {
    guard isCheck(rating.clip) else {
      if rating.clip.kind != .training { sheet.ratings.append(rating) }
      return
    }
    // What is asked first is what such items are made for.
    guard rating.question == test.questions.first?.name,
      let expected = Double(rating.clip.expected)
    else { return }
    let tolerance = rating.clip.kind == .gold ? goldTolerance(of: rating.question) : 0
    sheet.checks.append(
      .init(kind: rating.clip.kind, isRight: abs(rating.value - expected) <= tolerance))
  }

  /// Adds a name: of a gold item, whether it is right.
  func add(_ naming: AnswerSheet.Naming, to sheet: inout AnswerSheet) {
    guard isCheck(naming.clip) else {
      if naming.clip.kind != .training { sheet.namings.append(naming) }
      return
    }
    sheet.checks.append(
      .init(kind: naming.clip.kind, isRight: naming.answer == naming.clip.expected))
  }

  /// Adds a choice: of a gold item, whether it is right.
  func add(_ choice: AnswerSheet.Choice, to sheet: inout AnswerSheet) {
    guard let checked = [choice.chosen, choice.other].first(where: isCheck) else {
      if choice.chosen.kind != .training { sheet.choices.append(choice) }
      return
    }
    let isRight = choice.isRight ?? (Double(choice.chosen.expected) == 1)
    sheet.checks.append(.init(kind: checked.kind, isRight: isRight))
  }

  private func isCheck(_ clip: KeyRow) -> Bool { [.gold, .trap].contains(clip.kind) }

  /// One step of a scale of five: farther from a gold item's value is wrong (ITU-T P.808).
  private func goldTolerance(of question: String) -> Double {
    questions[question]?.scale == .continuous ? 20 : 1
  }
}

extension Question {
  /// Whether a rating is on its scale.
  func allows(_ value: Double) -> Bool {
    switch scale {
    case .category: steps.contains { Double($0.value) == value }
    case .continuous: (0...100).contains(value)
    case .choice: false
    }
  }
}

extension Answer.Value {
  /// The value as it is written: a number without a fraction has no point.
  var written: String {
    switch self {
    case .text(let text): text
    case .number(let number):
      Int(exactly: number).map(String.init) ?? "\(number)"
    }
  }

  /// The value as a number, if it is a finite one.
  var numeric: Double? {
    switch self {
    case .number(let number): number.isFinite ? number : nil
    case .text(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
  }
}
