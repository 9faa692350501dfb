/// What the networks are trained towards, and how fast.
public struct ObjectiveSettings: Codable, Sendable, Hashable {
  /// The two losses of a training; x is a real clip, g a generated one, D(·) a logit.
  public enum Loss: String, Codable, Sendable, Hashable, CaseIterable {
    /// Wasserstein distance with a penalty on the norm of D's gradient (Gulrajani et al. 2017).
    case wganGP = "wgan-gp"
    /// Wasserstein distance with clipped weights (Arjovsky et al. 2017).
    case wgan
    /// Least squares (Mao et al. 2017).
    case lsgan
    /// Cross-entropy, non-saturating for the generator (Goodfellow et al. 2014).
    case dcgan
    /// Hinge (Lim & Ye 2017).
    case hinge
    /// Each real clip against a generated one, with penalties on D's gradient at both
    /// (Huang et al. 2024).
    case relativistic
  }
  /// The two losses.
  public var loss: Loss

  /// Discriminator updates in a step, 1 ... 100.
  public var criticUpdates: Int

  /// Generator updates in a step, 1 ... 100.
  public var generatorUpdates: Int

  /// Clips in a batch, B, 2 ... 4,096.
  public var batchSize: Int

  /// Learning rate of the discriminator, 10⁻⁹ ... 1.
  public var criticRate: Double

  /// Learning rate of the generator, 10⁻⁹ ... 1.
  public var generatorRate: Double

  /// How soon both rates fall: at step s they are multiplied by 1 / √(1 + s / this). 0 keeps them.
  public var rateDecaySteps: Int

  /// Decay of the generator's running average in one step, 0 ..< 1; 0 keeps no average.
  public var averageDecay: Double

  /// Steps at the beginning that train the generator without the discriminator: see ``WarmUp``.
  public var warmUpSteps: Int {
    get { givenWarmUpSteps ?? 0 }
    set { givenWarmUpSteps = newValue == 0 ? nil : newValue }
  }

  /// nil for none, so that settings without a warm-up are written as they were before there was one,
  /// and name the same run.
  private var givenWarmUpSteps: Int?

  /// Factor γ of the penalty on the gradient of discriminators of spectra, by those spectra, 0 ... 10⁶;
  /// nil as the loss has it: 10 with ``Loss/relativistic``, 0 with others.
  public var spectralPenalty: Double?

  /// Steps from one that has penalties to the next, which then count so many times, 1 ... 1,000.
  public var penaltyEvery: Int {
    get { givenPenaltyEvery ?? 1 }
    set { givenPenaltyEvery = newValue == 1 ? nil : newValue }
  }

  /// nil for every step, for the same reason.
  private var givenPenaltyEvery: Int?

  /// Noise that is added to the recordings' vectors in each step of a warm-up, as a part of their own
  /// standard deviation, 0 ... 10: see ``WarmUp``.
  public var warmUpNoise: Double {
    get { givenWarmUpNoise ?? 0 }
    set { givenWarmUpNoise = newValue == 0 ? nil : newValue }
  }

  /// How strongly a warm-up draws the recordings' vectors towards N(0, 1), 0 ... 10: see ``WarmUp``.
  public var warmUpPull: Double {
    get { givenWarmUpPull ?? 0 }
    set { givenWarmUpPull = newValue == 0 ? nil : newValue }
  }

  /// How far draws lie from the recordings' vectors, 0.1 ... 1: see ``LatentPrior``; 1: from a Gaussian.
  public var priorBandwidth: Double {
    get { givenPriorBandwidth ?? 1 }
    set { givenPriorBandwidth = newValue == 1 ? nil : newValue }
  }

  /// Weight of the recordings' copies in the generator's loss after a warm-up, 0 ... 1,000: see
  /// ``RecordingCopies``.
  public var reconstruction: Double {
    get { givenReconstruction ?? 0 }
    set { givenReconstruction = newValue == 0 ? nil : newValue }
  }

  /// Probability of each kind of change that clips undergo before they are judged, 0 ... 1: see
  /// ``ClipChange``.
  public var augmentation: Double {
    get { givenAugmentation ?? 0 }
    set { givenAugmentation = newValue == 0 ? nil : newValue }
  }

  /// Root mean square of noise that all clips get before they are judged, in dBFS, −150 ... −20; 0 for
  /// none.
  ///
  /// With it, the digital silence after a short recording does not give away that it is one.
  public var ditherDecibels: Double {
    get { givenDither ?? 0 }
    set { givenDither = newValue == 0 ? nil : newValue }
  }

  /// Whether clips are judged otherwise than they are.
  package var changesClips: Bool { augmentation > 0 || ditherDecibels < 0 }

  // nil for none, as above.
  private var givenAugmentation: Double?
  private var givenDither: Double?
  private var givenReconstruction: Double?
  private var givenWarmUpNoise: Double?
  private var givenWarmUpPull: Double?
  // nil for 1.
  private var givenPriorBandwidth: Double?

  private enum CodingKeys: String, CodingKey {
    case loss
    case criticUpdates = "critic-updates"
    case generatorUpdates = "generator-updates"
    case batchSize = "batch"
    case criticRate = "critic-rate"
    case generatorRate = "generator-rate"
    case rateDecaySteps = "rate-decay"
    case averageDecay = "ema"
    case givenWarmUpSteps = "warm-up-steps"
    case spectralPenalty = "stft-penalty"
    case givenPenaltyEvery = "penalty-every"
    case givenWarmUpNoise = "warm-up-noise"
    case givenWarmUpPull = "warm-up-pull"
    case givenPriorBandwidth = "prior-bandwidth"
    case givenReconstruction = "reconstruction"
    case givenAugmentation = "augment"
    case givenDither = "dither"
  }

  /// The reference's objective where nothing is said.
  public init(
    loss: Loss = .wganGP, criticUpdates: Int = 5, generatorUpdates: Int = 1, batchSize: Int = 64,
    criticRate: Double = 1e-4, generatorRate: Double = 1e-4, rateDecaySteps: Int = 0,
    averageDecay: Double = 0, warmUpSteps: Int = 0, warmUpNoise: Double = 0,
    warmUpPull: Double = 0, priorBandwidth: Double = 1, reconstruction: Double = 0,
    spectralPenalty: Double? = nil, penaltyEvery: Int = 1, augmentation: Double = 0,
    ditherDecibels: Double = 0
  ) {
    self.loss = loss
    self.criticUpdates = criticUpdates
    self.generatorUpdates = generatorUpdates
    self.batchSize = batchSize
    self.criticRate = criticRate
    self.generatorRate = generatorRate
    self.rateDecaySteps = rateDecaySteps
    self.averageDecay = averageDecay
    self.warmUpSteps = warmUpSteps
    self.spectralPenalty = spectralPenalty
    self.penaltyEvery = penaltyEvery
    self.warmUpNoise = warmUpNoise
    self.warmUpPull = warmUpPull
    self.priorBandwidth = priorBandwidth
    self.reconstruction = reconstruction
    self.augmentation = augmentation
    self.ditherDecibels = ditherDecibels
  }

  /// What both learning rates are multiplied by at a step.
  ///
  /// - Parameter step: steps made before.
  package func rateFactor(atStep step: Int) -> Double {
    guard rateDecaySteps > 0 else { return 1 }
    return 1 / (1 + Double(step) / Double(rateDecaySteps)).squareRoot()
  }
}
