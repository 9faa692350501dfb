internal import NeuralNet

/// One doubling of the steps in a ``SpectralGenerator``, and its residual blocks:
/// `[B, T, I]` → `[B, 2T, O]`.
final class SpectralStage {
  /// What the upsampling convolution puts out, after LeakyReLU.
  let output: Tensor
  let blocks: [ResidualBlock]

  /// What the last block puts out.
  var features: Tensor { blocks.last?.output ?? output }

  /// The gradient with respect to ``features``, which whoever takes those sets; made when first asked
  /// for.
  private(set) lazy var gradient = Tensor(output.shape[0], output.shape[1], output.shape[2])
  private lazy var scratch = (
    Tensor(output.shape[0], output.shape[1], output.shape[2]),
    Tensor(output.shape[0], output.shape[1], output.shape[2])
  )

  private let up: FrameConvolution
  private let team: ThreadTeam

  init(
    _ stage: SpectralGeometry.Stage, batchSize: Int, arena: ParameterArena, workspace: Workspace
  ) {
    team = workspace.team
    up = FrameConvolution(stage.up, arena: arena, workspace: workspace)
    output = Tensor(batchSize, stage.up.outputLength, stage.up.outputChannelCount)
    blocks = stage.blocks.map {
      ResidualBlock($0, batchSize: batchSize, arena: arena, workspace: workspace)
    }
  }

  func forward(_ input: Tensor) {
    up.forward(input, activation: .leakyReLU, into: output)
    var features = output
    for block in blocks {
      block.forward(features)
      features = block.output
    }
  }

  /// Takes ``gradient`` back, which is lost.
  ///
  /// - Parameters:
  ///   - input: what the forward pass was given.
  ///   - inputGradient: receives the gradient with respect to it.
  func backward(input: Tensor, into inputGradient: Tensor) {
    for (index, block) in blocks.enumerated().reversed() {
      block.backward(
        gradient, input: index > 0 ? blocks[index - 1].output : output, scratch: scratch)
    }
    Activation.leakyReLU.scale(gradient, bySlopeAt: output, team: team)
    up.backward(gradient, input: input, into: inputGradient)
  }
}
