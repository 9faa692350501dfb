package import NeuralNet
package import Spectra

/// A small network that learns from labelled clips to say which label a clip has.
///
/// It is trained on the reference of an evaluation, from nothing, so that label scores need no
/// network from elsewhere; its accuracy on held-out recordings says how far to trust them. It hears
/// the log-mel levels of ``EvaluationFeatures``, in dB, through ``ClassifierNetwork``.
///
/// Training draws labels equally often, whatever the number of their clips, changes every clip a
/// little (``SpectrogramDistortion``), and follows Adam (β 0.9 and 0.999) on the cross-entropy with
/// labels smoothed by 2 %, at a rate that falls from 10⁻³ to 0 in a straight line. The number of
/// steps follows from the number of clips. Equal clips, labels and seed give equal bytes, whatever
/// the number of threads.
package final class ClipClassifier {
  /// What the classifier makes of a clip.
  package struct Verdict: Sendable, Hashable {
    /// The probability of each label, `[L]`; they sum to 1.
    package var probabilities: [Double]

    /// What the last layer judges by, `[256]`: near for clips that sound alike to the classifier.
    package var embedding: [Float]

    /// The label with the highest probability, the first of equal ones.
    package var label: Int { LabelScores.likeliest(probabilities) }
  }

  /// How many labels there are, L.
  package let labelCount: Int

  private let network: ClassifierNetwork
  private let normalization: LevelNormalization
  private let input: Tensor
  private let team: ThreadTeam

  private static let batchSize = 32
  private static let firstRate = 1e-3
  private static let smoothing = 0.02

  /// Trains a classifier.
  ///
  /// - Parameters:
  ///   - clips: levels in dB, `[T, M]`, of ``EvaluationFeatures``; all are as long as the first.
  ///   - labels: of each clip, 0 ..< `labelCount`.
  ///   - labelCount: L, at least 2.
  ///   - seed: equal seeds give equal classifiers.
  ///   - team: the threads that share the work.
  ///   - steps: how many; nil: ``stepCount(clipCount:)``.
  ///   - progress: called after each step with how many were made, and of how many; what it throws
  ///     ends the training.
  /// - Precondition: there are clips, with a label each; checked in every build.
  /// - Throws: what `progress` throws.
  package init(
    training clips: [Spectrogram], labels: [Int], labelCount: Int, seed: UInt64, team: ThreadTeam,
    steps: Int? = nil, progress: (_ done: Int, _ total: Int) throws -> Void
  ) rethrows {
    precondition(
      !clips.isEmpty && clips.count == labels.count,
      "\(clips.count) clips with \(labels.count) labels teach nothing")
    precondition(
      labelCount >= 2 && labels.allSatisfy { (0..<labelCount).contains($0) },
      "not every label is in 0 ..< \(labelCount)")
    self.labelCount = labelCount
    self.team = team
    normalization = LevelNormalization(clips)
    let step = ClassifierNetwork.frameStep
    let frameCount = (clips[0].frameCount + step - 1) / step * step
    let bandCount = clips[0].binCount
    network = ClassifierNetwork(
      frameCount: frameCount, bandCount: bandCount, labelCount: labelCount,
      batchSize: Self.batchSize, team: team)
    input = Tensor(Self.batchSize, frameCount, bandCount)
    try train(
      clips, labels: labels, seed: seed,
      stepCount: steps ?? Self.stepCount(clipCount: clips.count), progress: progress)
  }

  /// Steps of a training: each clip is heard about 40 times; more often in small
  /// sets, and less often where there are more than 2,400.
  package static func stepCount(clipCount: Int) -> Int {
    min(3_000, max(1_000, 40 * clipCount / batchSize))
  }

  private func train(
    _ clips: [Spectrogram], labels: [Int], seed: UInt64, stepCount: Int,
    progress: (_ done: Int, _ total: Int) throws -> Void
  ) rethrows {
    network.arena.initialize(seed: seed, firstStream: 0)
    let optimizer = Optimizer(.adam(beta1: 0.9, beta2: 0.999), for: network.arena, team: team)
    let clipsByLabel = (0..<labelCount)
      .map { label in labels.indices.filter { labels[$0] == label } }
      .filter { !$0.isEmpty }
    var sampler = BatchSampler(
      itemCounts: clipsByLabel.map(\.count), batchSize: Self.batchSize, seed: seed)
    for step in 0..<stepCount {
      let batch = sampler.batch(step).map { clipsByLabel[$0.label][$0.item] }
      fillInput { slot in
        var random = RandomStream(seed: seed, purpose: .distortion, step: step, index: slot)
        let distortion = SpectrogramDistortion(
          frameCount: input.shape[1], bandCount: input.shape[2], random: &random)
        return (clips[batch[slot]], distortion, random)
      }
      network.forward(input)
      let loss = SoftmaxCrossEntropy(
        network.logits.array, labels: batch.map { labels[$0] }, labelCount: labelCount,
        smoothing: Self.smoothing)
      network.arena.gradients.clear()
      network.backward(loss.gradient, input: input)
      optimizer.update(rate: Self.firstRate * (1 - Double(step) / Double(stepCount)))
      try progress(step + 1, stepCount)
    }
  }

  /// Judges clips.
  ///
  /// - Parameter clips: levels in dB, `[T, M]`; what is longer than the clips of
  ///   the training is cut, and what is shorter ends in silence.
  /// - Returns: one verdict for each, the same whatever is judged beside it.
  package func verdicts(on clips: [Spectrogram]) -> [Verdict] {
    stride(from: 0, to: clips.count, by: Self.batchSize).flatMap { first in
      let group = clips[first..<min(clips.count, first + Self.batchSize)]
      // A last group that is not full repeats a clip: every pass has the same shape.
      fillInput { slot in
        let unused = RandomStream(seed: 0, purpose: .distortion)
        return (clips[min(first + slot, clips.count - 1)], .none, unused)
      }
      network.forward(input)
      let probabilities = SoftmaxCrossEntropy.probabilities(
        network.logits.array, labelCount: labelCount)
      return group.indices.map { index in
        Verdict(
          probabilities: probabilities[index - first],
          embedding: network.embeddings.clips(index - first..<index - first + 1).array)
      }
    }
  }

  /// Sets the network's input, slot by slot.
  private func fillInput(
    _ clip: (_ slot: Int) -> (Spectrogram, SpectrogramDistortion, RandomStream)
  ) {
    team.forEach(Self.batchSize) { slot, _ in
      var (clip, distortion, random) = clip(slot)
      normalization.write(
        clip, distortion, random: &random, to: input.clips(slot..<slot + 1).values)
    }
  }
}
