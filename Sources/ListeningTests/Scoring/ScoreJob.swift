import WaveGAN

/// Scores the answers to a listening test.
package struct ScoreJob: Sendable {
  package var test: TestDescription
  package var key: TestKey
  /// How often listeners and clips are drawn anew.
  package var drawCount: Int
  /// Another seed draws otherwise.
  package var seed: UInt64
  /// Whether listeners count whom the rules of the standards would exclude.
  package var keepsEveryone: Bool
  /// A difference to plan for, in the unit of the scale; a part of choices, or of right answers, as a
  /// number from 0 to 1. nil for no plan.
  package var plannedDifference: Double?

  /// The number of draws unless another is asked for: the ends of an interval are then sure to about a
  /// fiftieth of its width.
  package static let usualDrawCount = 5_000

  package init(
    test: TestDescription, key: TestKey, drawCount: Int = usualDrawCount, seed: UInt64 = 0,
    keepsEveryone: Bool = false, plannedDifference: Double? = nil
  ) {
    self.test = test
    self.key = key
    self.drawCount = drawCount
    self.seed = seed
    self.keepsEveryone = keepsEveryone
    self.plannedDifference = plannedDifference
  }

  /// Scores the sheets of all listeners.
  ///
  /// - Throws: ``ListeningTestError`` `.unusable` where nobody is left who counts.
  package func score(_ sheets: [AnswerSheet]) throws(ListeningTestError) -> ListeningTestScore {
    let exclusions = sheets.flatMap { PostScreening.exclusions(of: $0, design: test.design) }
    let excluded = Set(
      exclusions.filter { !keepsEveryone || $0.rule == .empty }.map(\.listener))
    let counted = sheets.filter { !excluded.contains($0.listener) }
    guard !counted.isEmpty else {
      throw nobodyCounts(sheets, exclusions)
    }
    let ratings = RatingScoring(job: self, sheets: counted).scores
    let choices = ChoiceScoring(job: self, sheets: counted).scores
    let namings = NamingScoring(job: self, sheets: counted).scores
    var score = ListeningTestScore(
      version: ProgramVersion.current, test: test.test, title: test.title, design: test.design,
      draws: drawCount, seed: seed, keepsEveryone: keepsEveryone,
      listeners: sheets.map {
        ListenerSummary(of: $0, isCounted: !excluded.contains($0.listener))
      },
      exclusions: exclusions, ratings: ratings, choices: choices, namings: namings,
      agreements: agreements(counted), plans: [], remarks: [])
    score.plans = plans(for: score)
    score.remarks =
      ScoreRemarks(
        score: score, ofAnswers: sheets.flatMap(\.remarks)
      ).sentences
    return score
  }

  /// Says for which reasons nobody counts, and what would help.
  private func nobodyCounts(
    _ sheets: [AnswerSheet], _ exclusions: [Exclusion]
  ) -> ListeningTestError {
    let reasons = Exclusion.Rule.allCases.compactMap { rule in
      let count = exclusions.count { $0.rule == rule }
      return count > 0 ? "\(count.grouped) \(rule.words)" : nil
    }
    let empty = exclusions.count { $0.rule == .empty }
    return ListeningTestError(
      .unusable, "The test",
      "has no listener who counts: of \(sheets.count.counted("listener")), "
        + reasons.joined(separator: ", ")
        + (empty < sheets.count
          ? "; count them all the same with --keep-everyone" : "; wait for answers"))
  }

  private func agreements(_ sheets: [AnswerSheet]) -> [Agreement] {
    func repeats(_ question: String) -> [AnswerSheet.Repeat] {
      sheets.flatMap(\.repeats).filter { $0.question == question }
    }
    var agreements: [Agreement] = []
    let ratings = sheets.flatMap(\.ratings)
    for question in ratings.map(\.question).uniqued {
      let units = Dictionary(grouping: ratings.filter { $0.question == question }) {
        $0.clip.stimulus
      }
      let isOfSteps = test.questions.first { $0.name == question }?.scale == .category
      agreements.append(
        Agreement(
          question: question,
          units: units.sorted { $0.key < $1.key }.map { $0.value.map(\.value) },
          metric: isOfSteps ? .ordinal : .interval, repeats: repeats(question)))
    }
    let name = test.questions.first { $0.scale == .choice }?.name ?? "choice"
    let choices = sheets.flatMap(\.choices)
    if !choices.isEmpty {
      let units = Dictionary(grouping: choices, by: \.trial).sorted { $0.key < $1.key }
      agreements.append(
        Agreement(
          question: name,
          units: units.map {
            $0.value.map { $0.chosen.stimulus < $0.other.stimulus ? 0 : 1 }
          }, metric: .nominal, repeats: repeats(name)))
    }
    let namings = sheets.flatMap(\.namings)
    if !namings.isEmpty {
      let answers = namings.map(\.answer).uniqued
      let units = Dictionary(grouping: namings, by: \.clip.stimulus).sorted { $0.key < $1.key }
      agreements.append(
        Agreement(
          question: name,
          units: units.map {
            $0.value.map { naming in Double(answers.firstIndex(of: naming.answer)!) }
          }, metric: .nominal, repeats: repeats(name)))
    }
    return agreements
  }

  private func plans(for score: ListeningTestScore) -> [QuestionPlan] {
    guard let plannedDifference else { return [] }
    func plan(_ question: String, _ deviations: [Double?]) -> QuestionPlan? {
      let deviations = deviations.compactMap(\.self)
      guard !deviations.isEmpty else { return nil }
      // Differences of all pairs have one spread, as far as is known.
      let common = deviations.map { $0 * $0 }.mean.squareRoot()
      return QuestionPlan(
        question: question,
        plan: ListenerPlan(
          difference: plannedDifference, deviation: common, comparisons: deviations.count))
    }
    let choice = test.questions.first { $0.scale == .choice }?.name ?? "choice"
    return score.ratings.compactMap { plan($0.question, $0.comparisons.map(\.deviation)) }
      + [plan(choice, score.choices.map(\.deviation))].compactMap(\.self)
  }
}

extension ListenerSummary {
  init(of sheet: AnswerSheet, isCounted: Bool) {
    self.init(
      listener: sheet.listener, file: sheet.file, isCounted: isCounted,
      judgements: sheet.ratings.count + sheet.choices.count + sheet.namings.count,
      isFinished: sheet.isFinished, passedHeadphoneCheck: sheet.passedHeadphoneCheck,
      checks: sheet.checks.count, rightChecks: sheet.checks.count { $0.isRight },
      repeats: sheet.repeats.count,
      meanRepeatDifference: sheet.repeats.isEmpty
        ? nil : sheet.repeats.map { abs($0.first - $0.later) }.mean)
  }
}
