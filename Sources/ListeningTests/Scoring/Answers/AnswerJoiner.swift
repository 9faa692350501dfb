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
    var empty = AnswerSheet(listener: answers.listener, file: file)
    empty.questionnaire = answers.questionnaire
    empty.passedHeadphoneCheck = answers.headphoneCheck?.passed
    // A table does not say whether it came to the end.
    empty.isFinished = answers.ended == nil && answers.began.isEmpty ? nil : answers.ended != nil
    empty.firstAnswered = answers.answers.lazy.compactMap(\.at).first { !$0.isEmpty }
    var builder = AnswerSheetBuilder(empty, test: test)
    for (place, answer) in answers.answers.enumerated() where !answer.training {
      do {
        guard let judgement = try judgement(answer) else { continue }
        builder.add(judgement, trial: answer.trial, question: answer.question)
      } catch {
        throw ListeningTestError(
          .malformed, file, "\(error.words) in answer \(place + 1); leave it out")
      }
    }
    return builder.sheet
  }

  /// nil for a question that was left open.
  private func judgement(_ answer: Answer) throws(Judgement.Misfit) -> Judgement? {
    let trial = try trial(answer.trial)
    guard let question = questions[answer.question] else {
      throw Judgement.Misfit(
        words: "names a question that the test has not, “\(answer.question.prefix(40))”,")
    }
    guard let stimulus = answer.stimulus else { return nil }
    guard trial.stimuli.contains(stimulus), let clip = key[stimulus] else {
      throw Judgement.Misfit(
        words: "names a stimulus that its trial has not, “\(stimulus.prefix(40))”,")
    }
    if question.scale == .choice && question.choices == nil {
      return try choice(of: clip, in: answer.trial)
    }
    guard let value = answer.value else { return nil }
    return try judgement(of: clip, value, question)
  }

  private func trial(_ name: String) throws(Judgement.Misfit) -> Trial {
    guard let trial = test.trials[name] else {
      throw Judgement.Misfit(words: "names a trial that the test has not, “\(name.prefix(40))”,")
    }
    return trial
  }

  /// A place on a scale, or the label that a clip was taken for.
  func judgement(
    of clip: KeyRow, _ value: Answer.Value, _ question: Question
  ) throws(Judgement.Misfit) -> Judgement {
    if let choices = question.choices, question.scale == .choice {
      guard choices.contains(value.written) else {
        throw Judgement.Misfit(
          words: "has a choice that there was not, “\(value.written.prefix(40))”,")
      }
      return .naming(clip, value.written)
    }
    guard let number = value.numeric, question.allows(number) else {
      throw Judgement.Misfit(
        words: "has a value that is not on the scale, “\(value.written.prefix(40))”,")
    }
    return .rating(clip, number)
  }

  /// The choice of one of a trial's two stimuli.
  func choice(of chosen: KeyRow, in name: String) throws(Judgement.Misfit) -> Judgement {
    let trial = try trial(name)
    guard trial.stimuli.count == 2,
      let other = trial.stimuli.first(where: { $0 != chosen.stimulus }),
      let other = key[other]
    else { throw Judgement.Misfit(words: "chooses where there are not two stimuli,") }
    let twin = trial.x.flatMap { key[$0]?.twin }
    return .choice(
      AnswerSheet.Choice(
        trial: name, chosen: chosen, other: other, isRight: twin.map { $0 == chosen.stimulus }))
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
