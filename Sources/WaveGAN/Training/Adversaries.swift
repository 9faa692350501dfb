package import NeuralNet

/// The two networks with all the state of their training.
///
/// An update is a pure function of this state and of what it is given: no random number is drawn
/// here, so a test can repeat any training exactly.
package final class Adversaries {
  /// What both networks and their training are made to.
  package let settings: TrainingSettings

  /// The network that makes clips.
  package let generator: Generator

  /// The network that judges them.
  package let discriminator: Discriminator

  /// Moves the generator's parameters.
  package let generatorOptimizer: Optimizer

  /// Moves the discriminator's parameters.
  package let discriminatorOptimizer: Optimizer

  /// The running average of the generator's parameters and statistics, if one is kept.
  package let average: GeneratorAverage?

  private let workspace: Workspace

  /// Clips between real and generated ones, where the gradient penalty is measured.
  private let between: Tensor

  /// Plans both networks and sets their weights from the seed.
  package init(settings: TrainingSettings, team: ThreadTeam) {
    self.settings = settings
    let geometry = NetworkGeometry(data: settings.data, model: settings.model)
    let batchSize = settings.objective.batchSize
    workspace = Workspace(team: team)
    generator = Generator(
      geometry: geometry, model: settings.model, batchSize: batchSize, workspace: workspace)
    discriminator = Discriminator(
      geometry: geometry, model: settings.model, batchSize: batchSize, workspace: workspace)
    generator.arena.initialize(seed: settings.seed, firstStream: 0)
    generator.statisticsArena.initialize(seed: settings.seed, firstStream: 0)
    discriminator.arena.initialize(seed: settings.seed, firstStream: 1_000)
    discriminator.statisticsArena.initialize(seed: settings.seed, firstStream: 1_000)
    let rule = settings.objective.loss.optimizerRule
    generatorOptimizer = Optimizer(rule, for: generator.arena, team: team)
    discriminatorOptimizer = Optimizer(rule, for: discriminator.arena, team: team)
    average =
      settings.objective.averageDecay > 0
      ? GeneratorAverage(of: generator, decay: settings.objective.averageDecay) : nil
    between = Tensor(batchSize, geometry.windowLength, geometry.channelCount)
  }

  /// The random parts of an update of the discriminator.
  package struct CriticDraws {
    /// `[B, Z]`.
    package var latents: [Float]
    /// α of x̂ = x + α·(g − x), one for each clip; used by the gradient penalty alone.
    package var interpolation: [Float]
    /// Phase shuffle of the passes over real, generated and interpolated clips.
    package var realShifts: Discriminator.Shifts
    package var generatedShifts: Discriminator.Shifts
    package var interpolatedShifts: Discriminator.Shifts

    package init(
      latents: [Float], interpolation: [Float], realShifts: Discriminator.Shifts,
      generatedShifts: Discriminator.Shifts, interpolatedShifts: Discriminator.Shifts
    ) {
      self.latents = latents
      self.interpolation = interpolation
      self.realShifts = realShifts
      self.generatedShifts = generatedShifts
      self.interpolatedShifts = interpolatedShifts
    }
  }

  /// Moves the discriminator once.
  ///
  /// - Parameters:
  ///   - real: recorded clips, `[B, window, channels]`.
  ///   - draws: the random parts.
  ///   - step: steps made before, on which the rate depends.
  package func updateDiscriminator(
    real: Tensor, draws: CriticDraws, step: Int = 0
  ) -> CriticReport {
    let objective = settings.objective
    let arena = discriminator.arena
    arena.gradients.clear()

    discriminator.forward(real, shifts: draws.realShifts)
    let realLogits = discriminator.logits.array
    let realLoss = objective.loss.onReal(realLogits)
    discriminator.backward(realLoss.gradient, addsWeightGradients: true)

    generator.forward(draws.latents, usesBatchStatistics: true)
    discriminator.forward(generator.output, shifts: draws.generatedShifts)
    let generatedLogits = discriminator.logits.array
    let generatedLoss = objective.loss.onGenerated(generatedLogits)
    discriminator.backward(generatedLoss.gradient, addsWeightGradients: true)

    var penalty = (penalty: 0.0, meanNorm: 0.0)
    if objective.loss == .wganGP {
      between.interpolate(
        from: real, to: generator.output, at: draws.interpolation, team: workspace.team)
      discriminator.forward(between, shifts: draws.interpolatedShifts)
      penalty = addPenaltyGradients()
    }

    let gradientNorm = arena.gradients.norm(team: workspace.team)
    discriminatorOptimizer.update(
      rate: objective.criticRate * objective.rateFactor(atStep: step))
    if objective.loss == .wgan { arena.values.clamp(to: 0.01, team: workspace.team) }

    let threshold = objective.loss.threshold(real: realLogits, generated: generatedLogits)
    func part(_ logits: [Float], where isRight: (Float) -> Bool) -> Double {
      Double(logits.count(where: isRight)) / Double(logits.count)
    }
    func mean(_ logits: [Float]) -> Double {
      logits.reduce(0) { $0 + Double($1) } / Double(logits.count)
    }
    return CriticReport(
      loss: realLoss.loss + generatedLoss.loss, penalty: penalty.penalty,
      penalizedNorm: penalty.meanNorm, realLogit: mean(realLogits),
      generatedLogit: mean(generatedLogits),
      realAccuracy: part(realLogits) { $0 > threshold },
      generatedAccuracy: part(generatedLogits) { $0 < threshold }, gradientNorm: gradientNorm)
  }

  /// Adds the gradients of the penalty at the clips that the discriminator judged last.
  package func addPenaltyGradients() -> (penalty: Double, meanNorm: Double) {
    let ones = [Float](repeating: 1, count: discriminator.batchSize)
    discriminator.backward(ones, addsWeightGradients: false)
    let penalty = GradientPenalty.apply(to: discriminator.inputGradient, team: workspace.team)
    discriminator.tangent(discriminator.inputGradient)
    return penalty
  }

  /// Moves the generator once.
  ///
  /// - Parameters:
  ///   - latents: `[B, Z]`.
  ///   - shifts: phase shuffle of the discriminator's pass.
  ///   - step: steps made before, on which the rate depends.
  package func updateGenerator(
    latents: [Float], shifts: Discriminator.Shifts, step: Int = 0
  ) -> GeneratorReport {
    generator.arena.gradients.clear()
    generator.forward(latents, usesBatchStatistics: true)
    discriminator.forward(generator.output, shifts: shifts)
    let loss = settings.objective.loss.ofGenerator(discriminator.logits.array)
    discriminator.backward(loss.gradient, addsWeightGradients: false)
    generator.backward(discriminator.inputGradient)
    let gradientNorm = generator.arena.gradients.norm(team: workspace.team)
    generatorOptimizer.update(
      rate: settings.objective.generatorRate * settings.objective.rateFactor(atStep: step))
    return GeneratorReport(loss: loss.loss, gradientNorm: gradientNorm)
  }
}
