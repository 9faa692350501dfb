import ArgumentParser
import WaveGAN

/// What the networks are trained towards, and how fast.
struct ObjectiveOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      wgan-gp (paper), wgan, lsgan, dcgan (the non-saturating one), hinge or relativistic (real \
      against generated clips, in pairs: desktop).
      """,
      valueName: "name"))
  var loss: ObjectiveSettings.Loss?

  @Option(
    help: ArgumentHelp(
      "Discriminator updates in a step. desktop: 1, paper: 5.", valueName: "count"))
  var criticUpdates: Int?

  @Option(help: ArgumentHelp("Generator updates in a step. Default: 1.", valueName: "count"))
  var generatorUpdates: Int?

  @Option(help: ArgumentHelp("Clips in a batch. desktop: 32, paper: 64.", valueName: "clips"))
  var batch: Int?

  @Option(
    help: ArgumentHelp(
      "Learning rate of the discriminator. desktop: 2e-4, paper: 1e-4; others go with --loss.",
      valueName: "rate"))
  var criticRate: Double?

  @Option(
    help: ArgumentHelp(
      "Learning rate of the generator. desktop: 2e-4, paper: 1e-4; others go with --loss.",
      valueName: "rate"))
  var generatorRate: Double?

  @Option(
    help: ArgumentHelp(
      """
      How soon both rates fall: at step s they are divided by √(1 + s / this); 0: never. \
      desktop: 500, paper: 0.
      """,
      valueName: "steps"))
  var rateDecay: Int?

  @Option(
    help: ArgumentHelp(
      "Decay, in a step, of the generator's running average; 0: none. desktop: 0.999, paper: 0.",
      valueName: "decay"))
  var ema: Double?

  @Option(
    help: ArgumentHelp(
      """
      Steps at the beginning, counted in --steps, that only teach the generator to copy the \
      recordings, each from numbers of its own. desktop: 1000, or 3000 where it is told no labels; \
      paper: 0.
      """,
      valueName: "count"))
  var warmUpSteps: Int?

  @Option(
    help: ArgumentHelp(
      """
      Noise on the recordings' numbers in the warm-up, as a part of their own standard deviation. \
      desktop: 0.3.
      """,
      valueName: "part"))
  var warmUpNoise: Double?

  @Option(
    help: ArgumentHelp(
      """
      How strongly the warm-up draws the recordings' numbers towards mean 0 and deviation 1. \
      desktop: 0.1.
      """,
      valueName: "weight"))
  var warmUpPull: Double?

  @Option(
    help: ArgumentHelp(
      """
      How far new sounds begin from those that the warm-up copied: 0.1 near one of them, 1 anywhere \
      between all, or all of a label. Default: 0.5 after a warm-up without labels, otherwise 1.
      """,
      valueName: "part"))
  var priorBandwidth: Double?

  @Option(
    help: ArgumentHelp(
      """
      How much the generator's loss counts copying the recordings after the warm-up; at step s after \
      its S steps, divided by 1 + s/S. desktop: 0.5.
      """,
      valueName: "weight"))
  var reconstruction: Double?

  @Option(
    help: ArgumentHelp(
      """
      Weight of the penalty that keeps discriminators of spectra smooth; 0: none. \
      Default: 1 with --loss relativistic, otherwise 0; wgan-gp has its own.
      """,
      valueName: "weight"))
  var stftPenalty: Double?

  @Option(
    help: ArgumentHelp(
      """
      Put the penalties of the loss on every so many steps, where they count so many times. \
      Default: 1.
      """,
      valueName: "steps"))
  var penaltyEvery: Int?

  @Option(
    help: ArgumentHelp(
      """
      How often recorded and generated clips alike are shifted, made louder or softer, turned in \
      polarity, coloured or given noise, each by itself, before they are judged: for few recordings. \
      Default: 0.
      """,
      valueName: "part"))
  var augment: Double?

  // Without this parsing, a value that begins with a dash would be taken for another option.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Level of noise, such as -80, on recorded and generated clips alike before they are judged, so \
      that digital silence does not tell them apart; 0: none. Default: 0.
      """,
      valueName: "dBFS"))
  var dither: Double?

  /// What was said on the command line.
  var said: TrainingOptions {
    var options = TrainingOptions()
    options.loss = loss
    options.criticUpdates = criticUpdates
    options.generatorUpdates = generatorUpdates
    options.batchSize = batch
    options.criticRate = criticRate
    options.generatorRate = generatorRate
    options.rateDecaySteps = rateDecay
    options.averageDecay = ema
    options.warmUpSteps = warmUpSteps
    options.spectralPenalty = stftPenalty
    options.penaltyEvery = penaltyEvery
    options.warmUpNoise = warmUpNoise
    options.warmUpPull = warmUpPull
    options.priorBandwidth = priorBandwidth
    options.reconstruction = reconstruction
    options.augmentation = augment
    options.ditherDecibels = dither
    return options
  }
}
