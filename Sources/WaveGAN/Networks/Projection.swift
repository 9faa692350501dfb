internal import NeuralNet

/// A generator's dense layer: z `[B, Z + L]` → `[B, T₀, C₀]`.
///
/// In files its rows are channel-major, row c·T₀ + t, so that PyTorch's `view(B, C₀, T₀)` of the
/// output has channels first.
final class Projection {
  /// From how many numbers it makes how many.
  struct Shape {
    /// Numbers that a clip is made from, Z + L.
    let inputSize: Int
    /// Time steps that go out, T₀.
    let stepCount: Int
    /// Channels that go out, C₀.
    let channelCount: Int

    /// Numbers that go out.
    var outputCount: Int { stepCount * channelCount }

    /// The sums of the layer: `[B, 1, Z + L]` → `[B, 1, T₀·C₀]`.
    func convolution(workspace: Workspace) -> Convolution {
      .dense(inputCount: inputSize, outputCount: outputCount, workspace: workspace)
    }
  }

  private let weight: Parameter
  private let bias: Parameter
  private let arena: ParameterArena
  private let product: Convolution
  private let team: ThreadTeam

  /// - Parameters:
  ///   - shape: from how many numbers it makes how many.
  ///   - initializer: how the weights are first set.
  static func declarations(
    _ shape: Shape, _ initializer: Initializer
  ) -> [ParameterArena.Declaration] {
    let (steps, channels) = (shape.stepCount, shape.channelCount)
    return [
      .init(
        "project.weight", [shape.outputCount, shape.inputSize],
        splitShape: [channels, steps, shape.inputSize], initializer),
      .init(
        "project.bias", [shape.outputCount], splitShape: [channels, steps], .constant(0)),
    ]
  }

  init(_ shape: Shape, arena: ParameterArena, workspace: Workspace) {
    self.arena = arena
    team = workspace.team
    weight = arena.parameter("project.weight")
    bias = arena.parameter("project.bias")
    product = shape.convolution(workspace: workspace)
  }

  /// - Parameters:
  ///   - input: `[B, 1, Z + L]`.
  ///   - output: `[B, T₀, C₀]`.
  func forward(_ input: Tensor, activation: Activation, into output: Tensor) {
    product.forward(
      input, weight: arena.values(of: weight), bias: arena.values(of: bias),
      activation: activation, into: asRows(output))
  }

  /// - Parameters:
  ///   - signal: gradient with respect to the output before its activation, `[B, T₀, C₀]`.
  ///   - input: what the forward pass was given, `[B, 1, Z + L]`.
  ///   - inputGradient: receives the gradient with respect to it, where it is asked for.
  func backward(_ signal: Tensor, input: Tensor, into inputGradient: Tensor?) {
    let rows = asRows(signal)
    product.addWeightGradient(
      input: input, outputGradient: rows, to: arena.gradients(of: weight))
    rows.addChannelSums(to: arena.gradients(of: bias), team: team)
    if let inputGradient {
      product.adjoint(rows, weight: arena.values(of: weight), into: inputGradient)
    }
  }

  private func asRows(_ block: Tensor) -> Tensor {
    Tensor(sharing: block, shape: block.shape[0], 1, block.shape[1] * block.shape[2])
  }
}
