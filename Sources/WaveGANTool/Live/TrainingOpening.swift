import AudioFiles
import Foundation
import WaveGAN

/// What is said before a training: what was found, and what was chosen for what reason.
struct TrainingOpening {
  let run: TrainingRun
  let threadCount: Int

  var lines: [String] {
    [recordings, rejected, labels].compactMap { $0 } + choices + [model, folder]
  }

  private var recordings: String {
    let held = run.dataset.clips.count { $0.part == .heldOut }
    let count = run.dataset.clips.count
    return "\(count.counted("recording")), "
      + "\((count - held).grouped) for training and \(held.grouped) held out for evaluation"
  }

  /// How many files are not used, by reason; the frequent reasons first.
  private var rejected: String? {
    let files = run.dataset.rejected
    guard !files.isEmpty else { return nil }
    let counts = Dictionary(grouping: files) { Self.reason($0.code) }.mapValues(\.count)
    let reasons = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value.grouped) \($0.key)" }.joined(separator: ", ")
    return "\(files.count.counted("file")) not used: \(reasons) "
      + "(wavegan inspect explains)"
  }

  /// A reason in a word or two.
  private static func reason(_ code: String) -> String {
    switch code {
    case "same-content", AudioFileError.Code.duplicate.rawValue: "found before"
    case "other-label": "of other labels"
    case AudioFileError.Code.notAudio.rawValue: "not sound"
    case AudioFileError.Code.unsupported.rawValue: "of an unknown format"
    case AudioFileError.Code.notFinite.rawValue: "with samples that are no numbers"
    case AudioFileError.Code.notRegularFile.rawValue: "not regular files"
    case AudioFileError.Code.badName.rawValue: "with an unreadable name"
    default: code  // damaged, empty, silent, unreadable
    }
  }

  private static let shownLabelCount = 12

  private var labels: String? {
    let counts = Dictionary(grouping: run.dataset.clips, by: \.label).mapValues(\.count)
    guard counts.count > 1 else { return nil }
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let shown = sorted.prefix(Self.shownLabelCount)
      .map { "\($0.key.escapedForDisplay) \($0.value.grouped)" }
    let more = sorted.count - shown.count
    return "\(sorted.count.counted("label")): " + shown.joined(separator: ", ")
      + (more > 0 ? " and \(more.grouped) more" : "")
  }

  private var choices: [String] {
    run.choices.map { "--\($0.name): \($0.value), \($0.reason)" }
  }

  private var model: String {
    let settings = run.record.settings
    let channels = settings.data.channelCount == 1 ? "mono" : "stereo"
    return
      "\(settings.data.windowLength.grouped) samples at \(settings.data.sampleRate.grouped) Hz, "
      + "\(channels); dim \(settings.model.dim), latent \(settings.model.latentSize), "
      + "\(settings.objective.loss.rawValue), batches of \(settings.objective.batchSize.grouped), "
      + "seed \(settings.seed), \(threadCount.counted("thread"))"
  }

  private var folder: String {
    let step = run.folder.checkpointSteps.last
    return "run \(run.record.id) in \(run.folder.path.escapedForDisplay)"
      + (step.map { ", from step \($0.grouped)" } ?? "")
  }
}
