package import NeuralNet

/// The generator and its discriminators with all the state of their training.
///
/// An update is a pure function of this state and of what it is given: no random number is drawn
/// here, so a test can repeat any training exactly.
///
/// Each discriminator learns by itself. The generator's loss is the mean of its losses against each, so
/// that its size does not depend on how many there are.
package final class Adversaries {
  /// What the networks and their training are made to.
  package let settings: TrainingSettings

  /// The network that makes clips.
  package let generator: any GeneratorNetwork

  /// The networks that judge them, that of waveforms first.
  package let judges: [Judge]

  /// The first of those networks: in most trainings the only one.
  package var discriminator: Discriminator { judges[0].discriminator }

  /// Moves the generator's parameters.
  package private(set) var generatorOptimizer: Optimizer

  /// Moves the first discriminator's parameters.
  package var discriminatorOptimizer: Optimizer { judges[0].optimizer }

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

  /// The gradient of the generator's loss by its clips.
  private let soundGradient: Tensor

  /// Real and generated clips as the discriminators are shown them, where they are changed.
  private lazy var changedReal = batch()
  private lazy var changedGenerated = batch()

  /// Plans all networks and sets their weights from the seed.
  ///
  /// - Parameters:
  ///   - settings: of the training.
  ///   - recordingLabels: the label of each recording for training, 0 where the networks are told
  ///     none; no recordings leave a warm-up out.
  ///   - usesDirectSums: whether no convolution is made in a faster way than by gathered windows.
  ///   - team: the threads that share the work.
  package init(
    settings: TrainingSettings, recordingLabels: [Int] = [], usesDirectSums: Bool = false,
    team: ThreadTeam
  ) {
    self.settings = settings
    self.recordingLabels = recordingLabels
    let batchSize = settings.objective.batchSize
    workspace = Workspace(team: team, usesDirectSums: usesDirectSums)
    generator = settings.makeGenerator(batchSize: batchSize, workspace: workspace)
    judges = DiscriminatorDesign.all(for: settings).map { [workspace] in
      Judge($0, settings: settings, workspace: workspace)
    }
    generator.arena.initialize(seed: settings.seed, firstStream: 0)
    generator.initializeLabelColumns(settings: settings)
    generator.statisticsArena.initialize(seed: settings.seed, firstStream: 0)
    let rule = settings.objective.loss.optimizerRule
    generatorOptimizer = Optimizer(rule, for: generator.arena, team: team)
    average =
      settings.objective.averageDecay > 0
      ? GeneratorAverage(of: generator, decay: settings.objective.averageDecay) : nil
    soundGradient = Tensor(batchSize, settings.data.windowLength, settings.data.channelCount)
    prepareWarmUp(atStep: 0)
  }

  /// Forgets how the generator moved so far.
  func renewGeneratorOptimizer() {
    let rule = warmUp == nil ? settings.objective.loss.optimizerRule : WarmUp.optimizerRule
    generatorOptimizer = Optimizer(rule, for: generator.arena, team: workspace.team)
  }

  /// The random parts of an update of the discriminators.
  package struct CriticDraws {
    /// What the generator is given, `[B, Z + L]`.
    package var latents: [Float]
    /// α of x̂ = x + α·(g − x), one for each clip; used by the gradient penalty alone.
    package var interpolation: [Float]
    /// Phase shuffle of the passes over real, generated and interpolated clips.
    package var realShifts: Discriminator.Shifts
    package var generatedShifts: Discriminator.Shifts
    package var interpolatedShifts: Discriminator.Shifts
    /// What is done to the real and to the generated clips before they are judged, `[B]`; empty for
    /// nothing.
    package var realChanges: [ClipChange] = []
    package var generatedChanges: [ClipChange] = []
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

  /// Moves each discriminator once.
  ///
  /// - Parameters:
  ///   - real: recorded clips, `[B, window, channels]`.
  ///   - draws: the random parts.
  ///   - step: steps made before, on which rate and penalty depend.
  /// - Returns: the mean of what they measured.
  package func updateDiscriminator(
    real: Tensor, draws: CriticDraws, step: Int = 0
  ) -> CriticReport {
    generator.forward(draws.latents, usesBatchStatistics: true)
    let real = shown(real, draws.realChanges, in: changedReal)
    let generated = shown(generator.output, draws.generatedChanges, in: changedGenerated)
    return CriticReport(
      meanOf: judges.map {
        $0.update(real: real, generated: generated, draws: draws, step: step)
      })
  }

  /// The random parts of an update of the generator.
  package struct GeneratorDraws {
    /// What the generator is given, `[B, Z + L]`.
    package var latents: [Float]
    /// Phase shuffle of the discriminator's pass over generated clips.
    package var shifts: Discriminator.Shifts
    /// Phase shuffle of its pass over real clips, which a paired loss alone has.
    package var realShifts: Discriminator.Shifts
    /// What is done to the generated and to the real clips before they are judged, `[B]`; empty for
    /// nothing.
    package var changes: [ClipChange] = []
    package var realChanges: [ClipChange] = []
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
  ///   - draws: the random numbers of the update.
  ///   - real: the recorded clips that a paired loss compares with, `[B, window, channels]`; other
  ///     losses do not look at them.
  ///   - copies: recordings that it is to be able to copy, too.
  ///   - step: steps made before, on which the rate depends.
  package func updateGenerator(
    draws: GeneratorDraws, real: Tensor, copies: RecordingCopies? = nil, step: Int = 0
  ) -> GeneratorReport {
    let objective = settings.objective
    generator.arena.gradients.clear()
    generator.forward(draws.latents, usesBatchStatistics: true)
    soundGradient.clear()
    let real = shown(real, draws.realChanges, in: changedReal)
    let generated = shown(generator.output, draws.changes, in: changedGenerated)
    let losses = judges.map {
      $0.judgeForGenerator(
        generated, real: real, draws: draws, share: 1 / Float(judges.count),
        addingGradientTo: soundGradient)
    }
    if draws.changes.isEmpty {
      generator.backward(soundGradient)
    } else {
      // The changed clips have been judged, so there is room.
      generated.assign(soundGradient, takenBackThrough: draws.changes, team: workspace.team)
      generator.backward(generated)
    }
    let distance = copies?.addGradients(to: generator)
    let gradientNorm = generator.arena.gradients.norm(team: workspace.team)
    generatorOptimizer.update(rate: objective.generatorRate * objective.rateFactor(atStep: step))
    return GeneratorReport(
      loss: losses.reduce(0, +) / Double(losses.count), reconstructionLoss: distance,
      gradientNorm: gradientNorm)
  }

  // MARK: What the discriminators are shown

  /// Changes clips, if there are changes.
  ///
  /// - Parameter place: receives the changed clips; made when it is first needed.
  private func shown(
    _ clips: Tensor, _ changes: [ClipChange], in place: @autoclosure () -> Tensor
  ) -> Tensor {
    guard !changes.isEmpty else { return clips }
    let place = place()
    place.assign(clips, changedBy: changes, team: workspace.team)
    return place
  }

  /// Room for a batch of clips, `[B, window, channels]`.
  private func batch() -> Tensor {
    let data = settings.data
    return Tensor(settings.objective.batchSize, data.windowLength, data.channelCount)
  }
}
