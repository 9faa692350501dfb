import AudioFiles
import NeuralNet
import Spectra
import WaveGAN

/// Chooses, of many clips that a run renders, those whose label a classifier is surest of.
///
/// This is how clips were chosen for published tests (SaShiMi takes the 50 surest of each class out of
/// 2,048), and it flatters a run: the manifest says so. Recordings and files are not chosen.
struct SurestClips {
  let settings: TestSettings
  let threadCount: Int?
  let progress: ExportJob.Progress

  /// Clips that one is chosen of.
  static let candidatesPerClip = 8
  /// Recordings at most that the classifier learns from.
  private static let teachingLimit = 2_000

  func take(
    _ count: Int, of source: any ClipSource, labels: [String]
  ) throws -> [SourceClip] {
    guard let run = source as? RunClips else {
      return try source.take(count, labels: labels, progress: progress)
    }
    let record = run.renderer.record
    guard Set(labels).count >= 2, !record.settings.model.labels.isEmpty else {
      throw ListeningTestError(
        .refused, "--select best",
        "takes the clips whose label is plainest, and \(run.condition.source) was told fewer than two "
          + "labels; give random, or a table of clips")
    }
    let candidates = try run.render(
      .seed(run.seed, labels: labels), 0..<count * Self.candidatesPerClip, progress: progress)
    let sureness = try sureness(of: candidates, record: record)
    var byLabel: [String: ArraySlice<SourceClip>] = [:]
    // Of equally sure ones, the first.
    for place in candidates.indices.sorted(by: { (-sureness[$0], $0) < (-sureness[$1], $1) }) {
      byLabel[candidates[place].label ?? "", default: []].append(candidates[place])
    }
    return (0..<count).compactMap { byLabel[labels[$0 % labels.count]]?.popFirst() }
  }

  /// How probable the classifier finds each clip's own label.
  private func sureness(of clips: [SourceClip], record: RunRecord) throws -> [Double] {
    let data = record.settings.data
    let survey = try DatasetSurvey(
      paths: record.paths, labels: data.labels, onlyLabels: data.onlyLabels,
      threadCount: threadCount)
    let dataset = try Dataset(decoding: survey, settings: data, threadCount: threadCount)
    try dataset.checkUsable()
    let meter = ClipMeter(data)
    let places = Dictionary(uniqueKeysWithValues: zip(dataset.labels, 0...))
    let training = Array(
      dataset.clips.indices.filter { dataset.clips[$0].part == .training }
        .prefix(Self.teachingLimit))
    func spectrogram(_ window: [Float]) -> Spectrogram {
      Spectrogram(
        frameCount: meter.features.frameCount, binCount: EvaluationFeatures.bandCount,
        values: meter.measure(window).levels)
    }
    let classifier = try ClipClassifier(
      training: training.map {
        spectrogram(dataset.samples(of: .init(clip: $0, label: 0, start: 0)))
      },
      labels: training.map { places[dataset.clips[$0].label] ?? 0 },
      labelCount: dataset.labels.count, seed: settings.seed,
      team: ThreadTeam(threadCount: threadCount ?? 2)
    ) { try progress(.classifier, $0, $1) }
    let verdicts = classifier.verdicts(on: clips.map { spectrogram(meter.window(of: $0.audio)) })
    return zip(clips, verdicts).map { clip, verdict in
      clip.label.flatMap { places[$0] }.map { verdict.probabilities[$0] } ?? 0
    }
  }
}
