/// One object of `metrics.jsonl`: what a training was like at one step.
public struct MetricsLine: Codable, Sendable, Hashable {
  /// Steps made so far.
  public var step: Int
  /// Seconds of training so far, pauses excluded.
  public var seconds: Double

  // Means over the steps since the line before. In a warm-up there is no discriminator, and only
  // the first and the generator's gradient have a value.

  /// Distance of generated clips from the recordings that they copy; nil where none are copied.
  public var reconstructionLoss: Double?
  /// Loss of the discriminator, without the penalty.
  public var criticLoss: Double?
  /// The gradient penalty; 0 without one.
  public var penalty: Double?
  /// Norm of the gradient that the penalty is put on; 0 without one.
  public var penalizedNorm: Double?
  /// Loss of the generator against the discriminator.
  public var generatorLoss: Double?
  /// Mean logit of real clips.
  public var realLogit: Double?
  /// Mean logit of generated clips.
  public var generatedLogit: Double?
  /// Norm of the gradient by the discriminator's parameters, penalty included.
  public var criticGradientNorm: Double?
  /// Norm of the gradient by the generator's parameters.
  public var generatorGradientNorm: Double?
  /// Part of the real clips that the discriminator called real, 0 ... 1.
  public var realAccuracy: Double?
  /// Part of the generated clips that it called generated, 0 ... 1.
  public var generatedAccuracy: Double?

  /// Root mean square of the recordings' samples, full scale being 1.
  public var realRMS: Double
  /// Root mean square of the samples of 16 generated clips.
  public var generatedRMS: Double
  /// Distance between the mean log-mel spectra of recordings and of 16 generated clips, in dB.
  public var logMelDistance: Double
  /// Mean distance between the log-mel spectra of two of 16 recordings, in dB; nil in lines from
  /// before it was measured.
  public var realVariety: Double?
  /// Mean distance between the log-mel spectra of two of 16 generated clips, in dB; nil likewise.
  public var generatedVariety: Double?

  // Of checkpoints alone: see ``CheckpointEvaluation``. nil where there are too few recordings, and in
  // lines from before it was measured.

  /// Fréchet distance of generated clips to recordings for training, dB²; see ``ComparisonFigures``.
  public var frechetDistance: Double?
  /// Part of the generated clips that are near some recording, 0 ... 1.
  public var precision: Double?
  /// Part of the recordings that have a generated clip in their neighbourhood, 0 ... 1.
  public var coverage: Double?

  /// How the training goes, by this line and those before; nil in lines from before it was told.
  public var verdict: TrainingVerdict?
  /// How often the training has gone back.
  public var attempt: Int
  /// Whether the line was written for a checkpoint of its step.
  public var isCheckpoint: Bool

  private enum CodingKeys: String, CodingKey {
    case step
    case seconds
    case reconstructionLoss = "reconstruction-loss"
    case criticLoss = "critic-loss"
    case penalty
    case penalizedNorm = "penalized-gradient-norm"
    case generatorLoss = "generator-loss"
    case realLogit = "real-logit"
    case generatedLogit = "generated-logit"
    case criticGradientNorm = "critic-gradient-norm"
    case generatorGradientNorm = "generator-gradient-norm"
    case realAccuracy = "real-accuracy"
    case generatedAccuracy = "generated-accuracy"
    case realRMS = "real-rms"
    case generatedRMS = "generated-rms"
    case logMelDistance = "log-mel-distance"
    case realVariety = "real-variety"
    case generatedVariety = "generated-variety"
    case frechetDistance = "frechet-distance"
    case precision
    case coverage
    case verdict
    case attempt
    case isCheckpoint = "checkpoint"
  }

  /// Whether step and time are ones that a training can have.
  var isCredible: Bool { step >= 0 && (0...1e10).contains(seconds) }

  init(
    of reports: [StepReport], seconds: Double, measurement: PreviewWriter.Measurement,
    recordings: PreviewWriter.SoundFigures, attempt: Int
  ) {
    precondition(!reports.isEmpty, "a line of metrics needs a step")
    func mean(_ value: (StepReport) -> Double?) -> Double? {
      let values = reports.compactMap(value)
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    step = reports[reports.count - 1].step
    self.seconds = seconds
    reconstructionLoss = mean {
      $0.warmUp?.reconstructionLoss ?? $0.generator?.reconstructionLoss
    }
    criticLoss = mean(\.critic?.loss)
    penalty = mean(\.critic?.penalty)
    penalizedNorm = mean(\.critic?.penalizedNorm)
    generatorLoss = mean(\.generator?.loss)
    realLogit = mean(\.critic?.realLogit)
    generatedLogit = mean(\.critic?.generatedLogit)
    criticGradientNorm = mean(\.critic?.gradientNorm)
    generatorGradientNorm = mean { $0.generator?.gradientNorm ?? $0.warmUp?.gradientNorm }
    realAccuracy = mean(\.critic?.realAccuracy)
    generatedAccuracy = mean(\.critic?.generatedAccuracy)
    realRMS = recordings.rms
    generatedRMS = measurement.rms
    logMelDistance = measurement.logMelDistance
    realVariety = recordings.variety
    generatedVariety = measurement.variety
    self.attempt = attempt
    isCheckpoint = false
  }

  /// Takes the figures that a line has which belongs to a checkpoint.
  mutating func become(checkpointWith figures: ComparisonFigures?) {
    // JSON has no other numbers.
    func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
    isCheckpoint = true
    frechetDistance = finite(figures?.frechetDistance)
    precision = finite(figures?.precision)
    coverage = finite(figures?.coverage)
  }
}
