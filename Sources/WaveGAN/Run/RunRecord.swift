public import AudioFiles
import Foundation

/// The content of `run.json`: everything needed to repeat a run.
public struct RunRecord: Codable, Sendable, Hashable {
  /// The version of the tool that began the run.
  public var version: String

  /// Names the run in the files that it renders: a digest of settings and recordings, so that the
  /// same training has the same name.
  public var id: String

  public var settings: TrainingSettings

  /// Where the recordings were looked for.
  public var paths: [String]

  /// What the run computes from: every recording that was found, with label and digest.
  public var recordings: DatasetFingerprint

  /// The labels in use, in order.
  public var labels: [String]

  /// How long, how and how often: not part of what is computed.
  public var control: RunControl

  /// Digest of the checkpoint that gave the first weights, if the run began with `--from`.
  public var origin: ContentDigest?

  /// How the program that began the run makes the sums of each layer, under the layer's name:
  /// `toomCook`, `narrow` or `direct`. It follows from the settings, and is for readers alone; nil in
  /// runs of versions that did not record it.
  public var convolutions: [String: String]?

  init(
    settings: TrainingSettings, paths: [String], recordings: DatasetFingerprint, labels: [String],
    control: RunControl, origin: ContentDigest?
  ) throws {
    version = ProgramVersion.current
    self.settings = settings
    self.paths = paths
    self.recordings = recordings
    self.labels = labels
    self.control = control
    self.origin = origin
    convolutions = ConvolutionPlan(settings: settings).methods
    let contents = recordings.files.map { "\($0.label) \($0.digest)" }.sorted()
    let parts =
      [String(decoding: try JSONEncoder.forFiles.encode(settings), as: UTF8.self)]
      + contents + [origin?.description ?? ""]
    id = String(
      ContentDigest(of: Array(parts.joined(separator: "\n").utf8)).description.prefix(12))
  }

  /// Reads the record of a run.
  ///
  /// - Throws: ``RunError`` `.notFound` or `.unusable`.
  public init(of folder: RunFolder) throws(RunError) {
    guard let bytes = FileManager.default.contents(atPath: folder.record) else {
      throw RunError(
        .notFound, folder.path,
        "is not a run: it has no readable run.json; name the folder that "
          + "was given to train --run")
    }
    do {
      self = try JSONDecoder().decode(RunRecord.self, from: bytes)
      try settings.validate()
      try control.validate()
    } catch {
      throw RunError(
        .unusable, folder.record, "is not the record of a run that this version can read")
    }
  }
}

/// How long a run goes on and what it writes on the way.
public struct RunControl: Codable, Sendable, Hashable {
  /// Steps of the whole run; nil when ``minutes`` decide.
  public var steps: Int?
  /// Minutes of the whole run, pauses excluded; nil when ``steps`` decide.
  public var minutes: Double?
  /// Ends the run after so many checkpoints without a better score; nil never does.
  public var stopWhenSettled: Int?
  /// Steps from one checkpoint to the next.
  public var checkpointEvery: Int
  /// Steps from one set of previews to the next.
  public var previewEvery: Int
  /// Newest checkpoints kept, besides the best.
  public var keep: Int

  /// Steps from one line of `metrics.jsonl` to the next.
  public static let reportEvery = 10

  private enum CodingKeys: String, CodingKey {
    case steps
    case minutes
    case stopWhenSettled = "stop-when-settled"
    case checkpointEvery = "checkpoint-every"
    case previewEvery = "preview-every"
    case keep
  }

  /// Takes the control values of options.
  init(_ options: TrainingOptions) {
    steps = options.steps
    minutes = options.minutes
    stopWhenSettled = options.stopWhenSettled
    checkpointEvery = options.checkpointEvery ?? 200
    previewEvery = options.previewEvery ?? options.checkpointEvery ?? 200
    keep = options.keep ?? 5
  }

  /// Checks every value, as they may come from a file.
  ///
  /// - Throws: ``SettingsError``.
  func validate() throws {
    var options = TrainingOptions()
    options.steps = steps
    options.minutes = minutes
    options.stopWhenSettled = stopWhenSettled
    options.checkpointEvery = checkpointEvery
    options.previewEvery = previewEvery
    options.keep = keep
    try options.validateControl()
  }

  /// These values, with what options say anew.
  func updated(by options: TrainingOptions) -> RunControl {
    var result = self
    if options.steps != nil || options.minutes != nil {
      result.steps = options.steps
      result.minutes = options.minutes
    }
    result.stopWhenSettled = options.stopWhenSettled ?? stopWhenSettled
    result.checkpointEvery = options.checkpointEvery ?? checkpointEvery
    result.previewEvery = options.previewEvery ?? previewEvery
    result.keep = options.keep ?? keep
    return result
  }
}
