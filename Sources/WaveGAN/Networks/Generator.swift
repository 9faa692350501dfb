package import NeuralNet

/// WaveGAN's generator: transposed or upsampling convolutions from 16 time steps to the waveform.
///
///     z [B, Z + L] → dense → [B, 16, C₀] → ReLU
///              → (upsampling convolution → ReLU)ⁿ⁻¹ → upsampling convolution → tanh
///              → [B, window, channels] → post-filter, if there is one
///
/// With batch normalisation, it stands before each ReLU. Buffers for one batch are planned once;
/// ``forward(_:usesBatchStatistics:)`` leaves there what `backward(_:latentGradient:)` needs.
///
/// Source: Donahue et al. 2019, table 3.
package final class Generator: GeneratorNetwork {
  /// The layers of both networks.
  package let geometry: NetworkGeometry

  /// Clips in a batch, B.
  package let batchSize: Int

  /// Numbers that a clip is made from.
  package var inputSize: Int { geometry.projection.inputSize }

  /// What training changes.
  package let arena: ParameterArena

  /// Running statistics of batch normalisation; empty without it.
  package let statisticsArena: ParameterArena

  /// Outputs of the dense layer and of each convolution, after ReLU or tanh: `[B, T, C]`.
  package let activations: [Tensor]

  /// The generated clips, `[B, window, channels]`.
  package let output: Tensor

  private let workspace: Workspace
  private let latents: Tensor
  private let project: Projection
  private let layers: [UpsamplingLayer]
  private let norms: [NormalizedLayer?]
  private let postFilter: PostFilter?

  /// Gradients with respect to what each convolution put out before its activation; made when first
  /// asked for, as rendering never does.
  private lazy var signals = activations.map { Tensor($0.shape[0], $0.shape[1], $0.shape[2]) }

  /// Plans the network for batches of one size; all its parameters are zero.
  package init(
    geometry: NetworkGeometry, model: ModelSettings, batchSize: Int, workspace: Workspace
  ) {
    self.geometry = geometry
    self.batchSize = batchSize
    self.workspace = workspace

    let normalizedChannels = Self.normalizedChannels(geometry, model)
    arena = ParameterArena(Self.declarations(geometry, model: model))
    statisticsArena = ParameterArena(
      normalizedChannels.enumerated().flatMap {
        NormalizedLayer.statisticsDeclarations(index: $0.offset, channelCount: $0.element)
      })

    let shapes =
      [(NetworkGeometry.baseLength, geometry.baseChannelCount)]
      + geometry.generatorLayers.map { ($0.outputLength, $0.outputChannelCount) }
    activations = shapes.map { Tensor(batchSize, $0.0, $0.1) }
    latents = Tensor(batchSize, 1, geometry.projection.inputSize)
    project = Projection(geometry.projection, arena: arena, workspace: workspace)
    layers = geometry.generatorLayers.indices.map { [arena] in
      UpsamplingLayer($0, geometry, model: model, arena: arena, workspace: workspace)
    }
    norms = shapes.enumerated().map { [arena, statisticsArena] index, shape in
      guard index < normalizedChannels.count else { return nil }
      return NormalizedLayer(
        index: index, input: Tensor(batchSize, shape.0, shape.1), arena: arena,
        statisticsArena: statisticsArena, team: workspace.team)
    }
    if model.postFilter {
      let filter = PostFilter(geometry, batchSize: batchSize, arena: arena, workspace: workspace)
      postFilter = filter
      output = filter.output
    } else {
      postFilter = nil
      output = activations[activations.count - 1]
    }
  }

  /// The parameters of the whole network, in the order of their places.
  static func declarations(
    _ geometry: NetworkGeometry, model: ModelSettings
  ) -> [ParameterArena.Declaration] {
    let project = geometry.projection
    return Projection.declarations(
      project, .glorotUniform(fanIn: project.inputSize, fanOut: project.outputCount))
      + geometry.generatorLayers.indices.flatMap {
        UpsamplingLayer.declarations($0, geometry, model: model)
      }
      + normalizedChannels(geometry, model).enumerated().flatMap {
        NormalizedLayer.declarations(index: $0.offset, channelCount: $0.element)
      } + (model.postFilter ? PostFilter.declarations(geometry) : [])
  }

  /// Channels of each layer that is normalised, from the dense one on.
  private static func normalizedChannels(
    _ geometry: NetworkGeometry, _ model: ModelSettings
  ) -> [Int] {
    guard model.batchNormalization else { return [] }
    return [geometry.baseChannelCount]
      + geometry.generatorLayers.dropLast().map(\.outputChannelCount)
  }

  /// Generates a batch of clips into `output`.
  ///
  /// - Parameters:
  ///   - latents: `[B, Z + L]`.
  ///   - usesBatchStatistics: whether batch normalisation measures this batch, as in training, or
  ///     uses its running statistics, as in rendering.
  package func forward(_ latents: [Float], usesBatchStatistics: Bool) {
    self.latents.assign(latents)
    for index in activations.indices {
      let activation: Activation = index == activations.count - 1 ? .tanh : .relu
      let norm = norms[index]
      // A normalised layer's own output goes to the normalisation, which applies the ReLU.
      let target = norm?.input ?? activations[index]
      let inner: Activation = norm == nil ? activation : .identity
      if index == 0 {
        project.forward(self.latents, activation: inner, into: target)
      } else {
        layers[index - 1].forward(activations[index - 1], activation: inner, into: target)
      }
      norm?.forward(
        usesBatch: usesBatchStatistics, activation: activation, into: activations[index])
    }
    postFilter?.forward(activations[activations.count - 1])
  }

  /// Adds the gradients of a loss to the arena's.
  ///
  /// - Parameters:
  ///   - outputGradient: of the loss with respect to ``output``.
  ///   - latentGradient: receives the gradient with respect to the latents, `[B, 1, Z + L]`, where it is
  ///     asked for.
  package func backward(_ outputGradient: Tensor, latentGradient: Tensor?) {
    let last = activations.count - 1
    if let postFilter {
      postFilter.backward(outputGradient, input: activations[last], into: signals[last])
    } else {
      signals[last].assign(outputGradient)
    }
    Activation.tanh.scale(signals[last], bySlopeAt: activations[last], team: workspace.team)
    for index in stride(from: last, through: 1, by: -1) {
      norms[index]?.backward(signals[index])
      layers[index - 1].backward(
        signals[index], input: activations[index - 1], through: .relu, into: signals[index - 1])
    }
    norms[0]?.backward(signals[0])
    project.backward(signals[0], input: latents, into: latentGradient)
  }
}
