package import NeuralNet

/// The two networks with all the state of their training.
///
/// An update is a pure function of this state and of what it is given: no random number is drawn
/// here, so a test can repeat any training exactly.
package final class Adversaries {
  /// What both networks and their training are made to.
  package let settings: TrainingSettings

  /// The network that makes clips.
  package let generator: any GeneratorNetwork

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

  /// What the warm-up has learned of each recording, from its first step on.
  package internal(set) var recordingLatents: RecordingLatents?

  /// What makes latent vectors of random numbers, after a warm-up; without one they are the latents.
  package internal(set) var prior: LatentPrior?

  /// The labels of the recordings for training, which the warm-up has a vector for each of.
  let recordingLabels: [Int]

  let workspace: Workspace

  /// What the discriminator judges together: real, generated and, for a penalty between them,
  /// interpolated clips.
  private let judged: Tensor

  /// Plans both networks and sets their weights from the seed.
  ///
  /// - Parameters:
  ///   - recordingLabels: the label of each recording for training, 0 where the networks are told
  ///     none; no recordings leave a warm-up out.
  ///   - usesDirectSums: whether no convolution is made in a faster way than by gathered windows.
  package init(
    settings: TrainingSettings, recordingLabels: [Int] = [], usesDirectSums: Bool = false,
    team: ThreadTeam
  ) {
    self.settings = settings
    self.recordingLabels = recordingLabels
    let geometry = NetworkGeometry(data: settings.data, model: settings.model)
    let batchSize = settings.objective.batchSize
    workspace = Workspace(team: team, usesDirectSums: usesDirectSums)
    generator = settings.makeGenerator(batchSize: batchSize, workspace: workspace)
    let judgedCount = settings.judgedCount
    discriminator = Discriminator(
      geometry: geometry, model: settings.model, capacity: judgedCount, workspace: workspace)
    generator.arena.initialize(seed: settings.seed, firstStream: 0)
    generator.initializeLabelColumns(settings: settings)
    generator.statisticsArena.initialize(seed: settings.seed, firstStream: 0)
    discriminator.arena.initialize(seed: settings.seed, firstStream: 1_000)
    discriminator.statisticsArena.initialize(seed: settings.seed, firstStream: 1_000)
    let rule = settings.objective.loss.optimizerRule
    generatorOptimizer = Optimizer(rule, for: generator.arena, team: team)
    discriminatorOptimizer = Optimizer(rule, for: discriminator.arena, team: team)
    average =
      settings.objective.averageDecay > 0
      ? GeneratorAverage(of: generator, decay: settings.objective.averageDecay) : nil
    judged = Tensor(judgedCount, geometry.windowLength, geometry.channelCount)
    prepareWarmUp(atStep: 0)
  }

  /// Forgets how the generator moved so far.
  func renewGeneratorOptimizer() {
    let rule = warmUp == nil ? settings.objective.loss.optimizerRule : WarmUp.optimizerRule
    generatorOptimizer = Optimizer(rule, for: generator.arena, team: workspace.team)
  }

  /// The random parts of an update of the discriminator.
  package struct CriticDraws {
    /// What the generator is given, `[B, Z + L]`.
    package var latents: [Float]
    /// α of x̂ = x + α·(g − x), one for each clip; used by the gradient penalty alone.
    package var interpolation: [Float]
    /// Phase shuffle of the passes over real, generated and interpolated clips.
    package var realShifts: Discriminator.Shifts
    package var generatedShifts: Discriminator.Shifts
    package var interpolatedShifts: Discriminator.Shifts
    /// Label of each generated clip, which is that of the real clip beside it, `[B]`; empty without
    /// labels.
    package var labels: [Int] = []

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
    generator.forward(draws.latents, usesBatchStatistics: true)
    let verdict =
      settings.model.batchNormalization
      ? judgeApart(real, draws) : judgeTogether(real, draws)

    let gradientNorm = arena.gradients.norm(team: workspace.team)
    discriminatorOptimizer.update(
      rate: objective.criticRate * objective.rateFactor(atStep: step))
    if objective.loss == .wgan { arena.values.clamp(to: 0.01, team: workspace.team) }

    let (realLogits, generatedLogits) = (verdict.real, verdict.generated)
    let threshold = objective.loss.threshold(real: realLogits, generated: generatedLogits)
    func part(_ logits: [Float], where isRight: (Float) -> Bool) -> Double {
      Double(logits.count(where: isRight)) / Double(logits.count)
    }
    func mean(_ logits: [Float]) -> Double {
      logits.reduce(0) { $0 + Double($1) } / Double(logits.count)
    }
    return CriticReport(
      loss: verdict.loss, penalty: verdict.penalty, penalizedNorm: verdict.penalizedNorm,
      realLogit: mean(realLogits), generatedLogit: mean(generatedLogits),
      realAccuracy: part(realLogits) { $0 > threshold },
      generatedAccuracy: part(generatedLogits) { $0 < threshold }, gradientNorm: gradientNorm)
  }

  /// What the discriminator said of a batch, and what that costs it.
  private struct Verdict {
    var real: [Float]
    var generated: [Float]
    var loss: Double
    var penalty = 0.0
    var penalizedNorm = 0.0
  }

  /// Judges real, generated and interpolated clips in one pass, and adds all gradients.
  private func judgeTogether(_ real: Tensor, _ draws: CriticDraws) -> Verdict {
    let loss = settings.objective.loss
    let count = real.shape[0]
    let (reals, generateds) = (0..<count, count..<2 * count)
    judged.clips(reals).assign(real)
    judged.clips(generateds).assign(generator.output)
    var shifts = zip(draws.realShifts, draws.generatedShifts).map { $0 + $1 }
    if loss.gradientPenalty == .towardsOne {
      judged.clips(2 * count..<3 * count).interpolate(
        from: real, to: generator.output, at: draws.interpolation, team: workspace.team)
      shifts = zip(shifts, draws.interpolatedShifts).map { $0 + $1 }
    }
    discriminator.forward(judged, shifts: shifts)
    let realLogits = discriminator.logits.clips(reals).array
    let generatedLogits = discriminator.logits.clips(generateds).array
    let realLoss = loss.onReal(realLogits, against: generatedLogits)
    let generatedLoss = loss.onGenerated(generatedLogits, against: realLogits)
    let lossGradient = realLoss.gradient + generatedLoss.gradient
    var verdict = Verdict(
      real: realLogits, generated: generatedLogits, loss: realLoss.loss + generatedLoss.loss)

    switch loss.gradientPenalty {
    case nil:
      discriminator.backward(lossGradient, inputGradientFrom: 2 * count)
      discriminator.addWeightGradients()
    case .towardsOne:
      // The interpolated clips have no part in the loss: one pass serves both.
      let ones = [Float](repeating: 1, count: count)
      discriminator.backward(lossGradient + ones, inputGradientFrom: 2 * count)
      (verdict.penalty, verdict.penalizedNorm) = penalize(2 * count..<3 * count)
    case .towardsZero:
      discriminator.backward(lossGradient, inputGradientFrom: 2 * count)
      discriminator.addWeightGradients()
      discriminator.backward([Float](repeating: 1, count: 2 * count))
      let parts = [reals, generateds].map { measurePenalty($0) }
      discriminator.tangent(discriminator.inputGradient)
      discriminator.addWeightGradients()
      verdict.penalty = parts[0].penalty + parts[1].penalty
      verdict.penalizedNorm = (parts[0].meanNorm + parts[1].meanNorm) / 2
    }
    return verdict
  }

  /// Judges real and generated clips each by themselves, as batch normalisation measures a batch;
  /// a paired loss needs the logits of both first, so there the generated ones are judged twice.
  private func judgeApart(_ real: Tensor, _ draws: CriticDraws) -> Verdict {
    let loss = settings.objective.loss
    var generatedLogits: [Float] = []
    if loss.isPaired {
      discriminator.forward(generator.output, shifts: draws.generatedShifts)
      generatedLogits = discriminator.logits.array
    }
    discriminator.forward(real, shifts: draws.realShifts)
    let realLogits = discriminator.logits.array
    let realLoss = loss.onReal(realLogits, against: generatedLogits)
    discriminator.backward(realLoss.gradient, inputGradientFrom: realLogits.count)
    discriminator.addWeightGradients()
    discriminator.forward(generator.output, shifts: draws.generatedShifts)
    generatedLogits = discriminator.logits.array
    let generatedLoss = loss.onGenerated(generatedLogits, against: realLogits)
    discriminator.backward(generatedLoss.gradient, inputGradientFrom: realLogits.count)
    discriminator.addWeightGradients()
    return Verdict(
      real: realLogits, generated: generatedLogits, loss: realLoss.loss + generatedLoss.loss)
  }

  /// Adds the gradients of the loss's penalty at some clips of the pass, up to its last one, and all
  /// other gradients of the pass.
  ///
  /// - Returns: the penalty, and the mean norm of the gradients that it is put on.
  private func penalize(_ clips: Range<Int>) -> (penalty: Double, meanNorm: Double) {
    let penalty = measurePenalty(clips)
    discriminator.tangent(
      discriminator.inputGradient.clips(clips), from: clips.lowerBound)
    discriminator.addWeightGradients()
    return penalty
  }

  /// Measures the penalty at some clips, and replaces ∇ₓD there by the penalty's gradient.
  private func measurePenalty(_ clips: Range<Int>) -> (penalty: Double, meanNorm: Double) {
    guard let penalty = settings.objective.loss.gradientPenalty else { return (0, 0) }
    return penalty.apply(to: discriminator.inputGradient.clips(clips), team: workspace.team)
  }

  /// Adds the gradients of the loss's penalty at the clips that the discriminator judged last.
  ///
  /// - Returns: the penalty, and the mean norm of the gradients that it is put on.
  package func addPenaltyGradients() -> (penalty: Double, meanNorm: Double) {
    let count = discriminator.logits.count
    discriminator.backward([Float](repeating: 1, count: count))
    return penalize(0..<count)
  }

  /// The random parts of an update of the generator.
  package struct GeneratorDraws {
    /// What the generator is given, `[B, Z + L]`.
    package var latents: [Float]
    /// Phase shuffle of the discriminator's pass over generated clips.
    package var shifts: Discriminator.Shifts
    /// Phase shuffle of its pass over real clips, which a paired loss alone has.
    package var realShifts: Discriminator.Shifts
    /// Label of each generated clip, which is that of the real clip beside it, `[B]`; empty without
    /// labels.
    package var labels: [Int] = []

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
  ///   - copies: recordings that it is to be able to copy, too.
  ///   - step: steps made before, on which the rate depends.
  package func updateGenerator(
    draws: GeneratorDraws, real: Tensor, copies: RecordingCopies? = nil, step: Int = 0
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
    discriminator.backward(loss.gradient)
    generator.backward(discriminator.inputGradient)
    let distance = copies?.addGradients(to: generator)
    let gradientNorm = generator.arena.gradients.norm(team: workspace.team)
    generatorOptimizer.update(rate: objective.generatorRate * objective.rateFactor(atStep: step))
    return GeneratorReport(
      loss: loss.loss, reconstructionLoss: distance, gradientNorm: gradientNorm)
  }
}

extension TrainingSettings {
  /// Clips that the discriminator judges together: with batch normalisation, which measures a batch,
  /// one batch; else real, generated and, for a penalty between them, interpolated clips.
  var judgedCount: Int {
    let batchCount = objective.loss.gradientPenalty == .towardsOne ? 3 : 2
    return (model.batchNormalization ? 1 : batchCount) * objective.batchSize
  }
}
