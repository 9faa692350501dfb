import AudioFiles
import Foundation
import WaveGAN

/// Finds the recordings of `real`: those that no run of the test was trained on.
///
/// Beside a run they are prepared and cut as its training prepares recordings, so that nothing but the
/// run tells them apart from what it makes. Without a run, they are the ones that every training of these
/// recordings holds out, as they are.
struct RealClips {
  let settings: TestSettings
  /// The runs that are compared, in order.
  let runs: [(path: String, record: RunRecord)]

  /// - Throws: ``ListeningTestError`` `.refused` when nothing says where recordings are; `.unusable`
  ///   when all were trained on; `AudioFileError`, `SettingsError` or `DatasetError`.
  func clips(condition: Condition, index: Int, progress: ExportJob.Progress) throws -> FileClips {
    guard let first = runs.first else { return try untouched(condition, index) }
    let paths = settings.reference.isEmpty ? first.record.paths : settings.reference
    let data = first.record.settings.data
    let survey = try DatasetSurvey(paths: paths, labels: data.labels, onlyLabels: data.onlyLabels)
    let dataset = try Dataset(decoding: survey, settings: data)
    let trained = try runs.reduce(into: Set<ContentDigest>()) {
      $0.formUnion(try Self.trainingDigests(ofRun: $1.path))
    }
    let untouched = dataset.clips.indices.filter { !trained.contains(dataset.clips[$0].digest) }
    guard !untouched.isEmpty else { throw nothingHeldOut(condition) }
    let places = Dictionary(
      untouched.map { (dataset.clips[$0].path, $0) }, uniquingKeysWith: { first, _ in first })
    let files = untouched.map { place in
      let clip = dataset.clips[place]
      return FileClips.File(
        path: clip.path, name: clip.path, label: clip.label, digest: clip.digest)
    }
    return FileClips(condition: condition, files: files, seed: settings.seed, index: index) {
      let samples = dataset.samples(
        of: Dataset.ClipWindow(clip: places[$0.path] ?? 0, label: 0, start: 0))
      return AudioClip(
        samples: samples, channelCount: data.channelCount, sampleRate: data.sampleRate)
    }
  }

  /// Recordings without a run to be compared with.
  private func untouched(_ condition: Condition, _ index: Int) throws -> FileClips {
    guard !settings.reference.isEmpty else {
      throw ListeningTestError(
        .refused, "--condition \(condition.name)=real",
        "needs to know which recordings: compare a run, which knows its own, or name some with "
          + "--reference")
    }
    let survey = try DatasetSurvey(paths: settings.reference)
    let held = Holdout.digests(of: survey.files.map { ($0.label, $0.digest) }, part: 0.1)
    let files = survey.files.filter { held.contains($0.digest) }
      .map { FileClips.File(path: $0.path, name: $0.path, label: $0.label, digest: $0.digest) }
    guard !files.isEmpty else { throw nothingHeldOut(condition) }
    return FileClips(condition: condition, files: files, seed: settings.seed, index: index)
  }

  private func nothingHeldOut(_ condition: Condition) -> ListeningTestError {
    ListeningTestError(
      .unusable, "--condition \(condition.name)=real",
      "has no recording that was held out: listeners would hear what was trained on; name others with "
        + "--reference")
  }

  /// The largest `dataset.json` that is read.
  private static let sizeLimit = 1 << 30

  /// What a run was trained on.
  private static func trainingDigests(ofRun path: String) throws -> [ContentDigest] {
    let file = RunFolder(path).dataset
    let bytes = try BoundedFile.bytes(at: file, sizeLimit: sizeLimit)
    guard let report = try? JSONDecoder().decode(DatasetReport.self, from: bytes) else {
      throw ListeningTestError(
        .malformed, file,
        "does not say what the run was trained on, so no recording can be said to be new to it; name "
          + "the clips in a folder instead of “real”")
    }
    return report.used.filter { $0.part == .training }.map(\.digest)
  }
}
