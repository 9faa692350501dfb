import NeuralNet
import Spectra

/// One evaluation at work: the reference, measured as far as it is needed.
final class EvaluationBench {
  let reference: Dataset
  let draw: ReferenceDraw
  let meter: ClipMeter
  private let team: ThreadTeam
  private let seed: UInt64
  private let judgesLabels: Bool
  private let progress: EvaluationJob.Progress

  init(
    reference: Dataset, team: ThreadTeam, seed: UInt64, judgesLabels: Bool,
    progress: @escaping EvaluationJob.Progress
  ) {
    self.reference = reference
    self.team = team
    self.seed = seed
    self.judgesLabels = judgesLabels && reference.labels.count >= 2
    self.progress = progress
    draw = ReferenceDraw(from: reference, seed: seed)
    meter = ClipMeter(reference.settings)
  }

  func set(_ clips: [ClipFeatures]) -> ClipSet {
    ClipSet(clips, levelCount: meter.features.levelCount)
  }

  /// Measures the first window of some recordings, in their order.
  private func measured(_ clips: [Int], _ stage: EvaluationJob.Stage?) throws -> [ClipFeatures] {
    let counter = ProgressCounter(total: clips.count) { [progress] done, total in
      if let stage { try progress(stage, done, total) }
    }
    let labels = Dictionary(uniqueKeysWithValues: zip(reference.labels, 0...))
    return try clips.parallelMap(threadCount: team.threadCount) { [meter, reference] clip in
      let features = meter.measure(
        reference.samples(of: .init(clip: clip, label: 0, start: 0)),
        label: labels[reference.clips[clip].label])
      try counter.advance()
      return features
    }
  }

  // MARK: Rows

  /// All comparisons that there are clips for.
  ///
  /// - Returns: the rows, and the mean levels of the training and the generated clips of the last.
  func rows(of generated: ClipSet) throws -> ([EvaluationRow], Evaluation.MeanLevels) {
    let limit = EvaluationJob.clipLimit
    let available = min(generated.clips.count, limit)
    let count = min(
      available, draw.halfCount, draw.heldOut.isEmpty ? limit : draw.heldOut.count)
    let largestCount = min(available, draw.trainingCount)
    let halfCount = min(largestCount, draw.halfCount)

    // Those of the largest comparison, those of the halves, which may reach beyond, and those that
    // the classifier learns from.
    let teachingCount = judgesLabels ? min(draw.trainingCount, Self.teachingLimit) : 0
    let training = Array(
      draw.training.prefix(
        max(largestCount, min(2 * halfCount, draw.trainingCount), teachingCount)))
    let wanted = training + draw.heldOut.prefix(count)
    let measured = Dictionary(
      uniqueKeysWithValues: zip(wanted, try measured(wanted, .recordings)))
    func set(_ clips: some Sequence<Int>) -> ClipSet { self.set(clips.compactMap { measured[$0] }) }
    let judge = try judge(taughtBy: training.prefix(teachingCount).compactMap { measured[$0] })

    var rows: [EvaluationRow] = []
    var done = 0
    func compare(_ comparison: EvaluationRow.Comparison, _ set: ClipSet, _ sample: ReferenceSample)
      throws
    {
      rows.append(
        EvaluationRow(
          comparison: comparison, count: set.clips.count, figures: sample.figures(of: set),
          labels: judge?.figures(of: set.clips, against: sample.clips.clips)))
      done += 1
      try progress(.comparisons, done, EvaluationRow.Comparison.allCases.count)
    }
    let sample = sample(set(draw.halves[0].prefix(count)))
    try compare(.training, set(draw.halves[1].prefix(count)), sample)
    if !draw.heldOut.isEmpty { try compare(.heldOut, set(draw.heldOut.prefix(count)), sample) }
    try compare(.generated, self.set(Array(generated.clips.prefix(count))), sample)
    try compare(
      .allTraining, set(draw.halves[1].prefix(halfCount)),
      self.sample(set(draw.halves[0].prefix(halfCount))))
    let largest = set(training.prefix(largestCount))
    let largestGenerated = self.set(Array(generated.clips.prefix(largestCount)))
    try compare(.allGenerated, largestGenerated, self.sample(largest))
    return (
      rows,
      Evaluation.MeanLevels(
        frequenciesHz: meter.features.spectrum.filters.centersHz,
        training: meanLevels(of: largest), generated: meanLevels(of: largestGenerated))
    )
  }

  private func sample(_ clips: ClipSet) -> ReferenceSample {
    ReferenceSample(clips, seed: seed, team: team)
  }

  /// Recordings that a classifier learns from at most: their levels are in memory at once.
  private static let teachingLimit = 10_000

  /// A classifier of the labels; nil without clips to learn from.
  private func judge(taughtBy clips: [ClipFeatures]) throws -> LabelJudge? {
    guard !clips.isEmpty else { return nil }
    return try LabelJudge(
      training: clips, labelCount: reference.labels.count, features: meter.features, seed: seed,
      team: team
    ) { try progress(.classifier, $0, $1) }
  }

  /// The mean over all frames of all clips, `[M]`.
  private func meanLevels(of set: ClipSet) -> [Double] {
    let bandCount = EvaluationFeatures.bandCount
    var sums = [Double](repeating: 0, count: bandCount)
    for clip in set.clips {
      for (index, level) in clip.levels.enumerated() { sums[index % bandCount] += Double(level) }
    }
    return sums.map { $0 / Double(max(1, set.clips.count * meter.features.frameCount)) }
  }

  // MARK: Copies

  /// Training clips that are measured and compared at once, so that memory does not grow with them.
  private static let blockLength = 1_024

  /// Finds the nearest of all training clips for each generated and each held-out one.
  func nearest(to generated: ClipSet, names: [String], labels: [String?]) throws -> NearestClips {
    let heldOut = Array(draw.heldOut.prefix(EvaluationJob.clipLimit))
    let heldOutSet = set(try measured(heldOut, nil))
    var generatedNearest: [ClipSet.Neighbour] = []
    var heldOutNearest: [ClipSet.Neighbour] = []
    let training = reference.clips.indices.filter { reference.clips[$0].part == .training }
    for start in stride(from: 0, to: training.count, by: Self.blockLength) {
      let block = Array(training[start..<min(training.count, start + Self.blockLength)])
      let blockSet = set(try measured(block, nil))
      for (set, isGenerated) in [(generated, true), (heldOutSet, false)] {
        let found = set.nearest(in: blockSet, by: set.distances(to: blockSet, team: team))
          .map { ClipSet.Neighbour(index: block[$0.index], distance: $0.distance) }
        if isGenerated {
          generatedNearest.keepNearer(found)
        } else {
          heldOutNearest.keepNearer(found)
        }
      }
      try progress(.nearest, start + block.count, training.count)
    }
    return NearestClips(
      generated: generatedNearest.enumerated().map { place, neighbour in
        NearestClips.Pair(
          clip: names[place], label: labels[place],
          training: reference.clips[neighbour.index].path, distance: neighbour.distance)
      },
      heldOut: zip(heldOut, heldOutNearest).map { clip, neighbour in
        NearestClips.Pair(
          clip: reference.clips[clip].path, label: reference.clips[clip].label,
          training: reference.clips[neighbour.index].path, distance: neighbour.distance)
      })
  }

  // MARK: Remarks

  /// What cannot be told, or not well, from so few clips.
  func remarks(on rows: [EvaluationRow]) -> [String] {
    var remarks: [String] = []
    if draw.heldOut.isEmpty {
      remarks.append(
        "No recordings are held out, so there is nothing to show what a perfect generator would "
          + "score; hold out some with --holdout.")
    }
    if judgesLabels {
      remarks.append(
        "The classifier learnt from the training clips, so it knows them better than it can know "
          + "others: measure generated clips by held-out ones.")
    }
    let count = rows.first?.count ?? 0
    let clips = count.counted("clip")
    if count < 2 {
      remarks.append("With \(clips) a side no distance can be told; all take two.")
    } else if count <= NeighbourFigures.neighbourCount {
      remarks.append(
        "With \(clips) a side there is no precision, recall, density or coverage; they take "
          + "\(NeighbourFigures.neighbourCount + 1).")
    } else if count < BinFigures.leastCount {
      remarks.append(
        "With \(clips) a side there is no NDB; it takes \(BinFigures.leastCount).")
    } else if count < EvaluationFeatures.envelopeCount {
      remarks.append(
        "With \(clips) a side, fewer than the \(EvaluationFeatures.envelopeCount) features, chance "
          + "has a large part in the Fréchet distance; compare it within this table only.")
    }
    return remarks
  }
}

extension [ClipSet.Neighbour] {
  /// Takes each neighbour that is nearer than the one found before.
  fileprivate mutating func keepNearer(_ found: Self) {
    if isEmpty {
      self = found
      return
    }
    for (place, neighbour) in found.enumerated() where neighbour.distance < self[place].distance {
      self[place] = neighbour
    }
  }
}
