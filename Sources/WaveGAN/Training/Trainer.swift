package import NeuralNet

/// Makes training steps, one after another.
///
/// A step is a pure function of the state and of its number: what it draws depends on seed, attempt
/// and step alone, so a training that goes on from a checkpoint computes what it would have
/// computed without the pause.
package final class Trainer {
  package let adversaries: Adversaries

  /// Steps made so far.
  package private(set) var step: Int

  /// How often the training has gone back to an earlier checkpoint.
  package let attempt: Int

  private let settings: TrainingSettings
  private let draws: TrainingDraws
  private let loader: BatchLoader
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
    loader = try BatchLoader(
      dataset: dataset, batchSize: settings.objective.batchSize, seed: settings.seed,
      attempt: attempt, firstBatch: step * settings.objective.criticUpdates)
    real = Tensor(
      settings.objective.batchSize, settings.data.windowLength, settings.data.channelCount)
  }

  /// Makes one step: the discriminator's updates, then the generator's.
  package func makeStep() -> StepReport {
    let critic = (0..<settings.objective.criticUpdates).map { update in
      real.assign(loader.next().samples)
      return adversaries.updateDiscriminator(
        real: real, draws: draws.critic(step: step, update: update), step: step)
    }
    let generator = (0..<settings.objective.generatorUpdates).map { update in
      let draws = draws.generator(step: step, update: update)
      return adversaries.updateGenerator(latents: draws.latents, shifts: draws.shifts, step: step)
    }
    adversaries.average?.update(step: step, team: team)
    step += 1
    return StepReport(
      step: step, critic: CriticReport(meanOf: critic),
      generator: GeneratorReport(meanOf: generator))
  }
}
