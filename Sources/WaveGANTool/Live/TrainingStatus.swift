package import WaveGAN

/// What there is to see of a training at one moment.
package struct TrainingStatus: Sendable, Hashable {
  /// Steps made so far.
  package var step: Int
  /// Steps of the whole run; nil when a time decides.
  package var targetStep: Int?
  /// Part of the run that is done, 0 ... 1.
  package var fractionCompleted = 0.0
  /// Seconds of training so far, pauses excluded.
  package var elapsedSeconds = 0.0
  /// Seconds to go; nil before there is a speed.
  package var remainingSeconds: Double?
  /// 0 before there is a speed.
  package var stepsPerSecond = 0.0

  /// What the last steps measured, smoothed; nil before the first and in a warm-up.
  package var averages: Averages?
  /// In a warm-up, the distance of copies from their recordings in the last step.
  package var reconstructionLoss: Double?
  /// Steps of the warm-up.
  package var warmUpStepCount = 0
  /// How often the discriminator called real clips real, from the first step watched to the last.
  package var realHistory = AccuracyHistory()
  /// How often it called generated clips generated.
  package var generatedHistory = AccuracyHistory()
  /// Distance between the mean log-mel spectra of recordings and generated clips, in dB.
  package var logMelDistance: Double?

  /// How the training goes; nil before the first report.
  package var verdict: TrainingVerdict?

  /// What happened last.
  package var lastEvent: EventText?

  /// Running means: they follow a change within ``memory`` steps.
  package struct Averages: Sendable, Hashable {
    /// Loss of the discriminator, without the penalty.
    package var criticLoss: Double
    /// 0 for a loss without a penalty.
    package var penalty: Double
    /// Loss of the generator.
    package var generatorLoss: Double
    /// Part of the real clips that the discriminator called real, 0 ... 1.
    package var realAccuracy: Double
    /// Part of the generated clips that it called generated, 0 ... 1.
    package var generatedAccuracy: Double
    /// Steps that they are means of.
    package var count = 1

    /// Steps within which a change shows.
    package static let memory = 20

    /// The measurements of one step.
    package init(
      criticLoss: Double, penalty: Double, generatorLoss: Double, realAccuracy: Double,
      generatedAccuracy: Double
    ) {
      self.criticLoss = criticLoss
      self.penalty = penalty
      self.generatorLoss = generatorLoss
      self.realAccuracy = realAccuracy
      self.generatedAccuracy = generatedAccuracy
    }

    /// Takes in another step: the plain mean of the first ``memory``, then an exponential one.
    package mutating func add(_ other: Averages) {
      count = min(count + 1, Self.memory)
      for value in [
        \.criticLoss, \.penalty, \.generatorLoss, \.realAccuracy, \.generatedAccuracy,
      ] as [WritableKeyPath<Averages, Double>] {
        self[keyPath: value] += (other[keyPath: value] - self[keyPath: value]) / Double(count)
      }
    }
  }

  /// A training that has just begun, or is about to go on after `step` steps.
  package init(step: Int = 0, targetStep: Int? = nil) {
    self.step = step
    self.targetStep = targetStep
  }

  /// Takes in something that happened.
  mutating func update(with event: TrainingEvent) {
    switch event {
    case .step(let progress): update(with: progress)
    case .reported(let line):
      logMelDistance = line.logMelDistance
      verdict = line.verdict
    case .wentBack(let step, _):
      self.step = step
      averages = nil
      reconstructionLoss = nil
      verdict = nil
    case .savedCheckpoint, .wrotePreviews: break
    }
    if let text = EventText(event) { lastEvent = text }
  }

  private mutating func update(with progress: TrainingProgress) {
    step = progress.step
    targetStep = progress.targetStep
    fractionCompleted = progress.fractionCompleted
    elapsedSeconds = progress.elapsedSeconds
    stepsPerSecond = progress.stepsPerSecond
    let isTimed = progress.targetStep == nil
    remainingSeconds = isTimed || stepsPerSecond > 0 ? progress.remainingSeconds : nil
    reconstructionLoss = progress.report.warmUp?.reconstructionLoss
    guard let critic = progress.report.critic, let generator = progress.report.generator else {
      averages = nil
      return
    }
    let latest = Averages(
      criticLoss: critic.loss, penalty: critic.penalty,
      generatorLoss: generator.loss, realAccuracy: critic.realAccuracy,
      generatedAccuracy: critic.generatedAccuracy)
    realHistory.add(critic.realAccuracy)
    generatedHistory.add(critic.generatedAccuracy)
    averages?.add(latest)
    averages = averages ?? latest
  }

  /// The same, some seconds into the next step.
  func later(by seconds: Double) -> TrainingStatus {
    var status = self
    status.elapsedSeconds += seconds
    status.remainingSeconds = remainingSeconds.map { max(0, $0 - seconds) }
    return status
  }
}
