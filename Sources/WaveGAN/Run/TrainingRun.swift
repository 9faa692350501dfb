import AudioFiles
import Foundation
internal import NeuralNet

/// A training with its folder: begins or resumes one, and carries it on.
///
///     let run = try TrainingRun(paths: ["drums"], options: options, folder: RunFolder("run"))
///     try run.train(onEvent: { event in … })
public final class TrainingRun {
  /// Where the run's files are.
  public let folder: RunFolder

  /// What the run is made to.
  public let record: RunRecord

  /// The recordings that it learns.
  public let dataset: Dataset

  /// What the recordings decided, to be told; empty when resuming.
  public let choices: [ResolvedSettings.Choice]

  private let lock: RunLock
  private let team: ThreadTeam
  /// What gives the first weights; nil once they are taken.
  private var origin: (checkpoint: Checkpoint, path: String)?

  /// How the reading of recordings goes on. What it throws ends the reading, before anything is
  /// written.
  public typealias LoadingProgress =
    @Sendable (_ stage: LoadingStage, _ done: Int, _ total: Int) throws -> Void

  /// What is done with each file before training.
  public enum LoadingStage: Sendable, Hashable {
    /// Headers are read and contents digested.
    case surveying
    /// Sound is decoded.
    case decoding
  }

  // MARK: Beginning

  /// Begins a run: looks through the recordings, settles the settings and makes the folder.
  ///
  /// The folder appears at once with its `run.json`, so that there is never half a run.
  ///
  /// - Parameters:
  ///   - paths: files and folders of recordings.
  ///   - options: what is asked for; the rest comes from its preset and from the recordings.
  ///   - folder: where the run is made.
  ///   - replaces: whether an earlier run there is removed.
  ///   - origin: a run that gives the first weights.
  ///   - onLoading: called from several threads.
  /// - Throws: ``SettingsError``, ``DatasetError``, ``RunError`` or `AudioFileError`, and what
  ///   `onLoading` throws.
  public init(
    paths: [String], options: TrainingOptions, folder: RunFolder, replaces: Bool = false,
    origin: RunFolder? = nil, onLoading: @escaping LoadingProgress = { _, _, _ in }
  ) throws {
    try options.validate()
    let replaced = try folder.checkIsFree(replaces: replaces)
    // Resuming must find the recordings from wherever it is called.
    let paths = paths.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    let completed = options.completedWithPreset()
    let threadCount = options.threads ?? ProcessInfo.processInfo.activeProcessorCount
    let survey = try DatasetSurvey(
      paths: paths, labels: completed.labels ?? .folders, onlyLabels: completed.onlyLabels ?? [],
      threadCount: threadCount
    ) { try onLoading(.surveying, $0, $1) }
    let (dataset, resolved) = try Dataset.decode(
      survey, options: options, memoryLimit: options.memory, cacheFolder: folder.nearestFolder,
      threadCount: threadCount
    ) { try onLoading(.decoding, $0, $1) }
    self.dataset = dataset
    try dataset.checkUsable()
    var given: (checkpoint: Checkpoint, path: String)?
    if let origin {
      let path = try origin.latestCheckpoint()
      let checkpoint = try Checkpoint(path: path)
      let differing = checkpoint.optionsDiffering(from: resolved.settings)
      guard differing.isEmpty else {
        throw RunError(
          .unusable, path,
          "holds other networks than were asked for (\(differing.joined(separator: ", "))); to ask for "
            + "the same, add --config \(origin.record.escapedForDisplay)")
      }
      given = (checkpoint, path)
    }
    self.origin = given
    self.folder = folder
    record = try RunRecord(
      settings: resolved.settings, paths: paths, recordings: DatasetFingerprint(of: survey),
      labels: dataset.labels, control: RunControl(completed),
      origin: try given.map { try ContentDigest(ofFile: $0.path) })
    choices = resolved.choices
    team = ThreadTeam(threadCount: threadCount)
    lock = try folder.create(record: record, report: dataset.report, replacing: replaced)
  }

  /// Opens a run to go on with it.
  ///
  /// - Parameters:
  ///   - folder: the run.
  ///   - options: a new length, and how and how often; everything that decides what is computed
  ///     stays as it was.
  ///   - onLoading: called from several threads.
  /// - Throws: ``RunError``, or ``DatasetError`` `.changed` when the recordings are not the same.
  public init(
    resuming folder: RunFolder, options: TrainingOptions = TrainingOptions(),
    onLoading: @escaping LoadingProgress = { _, _, _ in }
  ) throws {
    try options.validate()
    var record = try RunRecord(of: folder)
    lock = try RunLock(of: folder)
    let data = record.settings.data
    let threadCount = options.threads ?? ProcessInfo.processInfo.activeProcessorCount
    if let steps = options.steps, let made = folder.checkpointSteps.last, steps < made {
      throw SettingsError(
        .outOfRange, "--steps \(steps)",
        "\(folder.path.escapedForDisplay) has made \(made.grouped) already; give more")
    }
    let survey = try DatasetSurvey(
      paths: record.paths, labels: data.labels, onlyLabels: data.onlyLabels,
      threadCount: threadCount
    ) { try onLoading(.surveying, $0, $1) }
    try DatasetFingerprint(of: survey).check(against: record.recordings)
    dataset = try Dataset(
      decoding: survey, settings: data, memoryLimit: options.memory, cacheFolder: folder.path,
      threadCount: threadCount
    ) { try onLoading(.decoding, $0, $1) }
    try dataset.checkUsable()
    guard [[], dataset.labels].contains(record.settings.model.labels) else {
      throw RunError(
        .unusable, folder.record,
        "names other labels than its recordings have; put back the one that "
          + "the run began with")
    }
    record.control = record.control.updated(by: options)
    self.record = record
    self.folder = folder
    choices = []
    origin = nil
    team = ThreadTeam(threadCount: threadCount)
    try AtomicFile.writeJSON(record, to: folder.record, overwrites: true)
  }

  // MARK: Training

  /// How much memory the training will take; asked before it begins.
  public var memory: TrainingMemory {
    TrainingMemory(settings: record.settings, dataset: dataset, threadCount: team.threadCount)
  }

  /// Trains until the run has its length, or until it is asked to stop.
  ///
  /// - Parameters:
  ///   - shouldStop: asked after each step; the state is then saved.
  ///   - onEvent: told what happens, on the calling thread.
  /// - Throws: ``RunError`` `.diverged` when going back did not help, or an error of writing.
  @discardableResult
  public func train(
    shouldStop: () -> Bool, onEvent: (TrainingEvent) -> Void = { _ in }
  ) throws -> TrainingOutcome {
    let loop = try TrainingLoop(
      folder: folder, record: record, dataset: dataset, origin: origin, team: team)
    origin = nil
    return try loop.run(shouldStop: shouldStop, onEvent: onEvent)
  }

  /// Trains until the run has its length; see ``train(shouldStop:onEvent:)``.
  @discardableResult
  public func train(onEvent: (TrainingEvent) -> Void = { _ in }) throws -> TrainingOutcome {
    try train(shouldStop: { false }, onEvent: onEvent)
  }
}
