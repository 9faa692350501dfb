/// What somebody asked of a training; nil where they did not say.
///
/// Options come from three places, and what is said nearer to the person wins: the command line,
/// then a settings file (`--config`), then a ``Preset``. ``completed(with:)`` lays one over the
/// next; ``resolved(for:lengths:labelCounts:)`` adds what the recordings decide and checks the whole. In JSON,
/// every option has its command-line name (`{"preset": "paper", "critic-updates": 2}`).
public struct TrainingOptions: Sendable, Hashable {
  /// The set of values that fills what is not said.
  public var preset: Preset?
  /// Decides every random number.
  public var seed: UInt64?

  // MARK: Data
  /// ``DataSettings/sampleRate``, in Hz.
  public var sampleRate: Int?
  /// ``DataSettings/channelCount``, 1 or 2.
  public var channelCount: Int?
  /// ``DataSettings/windowLength``, in samples.
  public var windowLength: Int?
  /// ``DataSettings/slices``, of long recordings.
  public var slices: DataSettings.Slices?
  /// ``DataSettings/overlap``, a part, 0 ..< 1.
  public var overlap: Double?
  /// ``DataSettings/padsEnd``, of the last window.
  public var padsEnd: Bool?
  /// ``DataSettings/normalization``, of levels.
  public var normalization: DataSettings.Normalization?
  /// ``DataSettings/trimsSilence``, at both ends.
  public var trimsSilence: Bool?
  /// ``DataSettings/alignsOnset``.
  public var alignsOnset: Bool?
  /// ``DataSettings/labels``, their source.
  public var labels: DataSettings.LabelSource?
  /// ``DataSettings/onlyLabels``, empty for all.
  public var onlyLabels: [String]?
  /// ``DataSettings/holdout``, a part, 0 ..< 1.
  public var holdout: Double?

  // MARK: Model
  /// ``ModelSettings/generator``, a network.
  public var generator: ModelSettings.GeneratorKind?
  /// ``ModelSettings/dim``, in channels.
  public var dim: Int?
  /// ``ModelSettings/latentSize``, in coordinates.
  public var latentSize: Int?
  /// ``ModelSettings/latentDistribution``, of coordinates.
  public var latentDistribution: ModelSettings.LatentDistribution?
  /// ``ModelSettings/kernelLength``, in taps.
  public var kernelLength: Int?
  /// ``ModelSettings/phaseShuffle``, in time steps of a layer.
  public var phaseShuffle: Int?
  /// ``ModelSettings/shufflesEachClip``, or a batch as one.
  public var shufflesEachClip: Bool?
  /// ``ModelSettings/batchNormalization``, in both networks.
  public var batchNormalization: Bool?
  /// ``ModelSettings/upsampling``, in the generator.
  public var upsampling: ModelSettings.Upsampling?
  /// ``ModelSettings/usesUpsamplingBias``, in the generator.
  public var usesUpsamplingBias: Bool?
  /// ``ModelSettings/postFilter``, after the generator.
  public var postFilter: Bool?
  /// ``ModelSettings/discriminators``, of generated clips.
  public var discriminators: ModelSettings.Discriminators?
  /// Whether both networks are told the label of each clip: ``ModelSettings/labels``.
  public var isConditional: Bool?

  // MARK: Objective
  /// ``ObjectiveSettings/loss``, of both networks.
  public var loss: ObjectiveSettings.Loss?
  /// ``ObjectiveSettings/criticUpdates``, in a step.
  public var criticUpdates: Int?
  /// ``ObjectiveSettings/generatorUpdates``, in a step.
  public var generatorUpdates: Int?
  /// ``ObjectiveSettings/batchSize``, in clips.
  public var batchSize: Int?
  /// ``ObjectiveSettings/criticRate``, a learning rate.
  public var criticRate: Double?
  /// ``ObjectiveSettings/generatorRate``, a learning rate.
  public var generatorRate: Double?
  /// ``ObjectiveSettings/rateDecaySteps``, at least 0.
  public var rateDecaySteps: Int?
  /// ``ObjectiveSettings/averageDecay``, in a step, 0 ..< 1.
  public var averageDecay: Double?
  /// ``ObjectiveSettings/warmUpSteps``, at least 0.
  public var warmUpSteps: Int?
  /// ``ObjectiveSettings/spectralPenalty``, a factor, at least 0; nil as the loss has it.
  public var spectralPenalty: Double?
  /// ``ObjectiveSettings/penaltyEvery``, in steps, from 1.
  public var penaltyEvery: Int?
  /// ``ObjectiveSettings/warmUpNoise``, a part, at least 0.
  public var warmUpNoise: Double?
  /// ``ObjectiveSettings/warmUpPull``, a weight, at least 0.
  public var warmUpPull: Double?
  /// ``ObjectiveSettings/priorBandwidth``, a part.
  public var priorBandwidth: Double?
  /// ``ObjectiveSettings/reconstruction``, a weight, at least 0.
  public var reconstruction: Double?
  /// ``ObjectiveSettings/augmentation``, a probability.
  public var augmentation: Double?
  /// ``ObjectiveSettings/ditherDecibels``, in dBFS; 0 for none.
  public var ditherDecibels: Double?

  // MARK: Control: never part of ``TrainingSettings``
  /// Steps of the whole run, from 1. Excludes ``minutes``.
  public var steps: Int?
  /// Minutes of the whole run, above 0, pauses excluded. Excludes ``steps``.
  public var minutes: Double?
  /// Ends the run after so many checkpoints, from 1, without a better score.
  public var stopWhenSettled: Int?
  /// Threads that compute, 1 ... 1,024; without influence on the result.
  public var threads: Int?
  /// Steps from one checkpoint to the next, from 1.
  public var checkpointEvery: Int?
  /// Steps from one set of previews to the next, from 1.
  public var previewEvery: Int?
  /// Newest checkpoints kept, from 1, besides the best.
  public var keep: Int?
  /// Memory for decoded recordings; past it they go to a file.
  public var memory: ByteCount?

  /// Options that say nothing.
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
    completed(with: (preset ?? .desktop).options(for: self))
  }
}
