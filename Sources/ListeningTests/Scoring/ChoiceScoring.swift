/// Makes the scores of designs in which one of two is chosen.
struct ChoiceScoring {
  private let job: ScoreJob
  private let sheets: [AnswerSheet]
  /// The condition of recordings, of `real-or-fake`.
  private let real: String?

  init(job: ScoreJob, sheets: [AnswerSheet]) {
    self.job = job
    self.sheets = sheets
    let rows = sheets.flatMap { $0.choices.flatMap { [$0.chosen, $0.other] } }
    real =
      job.test.design != .realOrFake
      ? nil
      : (rows.first { $0.source == "real" || $0.kind == .reference }
        ?? rows.first { $0.conditionName == "real" })?.conditionName
  }

  /// Two conditions, of which the first's choices are counted.
  private struct Pair: Hashable {
    var first: String
    var second: String
  }

  /// A score for each pair of conditions, in the order of names.
  var scores: [ChoiceScore] {
    let pairs = sheets.flatMap { $0.choices.map(pair) }.uniqued.sorted {
      ($0.first, $0.second) < ($1.first, $1.second)
    }
    var scores = pairs.map(score)
    let pooled = HolmCorrection.adjusted(scores.map(\.pooledP))
    let wilcoxon = HolmCorrection.adjusted(scores.map(\.wilcoxon?.p))
    for place in scores.indices {
      scores[place].pooledHolm = pooled[place] ?? 1
      scores[place].wilcoxonHolm = wilcoxon[place]
    }
    return scores
  }

  private func pair(_ choice: AnswerSheet.Choice) -> Pair {
    let names = [choice.chosen.conditionName, choice.other.conditionName].sorted()
    // What is asked of real-or-fake is how often the other one passes for a recording.
    return names[0] == real
      ? Pair(first: names[1], second: names[0]) : Pair(first: names[0], second: names[1])
  }

  private func score(_ pair: Pair) -> ChoiceScore {
    func counts(_ choice: AnswerSheet.Choice) -> Bool {
      choice.isRight ?? (choice.chosen.conditionName == pair.first)
    }
    let choices = sheets.map { $0.choices.filter { self.pair($0) == pair } }
    let all = choices.flatMap(\.self)
    let trials = Set(all.map(\.trial)).sorted()
    let places = Dictionary(uniqueKeysWithValues: trials.enumerated().map { ($1, $0) })
    let series = RatingSeries(
      clips: trials,
      rows: choices.map { own in
        own.map { .init(clip: places[$0.trial]!, value: counts($0) ? 1 : 0) }
      })
    let bootstrap = RatingBootstrap(
      [series], quantities: [.mean(0)], drawCount: job.drawCount, seed: job.seed)
    let count = all.count(where: counts)
    let parts = series.listenerMeans.compactMap(\.self)
    let binomial = BinomialDistribution(trialCount: all.count)
    return ChoiceScore(
      first: pair.first, second: pair.second, listeners: parts.count, count: count,
      judgements: all.count, pooledPart: Double(count) / Double(all.count),
      pooledInterval: Interval(ofPartWith: count, of: all.count),
      pooledP: job.test.design == .abx ? binomial.atLeast(count) : binomial.twoSided(count),
      pooledHolm: 1, listenerPart: parts.mean,
      tInterval: Interval(ofMeanOf: parts)?.within(0...1),
      listenerInterval: bootstrap.listenerInterval(0)?.within(0...1),
      listenerAndClipInterval: bootstrap.listenerAndClipInterval(0)?.within(0...1),
      wilcoxon: WilcoxonTest(parts.map { $0 - 0.5 }), wilcoxonHolm: nil,
      deviation: parts.deviation, labels: labels(all, counts),
      basis: [.abx, .realOrFake].contains(job.test.design) ? .choices : .listeners)
  }

  private func labels(
    _ choices: [AnswerSheet.Choice], _ counts: (AnswerSheet.Choice) -> Bool
  ) -> [ChoiceScore.Label] {
    let groups = Dictionary(grouping: choices.filter { !$0.chosen.label.isEmpty }) {
      $0.chosen.label
    }
    guard groups.count > 1 else { return [] }
    return groups.sorted { $0.key < $1.key }.map { label, own in
      let count = own.count(where: counts)
      return .init(
        label: label, count: count, judgements: own.count,
        interval: Interval(ofPartWith: count, of: own.count))
    }
  }
}
