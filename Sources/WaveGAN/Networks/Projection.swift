internal import NeuralNet

/// The generator's dense layer: z `[B, Z]` → `[B, 16, C₀]`.
///
/// In files its rows are channel-major, row c·16 + t, so that PyTorch's `view(B, C₀, 16)` of the
/// output has channels first.
final class Projection {
  private let weight: Parameter
  private let bias: Parameter
  private let arena: ParameterArena
  private let product: Convolution
  private let team: ThreadTeam

  static func declarations(_ geometry: NetworkGeometry) -> [ParameterArena.Declaration] {
    let (steps, channels) = (NetworkGeometry.baseLength, geometry.baseChannelCount)
    let rows = steps * channels
    return [
      .init(
        "project.weight", [rows, geometry.latentSize],
        splitShape: [channels, steps, geometry.latentSize],
        .glorotUniform(fanIn: geometry.latentSize, fanOut: rows)),
      .init("project.bias", [rows], splitShape: [channels, steps], .constant(0)),
    ]
  }

  init(_ geometry: NetworkGeometry, arena: ParameterArena, workspace: Workspace) {
    self.arena = arena
    team = workspace.team
    weight = arena.parameter("project.weight")
    bias = arena.parameter("project.bias")
    product = geometry.projection(workspace: workspace)
  }

  /// - Parameters:
  ///   - input: `[B, 1, Z]`.
  ///   - output: `[B, 16, C₀]`.
  func forward(_ input: Tensor, activation: Activation, into output: Tensor) {
    product.forward(
      input, weight: arena.values(of: weight), bias: arena.values(of: bias),
      activation: activation, into: asRows(output))
  }

  /// - Parameters:
  ///   - signal: gradient with respect to the output before its activation, `[B, 16, C₀]`.
  ///   - input: what the forward pass was given, `[B, 1, Z]`.
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
