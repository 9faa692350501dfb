package import NeuralNet

/// A discriminator with all that its training takes: what it is shown of a clip, its optimiser, and
/// its penalty.
///
/// One is shown waveforms, others the ``LogSpectrum`` of one resolution each. Each has a loss of its
/// own against its own logits, and its own penalty, which is taken at what it is shown.
package final class Judge {
  /// The network.
  package let discriminator: Discriminator

  /// Moves its parameters.
  package let optimizer: Optimizer

  /// What makes spectra of clips; nil where waveforms are judged.
  private let spectrum: LogSpectrum?

  /// What it judges together: real, generated and, for a penalty between them, interpolated clips.
  private let judged: Tensor

  private let settings: TrainingSettings
  private let penalty: GradientPenalty?
  private let team: ThreadTeam

  /// Plans the network and sets its weights from the seed.
  init(_ design: DiscriminatorDesign, settings: TrainingSettings, workspace: Workspace) {
    self.settings = settings
    team = workspace.team
    penalty = settings.penalty(of: design)
    let capacity = settings.judgedCount(of: design)
    discriminator = Discriminator(design, capacity: capacity, workspace: workspace)
    spectrum = design.fftLength.map {
      LogSpectrum(
        fftLength: $0, sampleCount: settings.data.windowLength,
        frameScale: settings.data.frameScale)
    }
    judged = Tensor(capacity, design.inputLength, design.inputChannelCount)
    // Each takes random numbers of its own, whatever others there are.
    let firstStream = design.fftLength.map { 4_000 + 100 * $0.trailingZeroBitCount } ?? 1_000
    discriminator.arena.initialize(seed: settings.seed, firstStream: firstStream)
    discriminator.statisticsArena.initialize(seed: settings.seed, firstStream: firstStream)
    optimizer = Optimizer(
      settings.objective.loss.optimizerRule, for: discriminator.arena, team: workspace.team)
  }

  /// What stands before the names of its parameters in files: `discriminator`, or
  /// `discriminator.stft-256`.
  var name: String {
    discriminator.design.fftLength.map { "discriminator.stft-\($0)" } ?? "discriminator"
  }

  // MARK: Its own update

  /// Moves the discriminator once.
  ///
  /// - Parameters:
  ///   - real: recorded clips, `[B, window, channels]`.
  ///   - generated: generated clips, likewise.
  ///   - draws: the random parts.
  ///   - step: steps made before, on which the rate and the penalty depend.
  func update(
    real: Tensor, generated: Tensor, draws: Adversaries.CriticDraws, step: Int
  ) -> CriticReport {
    let objective = settings.objective
    let arena = discriminator.arena
    arena.gradients.clear()
    let verdict =
      settings.model.batchNormalization
      ? judgeApart(real, generated, draws)
      : judgeTogether(
        real, generated, draws,
        penalty: step.isMultiple(of: objective.penaltyEvery) ? penalty : nil)

    let gradientNorm = arena.gradients.norm(team: team)
    optimizer.update(rate: objective.criticRate * objective.rateFactor(atStep: step))
    if objective.loss == .wgan { arena.values.clamp(to: 0.01, team: team) }

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
  private func judgeTogether(
    _ real: Tensor, _ generated: Tensor, _ draws: Adversaries.CriticDraws,
    penalty: GradientPenalty?
  ) -> Verdict {
    let loss = settings.objective.loss
    let count = real.shape[0]
    let (reals, generateds) = (0..<count, count..<2 * count)
    show(real, in: judged.clips(reals))
    show(generated, in: judged.clips(generateds))
    var shifts = zip(draws.realShifts, draws.generatedShifts).map { $0 + $1 }
    var labels = draws.labels + draws.labels
    var clips = 0..<2 * count
    if penalty == .towardsOne {
      clips = 0..<3 * count
      judged.clips(2 * count..<3 * count).interpolate(
        from: judged.clips(reals), to: judged.clips(generateds), at: draws.interpolation,
        team: team)
      shifts = zip(shifts, draws.interpolatedShifts).map { $0 + $1 }
      labels += draws.labels
    }
    discriminator.forward(judged.clips(clips), shifts: shifts, labels: labels)
    let realLogits = discriminator.logits.clips(reals).array
    let generatedLogits = discriminator.logits.clips(generateds).array
    let realLoss = loss.onReal(realLogits, against: generatedLogits)
    let generatedLoss = loss.onGenerated(generatedLogits, against: realLogits)
    let lossGradient = realLoss.gradient + generatedLoss.gradient
    var verdict = Verdict(
      real: realLogits, generated: generatedLogits, loss: realLoss.loss + generatedLoss.loss)

    switch penalty {
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
  private func judgeApart(
    _ real: Tensor, _ generated: Tensor, _ draws: Adversaries.CriticDraws
  ) -> Verdict {
    let loss = settings.objective.loss
    var generatedLogits: [Float] = []
    if loss.isPaired {
      generatedLogits = logits(of: generated, draws.generatedShifts, draws.labels)
    }
    let realLogits = logits(of: real, draws.realShifts, draws.labels)
    let realLoss = loss.onReal(realLogits, against: generatedLogits)
    discriminator.backward(realLoss.gradient, inputGradientFrom: realLogits.count)
    discriminator.addWeightGradients()
    generatedLogits = logits(of: generated, draws.generatedShifts, draws.labels)
    let generatedLoss = loss.onGenerated(generatedLogits, against: realLogits)
    discriminator.backward(generatedLoss.gradient, inputGradientFrom: realLogits.count)
    discriminator.addWeightGradients()
    return Verdict(
      real: realLogits, generated: generatedLogits, loss: realLoss.loss + generatedLoss.loss)
  }

  /// Adds the gradients of the penalty at some clips of the pass, up to its last one, and all
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

  /// Measures the penalty at some clips, and replaces ∇ₓD there by the penalty's gradient. A penalty
  /// that comes every k steps counts k times.
  private func measurePenalty(_ clips: Range<Int>) -> (penalty: Double, meanNorm: Double) {
    guard let penalty else { return (0, 0) }
    return penalty.apply(
      to: discriminator.inputGradient.clips(clips),
      times: Double(settings.objective.penaltyEvery), team: team)
  }

  /// Adds the gradients of the penalty at the clips that the discriminator judged last.
  ///
  /// - Returns: the penalty, and the mean norm of the gradients that it is put on.
  package func addPenaltyGradients() -> (penalty: Double, meanNorm: Double) {
    let count = discriminator.logits.count
    discriminator.backward([Float](repeating: 1, count: count))
    return penalize(0..<count)
  }

  // MARK: The generator's update

  /// Measures the generator's loss, and adds its gradient by the generated clips.
  ///
  /// - Parameters:
  ///   - generated: `[B, window, channels]`.
  ///   - real: the recorded clips that a paired loss compares with, likewise.
  ///   - draws: the random parts.
  ///   - share: what the gradient is multiplied by.
  ///   - gradient: receives the sum, as the clips.
  /// - Returns: the loss.
  func judgeForGenerator(
    _ generated: Tensor, real: Tensor, draws: Adversaries.GeneratorDraws, share: Float,
    addingGradientTo gradient: Tensor
  ) -> Double {
    let objective = settings.objective
    let realLogits =
      objective.loss.isPaired ? logits(of: real, draws.realShifts, draws.labels) : []
    let loss = objective.loss.ofGenerator(
      logits(of: generated, draws.shifts, draws.labels), against: realLogits)
    discriminator.backward(loss.gradient.map { share * $0 })
    if let spectrum {
      spectrum.addAdjoint(discriminator.inputGradient, at: generated, to: gradient, team: team)
    } else {
      gradient.add(discriminator.inputGradient, team: team)
    }
    return loss.loss
  }

  // MARK: What it is shown

  /// Judges a batch by itself.
  private func logits(
    of clips: Tensor, _ shifts: Discriminator.Shifts, _ labels: [Int]
  ) -> [Float] {
    var shown = clips
    if spectrum != nil {
      shown = judged.clips(0..<clips.shape[0])
      show(clips, in: shown)
    }
    discriminator.forward(shown, shifts: shifts, labels: labels)
    return discriminator.logits.array
  }

  private func show(_ clips: Tensor, in place: Tensor) {
    if let spectrum {
      spectrum.forward(clips, into: place, team: team)
    } else {
      place.assign(clips)
    }
  }
}

extension TrainingSettings {
  /// What keeps a discriminator's gradient small; nil for nothing.
  ///
  /// At spectra, which have other numbers than waveforms, a penalty towards zero has a factor of its
  /// own, and may be asked for, or be left out, whatever the loss is.
  func penalty(of design: DiscriminatorDesign) -> GradientPenalty? {
    let penalty = objective.loss.gradientPenalty
    guard design.fftLength != nil, penalty != .towardsOne else { return penalty }
    let gamma =
      objective.spectralPenalty ?? (penalty == nil ? 0 : GradientPenalty.spectralGamma)
    return gamma > 0 ? .towardsZero(gamma: gamma) : nil
  }

  /// Clips that a discriminator judges together: with batch normalisation, which measures a batch,
  /// one batch; else real, generated and, for a penalty between them, interpolated clips.
  func judgedCount(of design: DiscriminatorDesign) -> Int {
    let batchCount = penalty(of: design) == .towardsOne ? 3 : 2
    return (model.batchNormalization ? 1 : batchCount) * objective.batchSize
  }
}
