/// One object of `metrics.jsonl`: what a training was like at one step.
public struct MetricsLine: Codable, Sendable, Hashable {
  /// Steps made so far.
  public var step: Int
  /// Seconds of training so far, pauses excluded.
  public var seconds: Double
  /// Loss of the discriminator, without the penalty; like all that follows down to the
  /// accuracies, a mean over the steps since the line before.
  public var criticLoss: Double
  public var penalty: Double
  public var generatorLoss: Double
  public var realLogit: Double
  public var generatedLogit: Double
  public var criticGradientNorm: Double
  public var generatorGradientNorm: Double
  /// Part of the real clips that the discriminator called real, 0 ... 1.
  public var realAccuracy: Double
  /// Part of the generated clips that it called generated, 0 ... 1.
  public var generatedAccuracy: Double
  /// Root mean square of recordings and of 16 generated clips.
  public var realRMS: Double
  public var generatedRMS: Double
  /// Distance between the mean log-mel spectra of recordings and of 16 generated clips, in dB.
  public var logMelDistance: Double
  /// How often the training has gone back.
  public var attempt: Int
  /// Whether the line was written for a checkpoint of its step.
  public var isCheckpoint: Bool

  private enum CodingKeys: String, CodingKey {
    case step
    case seconds
    case criticLoss = "critic-loss"
    case penalty
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
    case attempt
    case isCheckpoint = "checkpoint"
  }

  /// Whether step and time are ones that a training can have.
  var isCredible: Bool { step >= 0 && (0...1e10).contains(seconds) }

  init(
    of reports: [StepReport], seconds: Double, measurement: PreviewWriter.Measurement,
    realRMS: Double, attempt: Int, isCheckpoint: Bool
  ) {
    precondition(!reports.isEmpty, "a line of metrics needs a step")
    func mean(_ value: (StepReport) -> Double) -> Double {
      reports.reduce(0) { $0 + value($1) } / Double(reports.count)
    }
    step = reports[reports.count - 1].step
    self.seconds = seconds
    criticLoss = mean(\.critic.loss)
    penalty = mean(\.critic.penalty)
    generatorLoss = mean(\.generator.loss)
    realLogit = mean(\.critic.realLogit)
    generatedLogit = mean(\.critic.generatedLogit)
    criticGradientNorm = mean(\.critic.gradientNorm)
    generatorGradientNorm = mean(\.generator.gradientNorm)
    realAccuracy = mean(\.critic.realAccuracy)
    generatedAccuracy = mean(\.critic.generatedAccuracy)
    self.realRMS = realRMS
    generatedRMS = measurement.rms
    logMelDistance = measurement.logMelDistance
    self.attempt = attempt
    self.isCheckpoint = isCheckpoint
  }
}
