internal import NeuralNet

/// The random parts of every update of a run: pure functions of seed, attempt, step and update.
package struct TrainingDraws {
  let settings: TrainingSettings

  /// How often the run has gone back to an earlier checkpoint.
  let attempt: Int

  /// The draws of a run, or of its part after going back so often.
  package init(settings: TrainingSettings, attempt: Int) {
    self.settings = settings
    self.attempt = attempt
  }

  /// Draws for update `update` of the discriminator in a step.
  package func critic(step: Int, update: Int) -> Adversaries.CriticDraws {
    var interpolation = stream(.interpolation, step, update)
    return Adversaries.CriticDraws(
      latents: latents(.criticLatents, step, update),
      interpolation: (0..<settings.objective.batchSize).map { _ in interpolation.nextUniform() },
      realShifts: shifts(step, pass: 3 * update),
      generatedShifts: shifts(step, pass: 3 * update + 1),
      interpolatedShifts: shifts(step, pass: 3 * update + 2))
  }

  /// Draws for update `update` of the generator in a step.
  package func generator(step: Int, update: Int) -> Adversaries.GeneratorDraws {
    let objective = settings.objective
    let pass = 3 * objective.criticUpdates + update
    return Adversaries.GeneratorDraws(
      latents: latents(.generatorLatents, step, update), shifts: shifts(step, pass: pass),
      realShifts: objective.loss.isPaired
        ? shifts(step, pass: pass + objective.generatorUpdates) : [])
  }

  private func latents(_ purpose: RandomPurpose, _ step: Int, _ update: Int) -> [Float] {
    var stream = stream(purpose, step, update)
    return (0..<settings.objective.batchSize).flatMap { _ in settings.model.latent(&stream) }
  }

  private func shifts(_ step: Int, pass: Int) -> Discriminator.Shifts {
    let radius = settings.model.phaseShuffle
    guard radius > 0 else { return [] }
    var stream = stream(.phase, step, pass)
    let batchSize = settings.objective.batchSize
    return (0..<NetworkGeometry.shuffledLayerLimit).map { _ in
      if settings.model.shufflesEachClip {
        return (0..<batchSize).map { _ in stream.nextInteger(below: 2 * radius + 1) - radius }
      }
      let shift = stream.nextInteger(below: 2 * radius + 1) - radius
      return [Int](repeating: shift, count: batchSize)
    }
  }

  private func stream(_ purpose: RandomPurpose, _ step: Int, _ index: Int) -> RandomStream {
    RandomStream(
      seed: settings.seed, purpose: purpose, step: step, attempt: attempt, index: index)
  }
}

extension ModelSettings {
  /// Draws one latent vector, `[Z]`.
  func latent(_ stream: inout RandomStream) -> [Float] {
    (0..<latentSize).map { _ in
      switch latentDistribution {
      case .uniform: 2 * stream.nextUniform() - 1
      case .gaussian: stream.nextNormal()
      }
    }
  }
}
