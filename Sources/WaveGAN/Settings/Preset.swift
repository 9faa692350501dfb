/// A named set of values for every option that the recordings do not decide.
public enum Preset: String, Codable, Sendable, Hashable, CaseIterable {
  /// The reference (Donahue et al. 2019, and its program's defaults), number for number.
  ///
  /// The one thing added is the held-out tenth, without which nothing can be evaluated.
  case paper

  /// The best sound per minute on a few CPU cores.
  case desktop

  /// The values of this preset.
  ///
  /// - Parameter given: what was asked for, on which some of them depend: learning rates on the loss,
  ///   and what shapes a warm-up on whether there is one.
  public func options(for given: TrainingOptions = TrainingOptions()) -> TrainingOptions {
    var options = TrainingOptions()
    options.preset = self
    options.seed = 0
    options.channelCount = 1
    options.slices = .random
    options.overlap = 0
    options.padsEnd = false
    options.normalization = .peak
    options.trimsSilence = false
    options.alignsOnset = false
    options.labels = .folders
    options.onlyLabels = []
    options.holdout = 0.1
    options.kernelLength = 25
    options.phaseShuffle = 2
    options.batchNormalization = false
    options.postFilter = false
    options.generatorUpdates = 1
    options.penaltyEvery = 1
    options.augmentation = 0
    options.ditherDecibels = 0

    switch self {
    case .paper:
      options.sampleRate = 16_000
      options.windowLength = 16_384
      options.generator = .wavegan
      options.discriminators = .waveform
      options.loss = .wganGP
      options.dim = 64
      options.upsampling = .zeros
      options.usesUpsamplingBias = true
      options.latentSize = 100
      options.latentDistribution = .uniform
      options.shufflesEachClip = false
      options.isConditional = false
      options.criticUpdates = 5
      options.batchSize = 64
      options.rateDecaySteps = 0
      options.averageDecay = 0
      options.warmUpSteps = 0
      options.steps = 200_000
    case .desktop:
      options.generator = .istft
      options.discriminators = .stft
      options.loss = .relativistic
      options.dim = 16
      options.upsampling = .nearest
      options.usesUpsamplingBias = false
      options.latentSize = 64
      options.latentDistribution = .gaussian
      options.shufflesEachClip = true
      options.criticUpdates = 1
      options.batchSize = 32
      options.rateDecaySteps = 500
      options.averageDecay = 0.999
      options.warmUpSteps = 1_000
      options.minutes = 60
    }
    let isShaped = self == .desktop && (given.warmUpSteps ?? 1) > 0
    options.warmUpNoise = isShaped ? 0.3 : 0
    options.warmUpPull = isShaped ? 0.1 : 0
    options.reconstruction = isShaped ? 0.5 : 0
    (options.criticRate, options.generatorRate) = rates(for: given.loss ?? options.loss ?? .wganGP)
    return options
  }

  /// The learning rates of the discriminator and of the generator.
  ///
  /// The reference has one rate for both networks, which goes with the loss and its optimiser.
  /// `desktop` learns four times as fast where the loss bears it: its networks are small, and minutes
  /// count.
  private func rates(for loss: ObjectiveSettings.Loss) -> (critic: Double, generator: Double) {
    switch (self, loss) {
    case (.desktop, .wganGP), (.desktop, .hinge): (4e-4, 4e-4)
    case (_, .dcgan), (_, .relativistic): (2e-4, 2e-4)
    case (_, .wgan): (5e-5, 5e-5)
    case (_, .wganGP), (_, .lsgan), (_, .hinge): (1e-4, 1e-4)
    }
  }
}
