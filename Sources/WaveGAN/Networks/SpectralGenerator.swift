package import NeuralNet

/// A generator that makes the short-time spectra of a clip, and the clip from these by an inverse
/// Fourier transform.
///
///     z [B, Z + L] → dense → [B, 8, C₀] → LeakyReLU
///              → (steps twice → convolution → LeakyReLU → residual blocks)ⁿ → [B, T, C]
///              → channels of each step normalised → convolution → log-magnitudes and phases [B, T, channels·2F]
///              → inverse transform, overlapping frames added → [B, window, channels]
///
/// Its convolutions run at the rate of frames, a hundredth of the sample rate, where each step sees much
/// of a sound and costs little; how a tone goes on from sample to sample, it need not learn. Only what
/// becomes magnitudes and phases is normalised, by `ChannelNormalization`: an exponential of features
/// that grow without bound overflows. What goes before is kept in size by how it begins, see
/// `SpectralGeometry.residualGain`.
///
/// Sources: Kaneko et al. 2022 (iSTFTNet), Siuzdak 2024 (Vocos), which make spectra from spectra.
package final class SpectralGenerator: GeneratorNetwork {
  /// The layers.
  package let geometry: SpectralGeometry

  /// Clips in a batch, B.
  package let batchSize: Int

  /// Numbers that a clip is made from.
  package var inputSize: Int { geometry.inputSize }

  /// What training changes.
  package let arena: ParameterArena

  /// Empty: nothing is normalised.
  package let statisticsArena = ParameterArena([])

  /// What each layer puts out, the last one log-magnitudes and phases: `[B, T, C]`. Of a residual block,
  /// what its first convolution puts out, and the sum.
  package var activations: [Tensor] {
    [start] + stages.flatMap { [$0.output] + $0.blocks.flatMap { [$0.hidden, $0.output] } }
      + [features, columns]
  }

  /// The generated clips, `[B, window, channels]`.
  package var output: Tensor { head.output }

  private let latents: Tensor
  private let project: Projection
  private let start: Tensor
  private let stages: [SpectralStage]
  private let normalization: ChannelNormalization
  /// What the last stage puts out, normalised, and by what: `[B, T, C]` and `[B, T]`.
  private let features: Tensor
  private let scales: Tensor
  private let convolution: FrameConvolution
  private let columns: Tensor
  private let head: SpectralHead
  private let team: ThreadTeam

  /// Gradients with respect to ``start`` and ``columns``; made when first asked for, as rendering never
  /// does.
  private lazy var startSignal = Tensor(start.shape[0], start.shape[1], start.shape[2])
  private lazy var columnSignal = Tensor(columns.shape[0], columns.shape[1], columns.shape[2])

  /// Plans the network for batches of one size; all its parameters are zero.
  package init(geometry: SpectralGeometry, batchSize: Int, workspace: Workspace) {
    self.geometry = geometry
    self.batchSize = batchSize
    team = workspace.team
    arena = ParameterArena(Self.declarations(geometry))
    latents = Tensor(batchSize, 1, geometry.inputSize)
    project = Projection(geometry.projection, arena: arena, workspace: workspace)
    start = Tensor(batchSize, SpectralGeometry.baseLength, geometry.baseChannelCount)
    stages = geometry.stages.map { [arena] in
      SpectralStage($0, batchSize: batchSize, arena: arena, workspace: workspace)
    }
    normalization = ChannelNormalization(team: workspace.team)
    features = Tensor(batchSize, geometry.frameCount, geometry.head.inputChannelCount)
    scales = Tensor(batchSize, geometry.frameCount)
    convolution = FrameConvolution(geometry.head, arena: arena, workspace: workspace)
    columns = Tensor(batchSize, geometry.frameCount, geometry.head.outputChannelCount)
    head = SpectralHead(geometry, batchSize: batchSize, team: workspace.team)
  }

  /// The parameters of the whole network, in the order of their places.
  static func declarations(_ geometry: SpectralGeometry) -> [ParameterArena.Declaration] {
    Projection.declarations(
      geometry.projection,
      .kaimingNormal(fanIn: geometry.inputSize, slope: Activation.leakySlope))
      + geometry.layers.flatMap(FrameConvolution.declarations)
  }

  /// Generates a batch of clips into `output`; there are no statistics to use.
  package func forward(_ latents: [Float], usesBatchStatistics: Bool) {
    self.latents.assign(latents)
    project.forward(self.latents, activation: .leakyReLU, into: start)
    var input = start
    for stage in stages {
      stage.forward(input)
      input = stage.features
    }
    normalization.forward(input, into: features, scales: scales)
    convolution.forward(features, activation: .identity, into: columns)
    head.forward(columns)
  }

  package func backward(_ outputGradient: Tensor, latentGradient: Tensor?) {
    head.backward(outputGradient, input: columns, into: columnSignal)
    let last = stages[stages.count - 1]
    convolution.backward(columnSignal, input: features, into: last.gradient)
    normalization.backward(last.gradient, output: features, scales: scales)
    for (index, stage) in stages.enumerated().reversed() {
      let (input, gradient) =
        index > 0
        ? (stages[index - 1].features, stages[index - 1].gradient) : (start, startSignal)
      stage.backward(input: input, into: gradient)
    }
    Activation.leakyReLU.scale(startSignal, bySlopeAt: start, team: team)
    project.backward(startSignal, input: latents, into: latentGradient)
  }
}
