internal import NeuralNet

/// A convolution of a ``SpectralGenerator`` with its weights and a constant for each channel:
/// `[B, T, I]` → `[B, scale·T, O]`.
final class FrameConvolution {
  private let weight: Parameter
  private let bias: Parameter
  private let arena: ParameterArena
  private let convolution: Convolution
  private let team: ThreadTeam

  static func declarations(_ layer: SpectralGeometry.Layer) -> [ParameterArena.Declaration] {
    let (inputs, outputs) = (layer.inputChannelCount, layer.outputChannelCount)
    // As Kaiming's for LeakyReLU, times the gain (He et al. 2015, equation 15).
    let slope = Activation.leakySlope
    let variance = 2 / ((1 + slope * slope) * Float(layer.tapCount * inputs))
    return [
      .init(
        layer.name + ".weight", [outputs, inputs, layer.tapCount],
        .normal(deviation: layer.gain * variance.squareRoot())),
      .init(layer.name + ".bias", [outputs], .constant(0)),
    ]
  }

  init(_ layer: SpectralGeometry.Layer, arena: ParameterArena, workspace: Workspace) {
    self.arena = arena
    team = workspace.team
    weight = arena.parameter(layer.name + ".weight")
    bias = arena.parameter(layer.name + ".bias")
    convolution = layer.convolution(workspace: workspace)
  }

  func forward(_ input: Tensor, activation: Activation, into output: Tensor) {
    convolution.forward(
      input, weight: arena.values(of: weight), bias: arena.values(of: bias),
      activation: activation, into: output)
  }

  /// - Parameters:
  ///   - signal: gradient with respect to the output before its activation.
  ///   - input: what the forward pass was given.
  ///   - activation: the one that made the input, where the gradient goes back through it too.
  ///   - inputGradient: receives the gradient with respect to the input.
  func backward(
    _ signal: Tensor, input: Tensor, through activation: Activation = .identity,
    into inputGradient: Tensor
  ) {
    convolution.addWeightGradient(
      input: input, outputGradient: signal, to: arena.gradients(of: weight))
    signal.addChannelSums(to: arena.gradients(of: bias), team: team)
    convolution.adjoint(
      signal, weight: arena.values(of: weight),
      slope: activation == .identity ? nil : (activation, input), into: inputGradient)
  }
}
