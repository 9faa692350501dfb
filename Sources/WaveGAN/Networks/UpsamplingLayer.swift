internal import NeuralNet

/// One layer of the generator: `[B, T, I]` → `[B, stride·T, O]`.
///
/// With `--upsample zeros` it is a transposed convolution, the transpose of the discriminator's
/// strided one; with `--upsample nearest` each step is repeated, then convolved with stride 1.
final class UpsamplingLayer {
  private let upsampling: ModelSettings.Upsampling
  private let weight: Parameter
  private let bias: Parameter?
  private let arena: ParameterArena
  private let convolution: Convolution
  private let team: ThreadTeam

  static func declarations(
    _ index: Int, _ geometry: NetworkGeometry, model: ModelSettings
  ) -> [ParameterArena.Declaration] {
    let layer = geometry.generatorLayers[index]
    let (inputs, outputs) = (layer.inputChannelCount, layer.outputChannelCount)
    let taps = geometry.kernelLength
    let weight = ParameterArena.Declaration(
      "up.\(index).weight",
      model.upsampling == .zeros ? [inputs, outputs, taps] : [outputs, inputs, taps],
      .glorotUniform(fanIn: taps * inputs, fanOut: taps * outputs))
    let bias = ParameterArena.Declaration("up.\(index).bias", [outputs], .constant(0))
    return model.usesUpsamplingBias ? [weight, bias] : [weight]
  }

  init(
    _ index: Int, _ geometry: NetworkGeometry, model: ModelSettings,
    arena: ParameterArena, workspace: Workspace
  ) {
    let layer = geometry.generatorLayers[index]
    upsampling = model.upsampling
    self.arena = arena
    team = workspace.team
    weight = arena.parameter("up.\(index).weight")
    bias = model.usesUpsamplingBias ? arena.parameter("up.\(index).bias") : nil
    convolution = geometry.convolution(upsampling: layer, model, workspace: workspace)
  }

  func forward(_ input: Tensor, activation: Activation, into output: Tensor) {
    let w = arena.values(of: weight)
    let b = bias.map { UnsafePointer(arena.values(of: $0)) }
    switch upsampling {
    case .zeros:
      convolution.adjoint(input, weight: w, bias: b, activation: activation, into: output)
    case .nearest:
      convolution.forward(input, weight: w, bias: b, activation: activation, into: output)
    }
  }

  /// - Parameters:
  ///   - signal: gradient with respect to the output before its activation.
  ///   - input: what the forward pass was given.
  ///   - inputGradient: receives the gradient with respect to it, multiplied by the slope of the
  ///     activation that made it.
  func backward(
    _ signal: Tensor, input: Tensor, through activation: Activation, into inputGradient: Tensor
  ) {
    let slope = (activation, input)
    let (w, gradient) = (arena.values(of: weight), arena.gradients(of: weight))
    switch upsampling {
    case .zeros:
      convolution.addWeightGradient(input: signal, outputGradient: input, to: gradient)
      convolution.forward(signal, weight: w, slope: slope, into: inputGradient)
    case .nearest:
      convolution.addWeightGradient(input: input, outputGradient: signal, to: gradient)
      convolution.adjoint(signal, weight: w, slope: slope, into: inputGradient)
    }
    if let bias { signal.addChannelSums(to: arena.gradients(of: bias), team: team) }
  }
}
