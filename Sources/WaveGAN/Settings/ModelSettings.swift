/// The shape of the two networks, apart from window and channels, which the data decide.
public struct ModelSettings: Codable, Sendable, Hashable {
  /// Which network makes the clips.
  public enum GeneratorKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// The reference's: convolutions up to the sample rate. See ``Generator``.
    case wavegan
    /// Spectra of frames, and an inverse Fourier transform. See ``SpectralGenerator``.
    case istft
  }
  /// Which network makes the clips.
  public var generator: GeneratorKind {
    get { givenGenerator ?? .wavegan }
    set { givenGenerator = newValue == .wavegan ? nil : newValue }
  }

  /// nil for the reference's, so that settings are written as they were before there was another, and
  /// name the same run.
  private var givenGenerator: GeneratorKind?

  /// Width: channels of the layer nearest to the waveform.
  public var dim: Int

  /// Coordinates of a latent vector, Z.
  public var latentSize: Int

  /// How latent vectors are drawn.
  public enum LatentDistribution: String, Codable, Sendable, Hashable, CaseIterable {
    /// Each coordinate from U(−1, 1), as in the reference.
    case uniform
    /// Each coordinate from N(0, 1).
    case gaussian
  }
  public var latentDistribution: LatentDistribution

  /// Taps of every convolution, K.
  public var kernelLength: Int

  /// Largest shift of phase shuffle, in time steps of the layer; 0 turns it off.
  public var phaseShuffle: Int

  /// Whether each clip of a batch is shifted on its own; the reference shifts a batch as one.
  public var shufflesEachClip: Bool

  /// Whether layers between the first and the last are batch-normalised.
  public var batchNormalization: Bool

  /// How the generator makes time finer.
  public enum Upsampling: String, Codable, Sendable, Hashable, CaseIterable {
    /// Transposed convolution: zeros between the steps.
    case zeros
    /// Repeats each step, then convolves with stride 1.
    case nearest
  }
  public var upsampling: Upsampling

  /// Whether the generator's upsampling layers add a constant to each channel.
  ///
  /// Without, a stretch of time whose features are all zero stays exactly silent, and there is no
  /// constant that upsampling could make a steady tone of.
  public var usesUpsamplingBias: Bool

  /// Whether a learned filter of ``postFilterLength`` taps follows the generator.
  public var postFilter: Bool

  /// The labels that both networks are told of each clip, in order; empty where they are told none.
  public var labels: [String] {
    get { givenLabels ?? [] }
    set { givenLabels = newValue.isEmpty ? nil : newValue }
  }

  /// nil for none, so that settings without labels are written as they were before there were any,
  /// and name the same run.
  private var givenLabels: [String]?

  /// The labels that a model can have: one would tell it nothing.
  public static let labelCounts = 2...1_024

  /// Numbers that the generator takes for a clip: the latent, then 1 for its label and 0 for others.
  package var inputSize: Int { latentSize + labels.count }

  /// Taps of the post-filter.
  public static let postFilterLength = 512

  private enum CodingKeys: String, CodingKey {
    case givenGenerator = "generator"
    case dim
    case latentSize = "latent"
    case latentDistribution = "latent-distribution"
    case kernelLength = "kernel"
    case phaseShuffle = "phase-shuffle"
    case shufflesEachClip = "shuffle-each-clip"
    case batchNormalization = "batchnorm"
    case upsampling = "upsample"
    case usesUpsamplingBias = "upsample-bias"
    case postFilter = "post-filter"
    case givenLabels = "conditional"
  }

  public init(
    dim: Int, latentSize: Int = 100, latentDistribution: LatentDistribution = .uniform,
    kernelLength: Int = 25, phaseShuffle: Int = 2, shufflesEachClip: Bool = false,
    batchNormalization: Bool = false, upsampling: Upsampling = .zeros,
    usesUpsamplingBias: Bool = true, postFilter: Bool = false, generator: GeneratorKind = .wavegan,
    labels: [String] = []
  ) {
    self.dim = dim
    self.latentSize = latentSize
    self.latentDistribution = latentDistribution
    self.kernelLength = kernelLength
    self.phaseShuffle = phaseShuffle
    self.shufflesEachClip = shufflesEachClip
    self.batchNormalization = batchNormalization
    self.upsampling = upsampling
    self.usesUpsamplingBias = usesUpsamplingBias
    self.postFilter = postFilter
    self.generator = generator
    self.labels = labels
  }
}
