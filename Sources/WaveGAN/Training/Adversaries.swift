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
  package private(set) var generatorOptimizer: Optimizer

  /// Moves the discriminator's parameters.
  package let discriminatorOptimizer: Optimizer

  /// The running average of the generator's parameters and statistics, if one is kept.
  package let average: GeneratorAverage?

  /// The beginning without the discriminator, while it goes on.
  package internal(set) var warmUp: WarmUp?

  /// Recordings for training, which the warm-up has a vector for each of.
  let recordingCount: Int

  let workspace: Workspace

  /// Clips between real and generated ones, where the gradient penalty is measured.
  private let between: Tensor

  /// Plans both networks and sets their weights from the seed.
  ///
  /// - Parameter recordingCount: recordings for training; 0 leaves a warm-up out.
  package init(settings: TrainingSettings, recordingCount: Int = 0, team: ThreadTeam) {
    self.settings = settings
    self.recordingCount = recordingCount
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
    prepareWarmUp(atStep: 0)
  }

  /// Forgets how the generator moved so far.
  func renewGeneratorOptimizer() {
    let rule = warmUp == nil ? settings.objective.loss.optimizerRule : WarmUp.optimizerRule
    generatorOptimizer = Optimizer(rule, for: generator.arena, team: workspace.team)
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
  /// The network keeps what one pass leaves, so each batch is judged and its gradients are taken
  /// before the next. A paired loss needs the logits of both first: there the generated clips are
  /// judged once more.
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
    generator.forward(draws.latents, usesBatchStatistics: true)
    var penalties: [(penalty: Double, meanNorm: Double)] = []

    var generatedLogits: [Float] = []
    if objective.loss.isPaired {
      discriminator.forward(generator.output, shifts: draws.generatedShifts)
      generatedLogits = discriminator.logits.array
    }

    discriminator.forward(real, shifts: draws.realShifts)
    let realLogits = discriminator.logits.array
    let realLoss = objective.loss.onReal(realLogits, against: generatedLogits)
    discriminator.backward(realLoss.gradient, addsWeightGradients: true)
    if objective.loss.gradientPenalty == .towardsZero { penalties.append(addPenaltyGradients()) }

    discriminator.forward(generator.output, shifts: draws.generatedShifts)
    generatedLogits = discriminator.logits.array
    let generatedLoss = objective.loss.onGenerated(generatedLogits, against: realLogits)
    discriminator.backward(generatedLoss.gradient, addsWeightGradients: true)
    if objective.loss.gradientPenalty == .towardsZero { penalties.append(addPenaltyGradients()) }

    if objective.loss.gradientPenalty == .towardsOne {
      between.interpolate(
        from: real, to: generator.output, at: draws.interpolation, team: workspace.team)
      discriminator.forward(between, shifts: draws.interpolatedShifts)
      penalties.append(addPenaltyGradients())
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
      loss: realLoss.loss + generatedLoss.loss,
      penalty: penalties.reduce(0) { $0 + $1.penalty },
      penalizedNorm: penalties.reduce(0) { $0 + $1.meanNorm } / Double(max(1, penalties.count)),
      realLogit: mean(realLogits), generatedLogit: mean(generatedLogits),
      realAccuracy: part(realLogits) { $0 > threshold },
      generatedAccuracy: part(generatedLogits) { $0 < threshold }, gradientNorm: gradientNorm)
  }

  /// Adds the gradients of the loss's penalty at the clips that the discriminator judged last.
  ///
  /// - Returns: the penalty, and the mean norm of the gradients that it is put on.
  package func addPenaltyGradients() -> (penalty: Double, meanNorm: Double) {
    guard let gradientPenalty = settings.objective.loss.gradientPenalty else { return (0, 0) }
    let ones = [Float](repeating: 1, count: discriminator.batchSize)
    discriminator.backward(ones, addsWeightGradients: false)
    let penalty = gradientPenalty.apply(to: discriminator.inputGradient, team: workspace.team)
    discriminator.tangent(discriminator.inputGradient)
    return penalty
  }

  /// The random parts of an update of the generator.
  package struct GeneratorDraws {
    /// `[B, Z]`.
    package var latents: [Float]
    /// Phase shuffle of the discriminator's pass over generated clips.
    package var shifts: Discriminator.Shifts
    /// Phase shuffle of its pass over real clips, which a paired loss alone has.
    package var realShifts: Discriminator.Shifts

    package init(
      latents: [Float], shifts: Discriminator.Shifts, realShifts: Discriminator.Shifts = []
    ) {
      self.latents = latents
      self.shifts = shifts
      self.realShifts = realShifts
    }
  }

  /// Moves the generator once.
  ///
  /// - Parameters:
  ///   - real: the recorded clips that a paired loss compares with, `[B, window, channels]`; other
  ///     losses do not look at them.
  ///   - step: steps made before, on which the rate depends.
  package func updateGenerator(
    draws: GeneratorDraws, real: Tensor, step: Int = 0
  ) -> GeneratorReport {
    let objective = settings.objective
    generator.arena.gradients.clear()
    var realLogits: [Float] = []
    if objective.loss.isPaired {
      discriminator.forward(real, shifts: draws.realShifts)
      realLogits = discriminator.logits.array
    }
    generator.forward(draws.latents, usesBatchStatistics: true)
    discriminator.forward(generator.output, shifts: draws.shifts)
    let loss = objective.loss.ofGenerator(discriminator.logits.array, against: realLogits)
    discriminator.backward(loss.gradient, addsWeightGradients: false)
    generator.backward(discriminator.inputGradient)
    let gradientNorm = generator.arena.gradients.norm(team: workspace.team)
    generatorOptimizer.update(rate: objective.generatorRate * objective.rateFactor(atStep: step))
    return GeneratorReport(loss: loss.loss, gradientNorm: gradientNorm)
  }
}
