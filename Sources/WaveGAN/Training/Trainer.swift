package import NeuralNet

/// Makes training steps, one after another.
///
/// A step is a pure function of the state and of its number: what it draws depends on seed, attempt
/// and step alone, so a training that goes on from a checkpoint computes what it would have
/// computed without the pause. With a warm-up, schedules of what comes after count from its end.
package final class Trainer {
  package let adversaries: Adversaries

  /// Steps made so far.
  package private(set) var step: Int

  /// How often the training has gone back to an earlier checkpoint.
  package let attempt: Int

  private let settings: TrainingSettings
  private let draws: TrainingDraws
  private let loader: BatchLoader
  /// What is copied; nil where nothing is.
  private var beginnings: BeginningSampler?
  /// What is copied after a warm-up.
  private let copies: RecordingCopies?
  private let real: Tensor
  private let team: ThreadTeam

  /// Goes on from a state.
  ///
  /// - Parameters:
  ///   - adversaries: the networks, and what they are trained to.
  ///   - dataset: the recordings.
  ///   - step: steps that made the state of `adversaries`.
  ///   - attempt: how often the training has gone back so far.
  ///   - team: the threads that share the work.
  /// - Throws: ``DatasetError`` when the dataset is empty.
  package init(
    adversaries: Adversaries, dataset: Dataset, step: Int, attempt: Int, team: ThreadTeam
  ) throws {
    let settings = adversaries.settings
    self.adversaries = adversaries
    self.settings = settings
    self.step = step
    self.attempt = attempt
    self.team = team
    draws = TrainingDraws(settings: settings, attempt: attempt)
    let objective = settings.objective
    loader = try BatchLoader(
      dataset: dataset, batchSize: objective.batchSize, seed: settings.seed, attempt: attempt,
      firstBatch: max(0, step - objective.warmUpSteps) * objective.criticUpdates)
    copies = adversaries.recordingLatents.flatMap { latents in
      objective.reconstruction > 0
        ? RecordingCopies(of: latents, settings: settings, team: team) : nil
    }
    if adversaries.warmUp != nil || copies != nil {
      beginnings = BeginningSampler(
        dataset: dataset, batchSize: objective.batchSize, seed: settings.seed, attempt: attempt)
    }
    real = Tensor(
      objective.batchSize, settings.data.windowLength, settings.data.channelCount)
  }

  /// Makes one step: the discriminator's updates, then the generator's; in a warm-up, one update of
  /// the generator and the recordings' vectors.
  package func makeStep() -> StepReport {
    let batch = beginnings?.batch(step)
    var report: StepReport
    if let batch, adversaries.warmUp != nil {
      report = makeWarmUpStep(batch)
    } else {
      if let batch { copies?.choose(batch, step: step - settings.objective.warmUpSteps) }
      report = makeAdversarialStep()
    }
    step += 1
    report.step = step
    if adversaries.warmUp != nil, step == settings.objective.warmUpSteps {
      adversaries.endWarmUp()
      if copies == nil { beginnings = nil }
    }
    return report
  }

  private func makeAdversarialStep() -> StepReport {
    let ownStep = step - settings.objective.warmUpSteps
    let prior = adversaries.prior
    // Each generated clip has the label of the real one in its place.
    var labels: [Int] = []
    let critic = (0..<settings.objective.criticUpdates).map { update in
      let batch = loader.next()
      real.assign(batch.samples)
      labels = settings.model.labels.isEmpty ? [] : batch.labels
      return adversaries.updateDiscriminator(
        real: real,
        draws: draws.critic(step: step, update: update, labels: labels, prior: prior),
        step: ownStep)
    }
    let generator = (0..<settings.objective.generatorUpdates).map { update in
      adversaries.updateGenerator(
        draws: draws.generator(step: step, update: update, labels: labels, prior: prior),
        real: real, copies: copies, step: ownStep)
    }
    adversaries.average?.update(step: ownStep, team: team)
    return StepReport(
      step: step, critic: CriticReport(meanOf: critic),
      generator: GeneratorReport(meanOf: generator))
  }

  private func makeWarmUpStep(_ batch: BeginningSampler.Batch) -> StepReport {
    real.assign(batch.samples)
    let report = adversaries.makeWarmUpStep(
      recordings: batch.recordings, real: real, noise: draws.vectorNoise(step: step))
    adversaries.average?.update(step: step, team: team)
    return StepReport(step: step, warmUp: report)
  }
}
