/// What somebody asked of a training; nil where they did not say.
///
/// Options come from three places, and what is said nearer to the person wins: the command line,
/// then a settings file (`--config`), then a ``Preset``. ``completed(with:)`` lays one over the
/// next; ``resolved(for:)`` adds what the recordings decide and checks the whole. In JSON, every
/// option has its command-line name (`{"preset": "paper", "critic-updates": 2}`).
public struct TrainingOptions: Sendable, Hashable {
  /// The set of values that fills what is not said.
  public var preset: Preset?
  /// Decides every random number.
  public var seed: UInt64?

  // MARK: Data, as in ``DataSettings``
  public var sampleRate: Int?
  public var channelCount: Int?
  public var windowLength: Int?
  public var slices: DataSettings.Slices?
  public var overlap: Double?
  public var padsEnd: Bool?
  public var normalization: DataSettings.Normalization?
  public var trimsSilence: Bool?
  public var labels: DataSettings.LabelSource?
  public var onlyLabels: [String]?
  public var holdout: Double?

  // MARK: Model, as in ``ModelSettings``
  public var dim: Int?
  public var latentSize: Int?
  public var latentDistribution: ModelSettings.LatentDistribution?
  public var kernelLength: Int?
  public var phaseShuffle: Int?
  public var shufflesEachClip: Bool?
  public var batchNormalization: Bool?
  public var upsampling: ModelSettings.Upsampling?
  public var usesUpsamplingBias: Bool?
  public var postFilter: Bool?

  // MARK: Objective, as in ``ObjectiveSettings``
  public var loss: ObjectiveSettings.Loss?
  public var criticUpdates: Int?
  public var generatorUpdates: Int?
  public var batchSize: Int?
  public var criticRate: Double?
  public var generatorRate: Double?
  public var averageDecay: Double?

  // MARK: Control: never part of ``TrainingSettings``
  /// Steps of the whole run. Excludes ``minutes``.
  public var steps: Int?
  /// Length of the whole run, pauses excluded. Excludes ``steps``.
  public var minutes: Double?
  /// Ends the run after so many checkpoints without a better score.
  public var stopWhenSettled: Int?
  public var threads: Int?
  /// Steps from one checkpoint to the next.
  public var checkpointEvery: Int?
  /// Steps from one set of previews to the next.
  public var previewEvery: Int?
  /// Checkpoints kept besides the best.
  public var keep: Int?
  /// Memory for decoded recordings; past it they go to a file.
  public var memory: ByteCount?

  public init() {}

  /// These options, with those of `base` where these say nothing.
  ///
  /// Steps and minutes are one choice: when either is given here, neither comes from `base`.
  public func completed(with base: TrainingOptions) -> TrainingOptions {
    var base = base
    if steps != nil || minutes != nil {
      base.steps = nil
      base.minutes = nil
    }
    var result = self
    for field in OptionField.all { field.complete(&result, base) }
    return result
  }

  /// These options, with those of their preset (``Preset/desktop`` if none) where they say nothing.
  public func completedWithPreset() -> TrainingOptions {
    completed(with: (preset ?? .desktop).options(for: loss))
  }
}
