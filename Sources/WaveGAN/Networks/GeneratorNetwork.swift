package import NeuralNet

/// A network that turns vectors of numbers into clips.
///
/// Buffers for one batch are planned once; ``forward(_:usesBatchStatistics:)`` leaves there what
/// `backward(_:latentGradient:)` needs. Its first layer is dense, with parameters `project.weight`
/// `[rows, inputSize]` and `project.bias`.
package protocol GeneratorNetwork: AnyObject {
  /// Clips in a batch, B.
  var batchSize: Int { get }

  /// Numbers that a clip is made from.
  var inputSize: Int { get }

  /// What training changes.
  var arena: ParameterArena { get }

  /// Running statistics of batch normalisation; empty without it.
  var statisticsArena: ParameterArena { get }

  /// What each layer puts out, after its activation, in the order of the layers: `[B, T, C]`.
  var activations: [Tensor] { get }

  /// The generated clips, `[B, window, channels]`.
  var output: Tensor { get }

  /// Generates a batch of clips into `output`.
  ///
  /// - Parameters:
  ///   - latents: `[B, inputSize]`.
  ///   - usesBatchStatistics: whether batch normalisation measures this batch, as in training, or
  ///     uses its running statistics, as in rendering.
  func forward(_ latents: [Float], usesBatchStatistics: Bool)

  /// Adds the gradients of a loss to the arena's.
  ///
  /// - Parameters:
  ///   - outputGradient: of the loss with respect to ``output``.
  ///   - latentGradient: receives the gradient with respect to the vectors, `[B, 1, inputSize]`, where
  ///     it is asked for.
  func backward(_ outputGradient: Tensor, latentGradient: Tensor?)
}

extension GeneratorNetwork {
  /// Adds the gradients of a loss to the arena's.
  package func backward(_ outputGradient: Tensor) {
    backward(outputGradient, latentGradient: nil)
  }
}

extension TrainingSettings {
  /// Plans the generator that these settings ask for; all its parameters are zero.
  package func makeGenerator(batchSize: Int, workspace: Workspace) -> any GeneratorNetwork {
    switch model.generator {
    case .wavegan:
      Generator(
        geometry: NetworkGeometry(data: data, model: model), model: model, batchSize: batchSize,
        workspace: workspace)
    case .istft:
      SpectralGenerator(
        geometry: SpectralGeometry(data: data, model: model), batchSize: batchSize,
        workspace: workspace)
    }
  }
}
