/// What one update of the discriminator measured.
public struct CriticReport: Sendable, Hashable {
  /// The loss, without the penalty.
  public var loss: Double
  /// The gradient penalty; 0 without one.
  public var penalty: Double
  /// Mean norm of the gradient at the places that the penalty measures; 0 without one.
  public var penalizedNorm: Double
  /// Mean logit of real clips.
  public var realLogit: Double
  /// Mean logit of generated clips.
  public var generatedLogit: Double
  /// Part of the real clips that the discriminator called real, 0 ... 1.
  public var realAccuracy: Double
  /// Part of the generated clips that it called generated, 0 ... 1.
  public var generatedAccuracy: Double
  /// Norm of the gradient of loss and penalty by the parameters.
  public var gradientNorm: Double
}

extension CriticReport {
  /// The mean of the reports of a step's updates.
  ///
  /// - Precondition: there is at least one.
  init(meanOf reports: [CriticReport]) {
    precondition(!reports.isEmpty, "a step has at least one update of the discriminator")
    func mean(_ value: (CriticReport) -> Double) -> Double {
      reports.reduce(0) { $0 + value($1) } / Double(reports.count)
    }
    self.init(
      loss: mean(\.loss), penalty: mean(\.penalty), penalizedNorm: mean(\.penalizedNorm),
      realLogit: mean(\.realLogit), generatedLogit: mean(\.generatedLogit),
      realAccuracy: mean(\.realAccuracy), generatedAccuracy: mean(\.generatedAccuracy),
      gradientNorm: mean(\.gradientNorm))
  }
}

/// What one update of the generator measured.
public struct GeneratorReport: Sendable, Hashable {
  /// The loss against the discriminator.
  public var loss: Double
  /// Distance of copies from their recordings, without its weight; nil where none are made.
  public var reconstructionLoss: Double?
  /// Norm of the gradient of both by the parameters.
  public var gradientNorm: Double
}

extension GeneratorReport {
  /// The mean of the reports of a step's updates.
  ///
  /// - Precondition: there is at least one.
  init(meanOf reports: [GeneratorReport]) {
    precondition(!reports.isEmpty, "a step has at least one update of the generator")
    let count = Double(reports.count)
    self.init(
      loss: reports.reduce(0) { $0 + $1.loss } / count,
      reconstructionLoss: reports[0].reconstructionLoss == nil
        ? nil : reports.reduce(0) { $0 + ($1.reconstructionLoss ?? 0) } / count,
      gradientNorm: reports.reduce(0) { $0 + $1.gradientNorm } / count)
  }
}

/// What one step of a warm-up measured.
public struct WarmUpReport: Sendable, Hashable {
  /// Distance of the generated clips from the recordings that they copy.
  public var reconstructionLoss: Double
  /// Norm of its gradient by the generator's parameters.
  public var gradientNorm: Double
}

/// What one training step measured: the means over its updates of either network, or, in a warm-up,
/// how well the recordings were copied.
public struct StepReport: Sendable, Hashable {
  /// Steps made so far, this one included.
  public var step: Int
  /// The discriminator's updates; nil in a warm-up.
  public var critic: CriticReport?
  /// The generator's updates; nil in a warm-up.
  public var generator: GeneratorReport?
  /// The copying of recordings; nil outside a warm-up.
  public var warmUp: WarmUpReport?

  /// Whether every loss and gradient is a number.
  public var isFinite: Bool {
    [
      critic?.loss, critic?.penalty, critic?.gradientNorm, generator?.loss,
      generator?.gradientNorm, generator?.reconstructionLoss, warmUp?.reconstructionLoss,
      warmUp?.gradientNorm,
    ].allSatisfy { $0?.isFinite != false }
  }
}
