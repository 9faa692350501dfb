internal import NeuralNet

/// A learned filter of 512 taps after the generator, one for each channel.
///
///     y[b, t, c] = Σₖ w[k, c] · x[b, t + k − 255, c]
///
/// It can lower the pitched noise that upsampling leaves (Donahue et al. 2019, section 3.2). The
/// reference has it for one channel only.
final class PostFilter {
  /// The filtered clips, `[B, window, channels]`.
  let output: Tensor

  private let weight: Parameter
  private let arena: ParameterArena
  private let convolution: Convolution

  static func declarations(_ geometry: NetworkGeometry) -> [ParameterArena.Declaration] {
    let taps = ModelSettings.postFilterLength
    return [
      .init(
        "post.weight", [geometry.channelCount, 1, taps],
        .glorotUniform(fanIn: taps, fanOut: taps))
    ]
  }

  init(
    _ geometry: NetworkGeometry, batchSize: Int, arena: ParameterArena, workspace: Workspace
  ) {
    self.arena = arena
    weight = arena.parameter("post.weight")
    output = Tensor(batchSize, geometry.windowLength, geometry.channelCount)
    convolution = geometry.postFilter(workspace: workspace)
  }

  func forward(_ input: Tensor) {
    convolution.forward(input, weight: arena.values(of: weight), into: output)
  }

  func backward(_ outputGradient: Tensor, input: Tensor, into inputGradient: Tensor) {
    convolution.addWeightGradient(
      input: input, outputGradient: outputGradient, to: arena.gradients(of: weight))
    convolution.adjoint(outputGradient, weight: arena.values(of: weight), into: inputGradient)
  }
}
