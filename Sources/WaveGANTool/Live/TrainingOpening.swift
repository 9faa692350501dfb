import AudioFiles
import Foundation
import WaveGAN

/// What is said before a training: what was found, and what was chosen for what reason.
struct TrainingOpening {
  let run: TrainingRun
  let threadCount: Int

  /// A remark a paragraph; one that is wider than the terminal goes on further in.
  func text(width: Int) -> String {
    lines.flatMap { $0.wrapped(width: width, hanging: 4) }.joined(separator: "\n")
      .replacingOccurrences(of: Self.bond, with: " ") + "\n"
  }

  /// A space at which no line is broken.
  private static let bond = "\u{A0}"

  private var lines: [String] {
    [recordings, rejected, labels].compactMap { $0 } + choices
      + [model, networks, memory, shortage, neverCompetes, folder].compactMap { $0 }
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
    case "same-content", AudioFileError.Code.duplicate.rawValue: "exact duplicates"
    case "other-label": "of other labels"
    case AudioFileError.Code.notAudio.rawValue: "not audio"
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
      .map { "\($0.key.escapedForDisplay)\(Self.bond)\($0.value.grouped)" }
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
      + "\(channels); dim\(Self.bond)\(settings.model.dim), latent\(Self.bond)\(settings.model.latentSize), "
      + "\(settings.objective.loss.rawValue), batches of \(settings.objective.batchSize.grouped), "
      + "seed\(Self.bond)\(settings.seed), "
      + threadCount.counted("thread").replacingOccurrences(of: " ", with: Self.bond)
  }

  /// Who plays, and by which turns.
  private var networks: String {
    let counts = ParameterCounts(of: run.record.settings)
    let objective = run.record.settings.objective
    let warmUp =
      objective.warmUpSteps > 0
      ? "for \(objective.warmUpSteps.counted("step")) the generator copies recordings, then " : ""
    return "generator of \(counts.generator.grouped) parameters, discriminator of "
      + "\(counts.discriminator.grouped); \(warmUp)in each step the discriminator learns "
      + "\(objective.criticUpdates.times), then the generator \(objective.generatorUpdates.times)"
  }

  private var memory: String {
    let memory = run.memory
    let mebibyte = 1 << 20
    func amount(_ count: ByteCount) -> String {
      // More than the whole MiB would be more than is known.
      ByteCount(bytes: (count.bytes + mebibyte - 1) / mebibyte * mebibyte).description
        .replacingOccurrences(of: " ", with: Self.bond)
    }
    return "about \(amount(memory.total)) of memory: \(amount(memory.networks)) for the networks, "
      + "\(amount(memory.batch)) for a batch, \(amount(memory.recordings)) for recordings"
  }

  /// A training for which this computer has no room now.
  private var shortage: String? {
    guard let available = TrainingMemory.available, !run.memory.fits(available) else { return nil }
    return "only \(available) of memory is free, so this may be slow or be stopped by the system; "
      + "close other programs, or begin a run with a smaller --batch, --dim or --window"
  }

  /// A training that ends with its warm-up, or before.
  private var neverCompetes: String? {
    let warmUp = run.record.settings.objective.warmUpSteps
    guard warmUp > 0, let steps = run.record.control.steps, steps <= warmUp else { return nil }
    return "--steps \(steps): the warm-up of \(warmUp.counted("step")) takes all of them, so the "
      + "networks do not compete"
  }

  private var folder: String {
    let step = run.folder.checkpointSteps.last
    return "run \(run.record.id) in \(run.folder.path.escapedForDisplay)"
      + (step.map { ", from step \($0.grouped)" } ?? "")
  }
}

extension Int {
  /// `once`, `twice`, `3 times`.
  fileprivate var times: String {
    switch self {
    case 1: "once"
    case 2: "twice"
    default: "\(grouped) times"
    }
  }
}
