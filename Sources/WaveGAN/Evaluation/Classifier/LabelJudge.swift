package import NeuralNet
import Spectra

/// A classifier with the training clips that it learned from: what label figures are made by.
package struct LabelJudge {
  private let classifier: ClipClassifier
  private let features: EvaluationFeatures
  /// How frequent each label is in training, `[L]`.
  private let frequencies: [Double]

  /// Trains a classifier on measured clips.
  ///
  /// - Parameters:
  ///   - clips: the training clips, each with its label.
  ///   - labelCount: L, at least 2.
  ///   - features: what measured them.
  ///   - seed: equal seeds give equal figures.
  ///   - team: the threads that share the work.
  ///   - steps: how many; nil: ``ClipClassifier/stepCount(clipCount:)``.
  ///   - progress: called after each step of the training; what it throws ends it.
  /// - Throws: what `progress` throws.
  package init(
    training clips: [ClipFeatures], labelCount: Int, features: EvaluationFeatures,
    seed: UInt64, team: ThreadTeam, steps: Int? = nil,
    progress: (_ done: Int, _ total: Int) throws -> Void
  ) rethrows {
    self.features = features
    let labels = clips.compactMap(\.label)
    frequencies = (0..<labelCount).map { label in
      Double(labels.count { $0 == label }) / Double(labels.count)
    }
    classifier = try ClipClassifier(
      training: Self.spectrograms(of: clips, features), labels: labels, labelCount: labelCount,
      seed: seed, team: team, steps: steps, progress: progress)
  }

  /// Judges clips.
  ///
  /// - Parameters:
  ///   - clips: measured as the training clips were; those with a label have or claim it.
  ///   - sample: training clips, as many, that the classifier's distance is measured to.
  /// - Returns: the figures; nil without a clip.
  package func figures(
    of clips: [ClipFeatures], against sample: [ClipFeatures]
  ) -> LabelFigures? {
    guard !clips.isEmpty else { return nil }
    let verdicts = verdicts(on: clips)
    let probabilities = verdicts.map(\.probabilities)
    let claims = zip(clips, verdicts).compactMap { clip, verdict in
      clip.label.map { (label: $0, judged: verdict.label) }
    }
    let confusion = ConfusionMatrix(
      labels: claims.map(\.label), judged: claims.map(\.judged), labelCount: frequencies.count)
    return LabelFigures(
      labelAccuracy: confusion.accuracy, labelAccuracies: confusion.labelAccuracies,
      inceptionScore: LabelScores.inceptionScore(probabilities),
      modifiedInceptionScore: LabelScores.modifiedInceptionScore(probabilities),
      amScore: LabelScores.amScore(probabilities, reference: frequencies),
      classifierDistance: FrechetDistance.between(
        Self.embeddings(of: verdicts), Self.embeddings(of: self.verdicts(on: sample))),
      confusion: confusion.counts)
  }

  private func verdicts(on clips: [ClipFeatures]) -> [ClipClassifier.Verdict] {
    classifier.verdicts(on: Self.spectrograms(of: clips, features))
  }

  private static func spectrograms(
    of clips: [ClipFeatures], _ features: EvaluationFeatures
  ) -> [Spectrogram] {
    clips.map {
      Spectrogram(
        frameCount: features.frameCount, binCount: EvaluationFeatures.bandCount, values: $0.levels)
    }
  }

  private static func embeddings(of verdicts: [ClipClassifier.Verdict]) -> FeatureMatrix {
    FeatureMatrix(
      rowCount: verdicts.count, width: max(1, verdicts.first?.embedding.count ?? 0),
      values: verdicts.flatMap { $0.embedding.map(Double.init) })
  }
}
