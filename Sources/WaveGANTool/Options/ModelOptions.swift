import ArgumentParser
import WaveGAN

/// The shape of the networks.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What makes the clips. wavegan: convolutions up to the waveform; istft: spectra, then an inverse \
      Fourier transform, not with --post-filter or --batchnorm. desktop: istft, paper: wavegan.
      """,
      valueName: "network"))
  var generator: ModelSettings.GeneratorKind?

  @Option(
    help: ArgumentHelp(
      "Width: channels of the layer nearest to the waveform. desktop: 16, paper: 64.",
      valueName: "channels"))
  var dim: Int?

  @Option(
    help: ArgumentHelp(
      "Numbers that a generated clip is made from. desktop: 64, paper: 100.", valueName: "count"))
  var latent: Int?

  @Option(
    help: ArgumentHelp(
      "How those numbers are drawn: gaussian (desktop) or uniform (paper).", valueName: "how"))
  var latentDistribution: ModelSettings.LatentDistribution?

  @Option(
    help: ArgumentHelp(
      "Taps of every convolution, but the istft generator's. Default: 25.", valueName: "taps"))
  var kernel: Int?

  @Option(
    help: ArgumentHelp(
      "Largest shift that the discriminator's layers are given at random; 0: none. Default: 2.",
      valueName: "steps"))
  var phaseShuffle: Int?

  @Flag(
    inversion: .prefixedNo,
    help: "Shift each clip of a batch on its own (desktop), or all alike (paper).")
  var shuffleEachClip: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      """
      Normalise each batch inside the networks; not with --loss wgan-gp or relativistic. Default: no.
      """))
  var batchnorm: Bool?

  @Option(
    help: ArgumentHelp(
      """
      How the wavegan generator makes time finer. nearest: repetition, then convolution (desktop); zeros: \
      transposed convolution (paper).
      """,
      valueName: "how"))
  var upsample: ModelSettings.Upsampling?

  @Flag(
    inversion: .prefixedNo,
    help: "Add constants in the wavegan generator's upsampling layers (paper), or not (desktop).")
  var upsampleBias: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Let the generator learn a filter of 512 taps over its output. Default: no.")
  var postFilter: Bool?

  @Option(
    help: ArgumentHelp(
      """
      What judges the clips. waveform: one discriminator of the samples (paper); stft: three of \
      spectra, with short, longer and long frames (desktop); both: all four.
      """,
      valueName: "what"))
  var discriminator: ModelSettings.Discriminators?

  @Flag(
    inversion: .prefixedNo,
    help: """
      Tell the networks each recording's label, so that render --label can ask for one. Default: if \
      there are 2 to 64 labels, each with 8 recordings for training or more; paper: no.
      """)
  var conditional: Bool?

  /// Makes sure that nothing was said that has no meaning for a generator.
  ///
  /// Presets and the settings of other runs may hold it: they have a value for everything.
  ///
  /// - Throws: ``SettingsError`` `.conflict`.
  func checkMeaning(for kind: ModelSettings.GeneratorKind?) throws {
    guard kind == .istft else { return }
    for (name, isGiven) in [
      ("--upsample", upsample != nil), ("--upsample-bias", upsampleBias != nil),
    ]
    where isGiven {
      throw SettingsError(
        .conflict, "\(name) with --generator istft",
        "only the wavegan generator can be made in several ways; leave \(name) out")
    }
  }

  /// What was said on the command line.
  var said: TrainingOptions {
    var options = TrainingOptions()
    options.generator = generator
    options.dim = dim
    options.latentSize = latent
    options.latentDistribution = latentDistribution
    options.kernelLength = kernel
    options.phaseShuffle = phaseShuffle
    options.shufflesEachClip = shuffleEachClip
    options.batchNormalization = batchnorm
    options.upsampling = upsample
    options.usesUpsamplingBias = upsampleBias
    options.postFilter = postFilter
    options.discriminators = discriminator
    options.isConditional = conditional
    return options
  }
}
