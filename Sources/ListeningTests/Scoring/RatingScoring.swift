/// Makes the scores of questions that are answered on a scale.
struct RatingScoring {
  private let job: ScoreJob
  private let sheets: [AnswerSheet]

  init(job: ScoreJob, sheets: [AnswerSheet]) {
    self.job = job
    self.sheets = sheets
  }

  /// A score for each question that has answers, in the order of the test; how often labels were right
  /// comes first.
  var scores: [RatingScore] {
    let right = sheets.map { sheet in
      sheet.namings.map {
        AnswerSheet.Rating(
          question: "label", clip: $0.clip, value: $0.answer == $0.clip.label ? 1 : 0)
      }
    }
    var scores: [RatingScore] = []
    if right.contains(where: { !$0.isEmpty }) {
      let question = job.test.questions.first { $0.choices != nil }
      scores.append(
        score(
          question?.name ?? "label", text: question?.text ?? "", scale: .right, ratings: right))
    }
    for question in job.test.questions where question.scale != .choice {
      let ratings = sheets.map { $0.ratings.filter { $0.question == question.name } }
      guard ratings.contains(where: { !$0.isEmpty }) else { continue }
      scores.append(
        score(
          question.name, text: question.text,
          scale: question.scale == .category ? .category : .continuous, ratings: ratings))
    }
    let grades = sheets.map(\.differenceGrades)
    if grades.contains(where: { !$0.isEmpty }) {
      scores.append(
        score(
          AnswerSheet.differenceGrade, text: "How much worse than the original?", scale: .grade,
          ratings: grades))
    }
    return scores
  }

  /// Conditions, or labels of one, that are scored side by side.
  fileprivate struct Group: Hashable {
    var condition: String
    var label: String?
  }

  private func score(
    _ name: String, text: String, scale: RatingScore.Scale, ratings: [[AnswerSheet.Rating]]
  ) -> RatingScore {
    let all = ratings.flatMap(\.self)
    let labels = all.map(\.clip.label).filter { !$0.isEmpty }.uniqued.sorted()
    var conditions = all.map(\.clip.conditionName).uniqued.sorted().map { Group(condition: $0) }
    func series(_ group: Group) -> RatingSeries { self.series(group, ratings) }
    // The best first; of equally good ones in the order of names.
    let means = Dictionary(uniqueKeysWithValues: conditions.map { ($0, series($0).mean ?? 0) })
    conditions.sort { (means[$1]!, $0.condition) < (means[$0]!, $1.condition) }
    let parts =
      labels.count < 2
      ? []
      : conditions.flatMap { group in
        labels.map { Group(condition: group.condition, label: $0) }
      }.filter { part in all.contains { part.holds($0.clip) } }
    // References and anchors are compared with nothing.
    let tested = Set(all.filter { $0.clip.kind == .test }.map(\.clip.conditionName))
    let compared = conditions.indices.filter { tested.contains(conditions[$0].condition) }
    let pairs = compared.flatMap { first in
      compared.filter { $0 > first }.map { (first, $0) }
    }
    let groups = conditions + parts
    let allSeries = groups.map(series)
    let bootstrap = RatingBootstrap(
      allSeries,
      quantities: groups.indices.map { .mean($0) } + pairs.map { .difference($0, $1) },
      drawCount: job.drawCount, seed: job.seed)
    let bins = RatingBin.bins(of: scale, job.test.questions.first { $0.name == name }?.steps ?? [])
    // A mean ± t·s/√L knows of no ends, which parts have.
    let largest = scale == .right ? 1 : Double.infinity
    let scored = groups.indices.map { place in
      condition(
        groups[place], allSeries[place], bootstrap, place, bins,
        within: (scale == .right ? 0 : -.infinity)...largest)
    }
    return RatingScore(
      question: name, text: text, scale: scale, bins: bins.map(\.words),
      conditions: Array(scored.prefix(conditions.count)),
      labels: Array(scored.dropFirst(conditions.count)),
      comparisons: corrected(
        pairs.enumerated().compactMap { place, pair in
          comparison(
            conditions[pair.0].condition, conditions[pair.1].condition, bootstrap,
            groups.count + place, within: -largest...largest)
        }))
  }

  private func series(_ group: Group, _ ratings: [[AnswerSheet.Rating]]) -> RatingSeries {
    // Pages of mushra hold the same item in each condition; other clips have nothing in common.
    func name(_ clip: KeyRow) -> String { job.test.design == .mushra ? clip.clip : clip.stimulus }
    let own = ratings.map { $0.filter { group.holds($0.clip) } }
    let material =
      job.test.design == .mushra
      ? ratings.joined().filter { group.label == nil || group.label == $0.clip.label }
      : own.flatMap(\.self)
    let clips = Set(material.map { name($0.clip) }).sorted()
    let places = Dictionary(uniqueKeysWithValues: clips.enumerated().map { ($1, $0) })
    return RatingSeries(
      clips: clips,
      rows: own.map { $0.map { .init(clip: places[name($0.clip)]!, value: $0.value) } })
  }

  private func condition(
    _ group: Group, _ series: RatingSeries, _ bootstrap: RatingBootstrap, _ place: Int,
    _ bins: [RatingBin], within range: ClosedRange<Double>
  ) -> RatingScore.Condition {
    let means = bootstrap.listenerValues(place)
    let values = series.values
    return RatingScore.Condition(
      condition: group.condition, label: group.label, listeners: means.count,
      clips: series.clips.count, judgements: values.count, mean: means.mean,
      deviation: values.deviation, tInterval: Interval(ofMeanOf: means)?.within(range),
      listenerInterval: bootstrap.listenerInterval(place),
      listenerAndClipInterval: bootstrap.listenerAndClipInterval(place)?.within(range),
      histogram: bins.map { bin in values.count { bin.range.contains($0) } })
  }

  /// nil where no listener judged both.
  private func comparison(
    _ first: String, _ second: String, _ bootstrap: RatingBootstrap, _ place: Int,
    within range: ClosedRange<Double>
  ) -> RatingScore.Comparison? {
    let differences = bootstrap.listenerValues(place)
    guard !differences.isEmpty else { return nil }
    return RatingScore.Comparison(
      first: first, second: second, listeners: differences.count, difference: differences.mean,
      deviation: differences.deviation, tInterval: Interval(ofMeanOf: differences)?.within(range),
      listenerInterval: bootstrap.listenerInterval(place),
      listenerAndClipInterval: bootstrap.listenerAndClipInterval(place)?.within(range),
      wilcoxon: WilcoxonTest(differences), wilcoxonHolm: nil, bootstrapP: bootstrap.p(place),
      bootstrapHolm: 1)
  }

  /// Comparisons with their p corrected for the number of them.
  private func corrected(_ comparisons: [RatingScore.Comparison]) -> [RatingScore.Comparison] {
    var comparisons = comparisons
    let wilcoxon = HolmCorrection.adjusted(comparisons.map(\.wilcoxon?.p))
    let drawn = HolmCorrection.adjusted(comparisons.map(\.bootstrapP))
    for place in comparisons.indices {
      comparisons[place].wilcoxonHolm = wilcoxon[place]
      comparisons[place].bootstrapHolm = drawn[place] ?? 1
    }
    return comparisons
  }
}

extension RatingScoring.Group {
  /// Whether a clip belongs to it.
  fileprivate func holds(_ clip: KeyRow) -> Bool {
    clip.conditionName == condition && (label == nil || clip.label == label)
  }
}
