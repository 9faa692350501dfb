import ArgumentParser
import AudioFiles
import Foundation
import WaveGAN

extension EvaluateCommand {
  /// The clips that are judged, and the recordings they are compared with.
  ///
  /// - Throws: `SettingsError` for an option that has no meaning here; `RunError`, `DatasetError` or
  ///   `AudioFileError` for what cannot be read; ``Interruption/Requested``.
  func sources(
    for job: EvaluationJob, _ line: ProgressLine, _ interruption: Interruption
  ) throws -> (any GeneratedClips, Dataset) {
    let isRun = FileManager.default.fileExists(atPath: RunFolder(source).record)
    return isRun
      ? try sourcesOfRun(for: job, line, interruption)
      : try sourcesOfFolder(for: job, line, interruption)
  }

  private func sourcesOfRun(
    for job: EvaluationJob, _ line: ProgressLine, _ interruption: Interruption
  ) throws -> (any GeneratedClips, Dataset) {
    if let option = data.decidedByRun {
      throw SettingsError(
        .conflict, option, "the run decides this; leave it out, or evaluate a folder of clips")
    }
    let renderer = try rendering.renderer(of: RunFolder(source), threadCount: job.threadCount)
    var settings = renderer.record.settings.data
    settings.onlyLabels = data.labels.wanted ?? settings.onlyLabels
    let paths = reference.isEmpty ? renderer.record.paths : reference
    let recordings = try Dataset(
      decoding: try survey(paths, settings.labels, settings.onlyLabels, line, interruption),
      settings: settings, threadCount: job.threadCount,
      progress: interruption.ending(line.counting("Decoding")))
    try recordings.checkUsable()
    let known = Set(renderer.record.recordings.files.map(\.digest))
    let strange = recordings.clips.count { !known.contains($0.digest) }
    if strange > 0 && !report.quiet {
      StandardError.write(
        "\(strange.grouped) of \(recordings.clips.count.counted("recording")) were not there when "
          + "the run began: what is held out here, it may have been trained on.\n")
    }
    let isConditional = !renderer.record.settings.model.labels.isEmpty
    let clips = try RenderedClips(
      renderer: renderer, path: source, seed: job.seed,
      labels: isConditional ? data.labels.wanted ?? [] : [], reference: recordings,
      count: job.count(for: recordings))
    return (clips, recordings)
  }

  private func sourcesOfFolder(
    for job: EvaluationJob, _ line: ProgressLine, _ interruption: Interruption
  ) throws -> (any GeneratedClips, Dataset) {
    guard FileManager.default.fileExists(atPath: source) else {
      throw AudioFileError(
        .notFound, path: source, reason: "is not there; name a run, or a folder of clips")
    }
    if let option = rendering.firstSaid {
      throw SettingsError(
        .conflict, option, "\(source) is no run, and its clips are what they are; leave it out")
    }
    guard !reference.isEmpty else {
      throw SettingsError(
        .conflict, "--reference", "\(source) is no run; name recordings to compare its clips with")
    }
    let options = data.said.completedWithPreset()
    try options.validate()
    let (recordings, _) = try Dataset.decode(
      try survey(
        reference, options.labels ?? .folders, options.onlyLabels ?? [], line, interruption),
      options: options, threadCount: job.threadCount,
      progress: interruption.ending(line.counting("Decoding")))
    try recordings.checkUsable()
    let clips = try FolderClips(
      path: source, reference: recordings, threadCount: job.threadCount)
    for file in clips.rejected where !report.quiet {
      StandardError.write("Not judged: \(file.path.escapedForDisplay) \(file.reason).\n")
    }
    return (clips, recordings)
  }

  private func survey(
    _ paths: [String], _ labels: DataSettings.LabelSource, _ onlyLabels: [String],
    _ line: ProgressLine, _ interruption: Interruption
  ) throws -> DatasetSurvey {
    try DatasetSurvey(
      paths: paths, labels: labels, onlyLabels: onlyLabels, threadCount: try threads.count,
      progress: interruption.ending(line.counting("Reading headers")))
  }
}
