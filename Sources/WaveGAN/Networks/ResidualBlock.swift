internal import NeuralNet

/// Two convolutions whose result is added to what they were given.
///
///     y = x + conv₁(LeakyReLU(conv₀(x))),   [B, T, C] → [B, T, C]
///
/// Source: He et al. 2016, without normalisation.
final class ResidualBlock {
  /// What the first convolution puts out, after LeakyReLU.
  let hidden: Tensor
  /// y.
  let output: Tensor

  private let first: FrameConvolution
  private let second: FrameConvolution
  private let team: ThreadTeam

  init(
    _ layers: [SpectralGeometry.Layer], batchSize: Int, arena: ParameterArena, workspace: Workspace
  ) {
    precondition(layers.count == 2, "a residual block has 2 convolutions, not \(layers.count)")
    first = FrameConvolution(layers[0], arena: arena, workspace: workspace)
    second = FrameConvolution(layers[1], arena: arena, workspace: workspace)
    hidden = Tensor(batchSize, layers[0].outputLength, layers[0].outputChannelCount)
    output = Tensor(batchSize, layers[1].outputLength, layers[1].outputChannelCount)
    team = workspace.team
  }

  func forward(_ input: Tensor) {
    first.forward(input, activation: .leakyReLU, into: hidden)
    second.forward(hidden, activation: .identity, into: output)
    output.add(input, team: team)
  }

  /// - Parameters:
  ///   - gradient: with respect to y; becomes the one with respect to x.
  ///   - input: x.
  ///   - scratch: room for two more of their shape.
  func backward(_ gradient: Tensor, input: Tensor, scratch: (Tensor, Tensor)) {
    second.backward(gradient, input: hidden, through: .leakyReLU, into: scratch.0)
    first.backward(scratch.0, input: input, into: scratch.1)
    gradient.add(scratch.1, team: team)
  }
}
