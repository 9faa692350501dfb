package import NeuralNet

/// The network that tells recorded clips from generated ones, also called the critic.
///
///     x [B, window, channels] → (strided convolution → LeakyReLU → phase shuffle)ⁿ
///                             → [B, 16, C₀] → dense → D(x) [B]
///
/// Phase shuffle follows the first four convolutions, but never the last; batch normalisation, if
/// there is any, stands before each LeakyReLU but the first, and always measures the batch.
///
/// Buffers for one batch are planned once and serve one pass after another: after
/// `forward(_:shifts:)` come ``backward(_:addsWeightGradients:)`` and, for penalties on the
/// gradient, `tangent(_:)`.
///
/// Source: Donahue et al. 2019, table 4 and section 3.3.
package final class Discriminator {
  /// The layers of both networks.
  package let geometry: NetworkGeometry

  /// Clips in a batch, B.
  package let batchSize: Int

  /// What training changes.
  package let arena: ParameterArena

  /// Running statistics of batch normalisation: kept for those who read checkpoints, as every pass
  /// here measures its batch. Empty without it.
  package let statisticsArena: ParameterArena

  /// Outputs of the convolutions after LeakyReLU, before phase shuffle: `[B, T, C]`.
  package let activations: [Tensor]

  /// D(x), `[B, 1, 1]`.
  package let logits: Tensor

  /// The gradient of the sum that ``backward(_:addsWeightGradients:)`` was given, with respect to
  /// x: `[B, window, channels]`.
  package let inputGradient: Tensor

  /// The steps by which each shuffled layer moves each clip: `[layer][clip]`.
  package typealias Shifts = [[Int]]

  private let workspace: Workspace
  private let input: Tensor
  private let convolutions: [Convolution]
  private let weights: [Parameter]
  private let biases: [Parameter]
  private let norms: [NormalizedLayer?]
  private let output: Convolution
  private let outputWeight: Parameter
  private let outputBias: Parameter

  /// What each convolution after the first is given: its predecessor's output, shuffled.
  private let shuffled: [Tensor]

  /// Gradients with respect to what each convolution put out before its activation.
  private let signals: [Tensor]

  /// Room for a gradient on its way back through phase shuffle, and for tangents.
  private let passing: [Tensor]
  private let logitGradient: Tensor
  private var shifts: Shifts = []

  /// Plans the network for batches of one size; all its parameters are zero.
  package init(
    geometry: NetworkGeometry, model: ModelSettings, batchSize: Int, workspace: Workspace
  ) {
    self.geometry = geometry
    self.batchSize = batchSize
    self.workspace = workspace
    let layers = geometry.discriminatorLayers
    let normalized = Self.normalizedLayers(geometry, model)
    let featureCount = NetworkGeometry.baseLength * geometry.baseChannelCount
    arena = ParameterArena(Self.declarations(geometry, model: model))
    weights = layers.indices.map { [arena] in arena.parameter("down.\($0).weight") }
    biases = layers.indices.map { [arena] in arena.parameter("down.\($0).bias") }
    outputWeight = arena.parameter("output.weight")
    outputBias = arena.parameter("output.bias")
    convolutions = layers.map {
      Convolution(
        geometry.strided($0), inputChannelCount: $0.inputChannelCount,
        outputChannelCount: $0.outputChannelCount, workspace: workspace)
    }
    output = .dense(inputCount: featureCount, outputCount: 1, workspace: workspace)

    func makeBuffers() -> [Tensor] {
      layers.map { Tensor(batchSize, $0.outputLength, $0.outputChannelCount) }
    }
    input = Tensor(batchSize, geometry.windowLength, geometry.channelCount)
    inputGradient = Tensor(batchSize, geometry.windowLength, geometry.channelCount)
    activations = makeBuffers()
    signals = makeBuffers()
    passing = makeBuffers()
    shuffled = activations.indices.map { [activations] index in
      geometry.isShuffled(discriminatorLayer: index) && model.phaseShuffle > 0
        ? Tensor(batchSize, layers[index].outputLength, layers[index].outputChannelCount)
        : activations[index]
    }
    logits = Tensor(batchSize, 1, 1)
    logitGradient = Tensor(batchSize, 1, 1)
    statisticsArena = ParameterArena(
      normalized.flatMap {
        NormalizedLayer.statisticsDeclarations(
          index: $0, channelCount: layers[$0].outputChannelCount)
      })
    norms = layers.indices.map { [arena, statisticsArena] index in
      guard normalized.contains(index) else { return nil }
      return NormalizedLayer(
        index: index,
        input: Tensor(batchSize, layers[index].outputLength, layers[index].outputChannelCount),
        arena: arena, statisticsArena: statisticsArena, team: workspace.team)
    }
  }

  /// The parameters of the whole network, in the order of their places.
  static func declarations(
    _ geometry: NetworkGeometry, model: ModelSettings
  ) -> [ParameterArena.Declaration] {
    let layers = geometry.discriminatorLayers
    let featureCount = NetworkGeometry.baseLength * geometry.baseChannelCount
    return layers.indices.flatMap { declarations($0, geometry) }
      + normalizedLayers(geometry, model).flatMap {
        NormalizedLayer.declarations(index: $0, channelCount: layers[$0].outputChannelCount)
      }
      + [
        .init(
          "output.weight", [1, featureCount],
          splitShape: [1, geometry.baseChannelCount, NetworkGeometry.baseLength],
          .glorotUniform(fanIn: featureCount, fanOut: 1)),
        .init("output.bias", [1], .constant(0)),
      ]
  }

  /// The convolutions that are normalised: all but the first.
  private static func normalizedLayers(
    _ geometry: NetworkGeometry, _ model: ModelSettings
  ) -> [Int] {
    model.batchNormalization ? Array(geometry.discriminatorLayers.indices.dropFirst()) : []
  }

  private static func declarations(
    _ index: Int, _ geometry: NetworkGeometry
  ) -> [ParameterArena.Declaration] {
    let layer = geometry.discriminatorLayers[index]
    let taps = geometry.kernelLength
    return [
      .init(
        "down.\(index).weight", [layer.outputChannelCount, layer.inputChannelCount, taps],
        .glorotUniform(
          fanIn: taps * layer.inputChannelCount, fanOut: taps * layer.outputChannelCount)),
      .init("down.\(index).bias", [layer.outputChannelCount], .constant(0)),
    ]
  }

  // MARK: Passes

  /// Judges a batch of clips: sets ``logits``.
  ///
  /// - Parameters:
  ///   - clips: `[B, window, channels]`.
  ///   - shifts: of phase shuffle, `[layer][clip]`; layers without it are left out at the end, and
  ///     an empty list shuffles nothing.
  package func forward(_ clips: Tensor, shifts: Shifts) {
    input.assign(clips)
    self.shifts = shifts
    for index in convolutions.indices {
      let norm = norms[index]
      convolutions[index].forward(
        source(of: index), weight: arena.values(of: weights[index]),
        bias: arena.values(of: biases[index]), activation: norm == nil ? .leakyReLU : .identity,
        into: norm?.input ?? activations[index])
      norm?.forward(usesBatch: true, activation: .leakyReLU, into: activations[index])
      shuffle(activations[index], layer: index, into: shuffled[index])
    }
    output.forward(
      asRows(shuffled[shuffled.count - 1]), weight: arena.values(of: outputWeight),
      bias: arena.values(of: outputBias), into: logits)
  }

  /// Takes a gradient with respect to `logits` back to `inputGradient`.
  ///
  /// - Parameters:
  ///   - gradient: one number for each clip, `[B]`.
  ///   - addsWeightGradients: whether the parameters' gradients are added to the arena's.
  package func backward(_ gradient: [Float], addsWeightGradients: Bool) {
    logitGradient.assign(gradient)
    let last = convolutions.count - 1
    if addsWeightGradients {
      output.addWeightGradient(
        input: asRows(shuffled[last]), outputGradient: logitGradient,
        to: arena.gradients(of: outputWeight))
      logitGradient.addChannelSums(to: arena.gradients(of: outputBias), team: workspace.team)
    }
    output.adjoint(
      logitGradient, weight: arena.values(of: outputWeight), into: asRows(signals[last]))
    for index in stride(from: last, through: 0, by: -1) {
      if index < last {
        unshuffle(passing[index], layer: index, into: signals[index])
      }
      Activation.leakyReLU.scale(
        signals[index], bySlopeAt: activations[index], team: workspace.team)
      norms[index]?.backward(signals[index])
      if addsWeightGradients {
        convolutions[index].addWeightGradient(
          input: source(of: index), outputGradient: signals[index],
          to: arena.gradients(of: weights[index]))
        signals[index].addChannelSums(to: arena.gradients(of: biases[index]), team: workspace.team)
      }
      convolutions[index].adjoint(
        signals[index], weight: arena.values(of: weights[index]),
        into: index == 0 ? inputGradient : passing[index - 1])
    }
  }

  /// Adds `∇_W ⟨v, ∇ₓD(x)⟩` to the arena's gradients: one forward pass of v through the linearised
  /// network, paired with the signals that the backward pass left.
  ///
  /// The network is linear given the signs of its activations, so with its layers written as
  /// matrices, `∇ₓD = W₁ᵀ M₁ W₂ᵀ M₂ … wₒ`, and the derivative of `⟨v, ∇ₓD⟩` by Wₗ pairs what the
  /// layers before make of v with the gradient δₗ that the layers behind sent back. Biases do not
  /// occur. It must follow a backward pass that was given 1 for each clip.
  ///
  /// - Parameter direction: v, `[B, window, channels]`.
  /// - Precondition: the network has no batch normalisation, which is not linear given signs.
  package func tangent(_ direction: Tensor) {
    precondition(norms.allSatisfy { $0 == nil }, "batch normalisation has no tangent pass here")
    for index in convolutions.indices {
      let source = index == 0 ? direction : shuffled[index - 1]
      convolutions[index].addWeightGradient(
        input: source, outputGradient: signals[index], to: arena.gradients(of: weights[index]))
      convolutions[index].forward(
        source, weight: arena.values(of: weights[index]), into: passing[index])
      Activation.leakyReLU.scale(
        passing[index], bySlopeAt: activations[index], team: workspace.team)
      // What the forward pass left here has served: the layer's signs were used just above.
      shuffle(passing[index], layer: index, into: shuffled[index])
    }
    output.addWeightGradient(
      input: asRows(shuffled[shuffled.count - 1]), outputGradient: logitGradient,
      to: arena.gradients(of: outputWeight))
  }

  /// What a convolution is given in the forward pass.
  private func source(of index: Int) -> Tensor { index == 0 ? input : shuffled[index - 1] }

  private func shuffle(_ source: Tensor, layer: Int, into target: Tensor) {
    if layer < shifts.count && shuffled[layer] !== activations[layer] {
      PhaseShuffle.forward(source, shifts: shifts[layer], into: target, team: workspace.team)
    } else if target !== source {
      target.assign(source)
    }
  }

  private func unshuffle(_ gradient: Tensor, layer: Int, into target: Tensor) {
    if layer < shifts.count && shuffled[layer] !== activations[layer] {
      PhaseShuffle.adjoint(gradient, shifts: shifts[layer], into: target, team: workspace.team)
    } else {
      target.assign(gradient)
    }
  }

  private func asRows(_ block: Tensor) -> Tensor {
    Tensor(sharing: block, shape: block.shape[0], 1, block.shape[1] * block.shape[2])
  }
}
