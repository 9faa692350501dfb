import AudioFiles
internal import NeuralNet

/// Judges what a training makes at its checkpoints, by the figures of `wavegan evaluate`.
///
/// The same draws are rendered each time, each with the label of the recording beside it, and compared
/// with the same training clips, which are measured once. All are pure functions of the seed, and none is a draw of the training, which
/// computes the same with and without this.
///
/// Takes about as long as rendering its clips.
final class CheckpointEvaluation {
  /// Clips at most on each side of the comparison.
  static let clipLimit = 256

  private let clipGenerator: ClipGenerator
  /// The label of each clip; 0 where there are none.
  private let labels: [Int]
  private let meter: ClipMeter
  private let reference: ReferenceSample
  private let team: ThreadTeam

  /// Measures the training clips.
  ///
  /// - Parameters:
  ///   - clipGenerator: renders the clips; others may use it in between.
  ///   - dataset: the recordings.
  ///   - team: the threads that share the work, without influence on any figure.
  /// - Throws: nothing of its own.
  init(clipGenerator: ClipGenerator, dataset: Dataset, team: ThreadTeam) throws {
    let settings = clipGenerator.settings
    let meter = ClipMeter(settings.data)
    let training = Array(
      ReferenceDraw(from: dataset, seed: settings.seed).training.prefix(Self.clipLimit))
    let measured = try training.parallelMap(threadCount: team.threadCount) { clip in
      meter.measure(dataset.samples(of: .init(clip: clip, label: 0, start: 0)))
    }
    reference = ReferenceSample(
      ClipSet(measured, levelCount: meter.features.levelCount), seed: settings.seed, team: team)
    let model = settings.model
    labels = (0..<Self.generatedCount(for: training.count)).map { index in
      model.labels.firstIndex(of: dataset.clips[training[index % training.count]].label) ?? 0
    }
    self.clipGenerator = clipGenerator
    self.meter = meter
    self.team = team
  }

  /// Clips that are rendered for so many training clips: as many, but a whole group in any case, as
  /// that takes no longer.
  static func generatedCount(for trainingCount: Int) -> Int {
    min(clipLimit, max(ClipGenerator.groupSize, trainingCount))
  }

  /// The figures of a training's present state; nil where a clip has samples that are no numbers.
  func figures(of adversaries: Adversaries) throws -> ComparisonFigures? {
    clipGenerator.load(adversaries)
    let data = clipGenerator.settings.data
    var measured: [ClipFeatures] = []
    for start in stride(from: 0, to: labels.count, by: ClipGenerator.groupSize) {
      let group = start..<min(labels.count, start + ClipGenerator.groupSize)
      let clips = clipGenerator.clips(of: group.map(input))
      guard clips.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
      measured += try clips.parallelMap(threadCount: team.threadCount) { [meter] samples in
        let clip = AudioClip(
          samples: samples, channelCount: data.channelCount, sampleRate: data.sampleRate)
        return meter.measure(meter.window(of: clip))
      }
    }
    return reference.figures(of: ClipSet(measured, levelCount: meter.features.levelCount))
  }

  /// What the generator is given for a clip.
  private func input(ofIndex index: Int) -> [Float] {
    var stream = RandomStream(
      seed: clipGenerator.settings.seed, purpose: .checkpoint, index: index)
    return clipGenerator.input(for: clipGenerator.draw(from: &stream, label: labels[index]))
  }
}
