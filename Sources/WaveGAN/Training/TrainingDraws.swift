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
  ///
  /// - Parameters:
  ///   - step: steps made before.
  ///   - update: which update of the step, from 0.
  ///   - labels: what clips are generated, `[B]`; empty where the networks are told none.
  ///   - prior: makes latents of random numbers.
  package func critic(
    step: Int, update: Int, labels: [Int] = [], prior: LatentPrior? = nil
  ) -> Adversaries.CriticDraws {
    var interpolation = stream(.interpolation, step, update)
    var draws = Adversaries.CriticDraws(
      latents: inputs(.criticLatents, step, update, labels, prior),
      interpolation: (0..<settings.objective.batchSize).map { _ in interpolation.nextUniform() },
      realShifts: shifts(step, pass: 3 * update),
      generatedShifts: shifts(step, pass: 3 * update + 1),
      interpolatedShifts: shifts(step, pass: 3 * update + 2))
    draws.realChanges = changes(step, batch: 2 * update)
    draws.generatedChanges = changes(step, batch: 2 * update + 1)
    draws.labels = labels
    return draws
  }

  /// Draws for update `update` of the generator in a step.
  ///
  /// - Parameters:
  ///   - step: steps made before.
  ///   - update: which update of the step, from 0.
  ///   - labels: what clips are generated, `[B]`; empty where the networks are told none.
  ///   - prior: makes latents of random numbers.
  package func generator(
    step: Int, update: Int, labels: [Int] = [], prior: LatentPrior? = nil
  ) -> Adversaries.GeneratorDraws {
    let objective = settings.objective
    let pass = 3 * objective.criticUpdates + update
    var draws = Adversaries.GeneratorDraws(
      latents: inputs(.generatorLatents, step, update, labels, prior),
      shifts: shifts(step, pass: pass),
      realShifts: objective.loss.isPaired
        ? shifts(step, pass: pass + objective.generatorUpdates) : [])
    let batch = 2 * (objective.criticUpdates + update)
    draws.changes = changes(step, batch: batch + 1)
    if objective.loss.isPaired { draws.realChanges = changes(step, batch: batch) }
    draws.labels = labels
    return draws
  }

  /// Noise for the vectors of a warm-up's step, `[B, Z]`; empty where they get none.
  func vectorNoise(step: Int) -> [Float] {
    guard settings.objective.warmUpNoise > 0 else { return [] }
    var stream = stream(.vectorNoise, step, 0)
    let count = settings.objective.batchSize * settings.model.latentSize
    return (0..<count).map { _ in stream.nextNormal() }
  }

  /// What the generator is given for a batch, `[B, Z + L]`.
  private func inputs(
    _ purpose: RandomPurpose, _ step: Int, _ update: Int, _ labels: [Int], _ prior: LatentPrior?
  ) -> [Float] {
    var stream = stream(purpose, step, update)
    return (0..<settings.objective.batchSize).flatMap { slot in
      LatentDraw(
        noise: settings.model.noise(&stream, by: prior, label: labels.isEmpty ? 0 : labels[slot]),
        shares: labels.isEmpty ? [] : settings.model.shares(ofLabel: labels[slot])
      ).input(by: prior)
    }
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

  /// What is done to each clip of a batch before it is judged, `[B]`; empty for nothing.
  ///
  /// - Parameter batch: real ones of a step have even numbers, generated ones odd.
  private func changes(_ step: Int, batch: Int) -> [ClipChange] {
    guard settings.objective.changesClips else { return [] }
    let batchSize = settings.objective.batchSize
    return (0..<batchSize).map { slot in
      ClipChange(
        settings: settings, from: stream(.augmentation, step, batch * batchSize + slot))
    }
  }

  private func stream(_ purpose: RandomPurpose, _ step: Int, _ index: Int) -> RandomStream {
    RandomStream(
      seed: settings.seed, purpose: purpose, step: step, attempt: attempt, index: index)
  }
}

extension ModelSettings {
  /// Draws the random numbers of one clip, `[Z]`.
  ///
  /// - Parameters:
  ///   - prior: around whose vectors they lie; nil: they are the latent.
  ///   - label: which label the clip has; 0 without labels.
  func noise(_ stream: inout RandomStream, by prior: LatentPrior?, label: Int) -> [Float] {
    let numbers = (0..<latentSize).map { _ in
      switch latentDistribution {
      case .uniform: 2 * stream.nextUniform() - 1
      case .gaussian: stream.nextNormal()
      }
    }
    return prior?.noise(around: label, numbers, from: &stream) ?? numbers
  }
}
