/// Makes the scores of clips that were named.
struct NamingScoring {
  private let job: ScoreJob
  private let sheets: [AnswerSheet]

  init(job: ScoreJob, sheets: [AnswerSheet]) {
    self.job = job
    self.sheets = sheets
  }

  /// A score for each condition, in the order of names.
  var scores: [NamingScore] {
    let all = sheets.flatMap(\.namings)
    let asked = job.test.questions.first { $0.choices != nil }?.choices ?? []
    let labels = (asked + all.map(\.clip.label).sorted()).uniqued
    let groups = Dictionary(grouping: all, by: \.clip.conditionName)
    return groups.sorted { $0.key < $1.key }.map { condition, namings in
      score(condition, namings, labels, choiceCount: asked.count)
    }
  }

  private func score(
    _ condition: String, _ namings: [AnswerSheet.Naming], _ labels: [String], choiceCount: Int
  ) -> NamingScore {
    let places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
    var counts = [[Int]](repeating: Array(repeating: 0, count: labels.count), count: labels.count)
    for naming in namings { counts[places[naming.clip.label]!][places[naming.answer]!] += 1 }
    let right = labels.indices.reduce(0) { $0 + counts[$1][$1] }
    let guessing =
      choiceCount > 1
      ? BinomialDistribution(trialCount: namings.count, probability: 1 / Double(choiceCount))
        .atLeast(right) : 1
    return NamingScore(
      condition: condition, labels: labels, counts: counts, right: right,
      judgements: namings.count, interval: Interval(ofPartWith: right, of: namings.count),
      p: guessing, information: MutualInformation(counts: counts))
  }
}
