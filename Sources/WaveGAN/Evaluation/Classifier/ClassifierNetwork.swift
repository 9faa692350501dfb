package import NeuralNet

/// The network of ``ClipClassifier``: convolutions over the frames of a spectrogram, whose bands are
/// the channels.
///
///     x [B, T, M] → (convolution of 5 taps → LeakyReLU)ⁿ        → [B, T/8, C]
///                 → mean and maximum over time                  → [B, 2·C]   the embedding
///                 → dense                                       → [B, L]     the logits
///
/// The first three convolutions have stride 2. As the pooling forgets when something happened, a
/// sound is told by what it is made of, within about half a second.
package final class ClassifierNetwork {
  /// Channels of the convolutions.
  package static let channelCounts = [64, 64, 128, 128]

  /// Frames that the convolutions make one of: T is a multiple of it.
  package static let frameStep = 8

  private static let tapCount = 5

  /// What training changes.
  package let arena: ParameterArena

  /// Mean and maximum over time of each channel of the last convolution, `[B, 1, 2·C]`.
  package let embeddings: Tensor

  /// `[B, 1, L]`.
  package let logits: Tensor

  private let convolutions: [Convolution]
  private let outputs: [Tensor]
  /// Gradients with respect to what each convolution put out before its activation.
  private let signals: [Tensor]
  private let dense: Convolution
  private let logitGradient: Tensor
  private let embeddingGradient: Tensor
  private let team: ThreadTeam

  /// Plans the network; all its parameters are zero.
  ///
  /// - Parameters:
  ///   - frameCount: frames of a clip, T.
  ///   - bandCount: bands of a frame, M.
  ///   - labelCount: L.
  ///   - batchSize: clips of every pass, B.
  ///   - channelCounts: of the convolutions, at least three.
  ///   - team: the threads that share the work.
  /// - Precondition: T is a multiple of ``frameStep``; checked in every build.
  package init(
    frameCount: Int, bandCount: Int, labelCount: Int, batchSize: Int,
    channelCounts: [Int] = channelCounts, team: ThreadTeam
  ) {
    precondition(
      frameCount.isMultiple(of: Self.frameStep),
      "\(frameCount) frames are not a multiple of \(Self.frameStep)")
    self.team = team
    let workspace = Workspace(team: team)
    let inputCounts = [bandCount] + channelCounts
    arena = ParameterArena(
      Self.declarations(inputCounts) + Self.denseDeclarations(inputCounts, labelCount))
    var stepCount = frameCount
    var shapes: [(stepCount: Int, channelCount: Int)] = []
    convolutions = channelCounts.enumerated().map { index, channelCount in
      let stride = Self.stride(of: index)
      stepCount /= stride
      shapes.append((stepCount, channelCount))
      return Convolution(
        .strided(tapCount: Self.tapCount, stride: stride, padding: Self.tapCount / 2),
        inputChannelCount: inputCounts[index], outputChannelCount: channelCount,
        workspace: workspace)
    }
    outputs = shapes.map { Tensor(batchSize, $0.stepCount, $0.channelCount) }
    signals = shapes.map { Tensor(batchSize, $0.stepCount, $0.channelCount) }
    let embeddingSize = 2 * inputCounts[inputCounts.count - 1]
    dense = .dense(inputCount: embeddingSize, outputCount: labelCount, workspace: workspace)
    embeddings = Tensor(batchSize, 1, embeddingSize)
    embeddingGradient = Tensor(batchSize, 1, embeddingSize)
    logits = Tensor(batchSize, 1, labelCount)
    logitGradient = Tensor(batchSize, 1, labelCount)
  }

  /// Frames that a convolution makes one of: 2, 2, 2, then 1.
  private static func stride(of layer: Int) -> Int { layer < 3 ? 2 : 1 }

  private static func declarations(_ counts: [Int]) -> [ParameterArena.Declaration] {
    zip(counts, counts.dropFirst()).enumerated().flatMap { index, counts in
      [
        ParameterArena.Declaration(
          "convolution.\(index).weight", [counts.1, counts.0, tapCount],
          .kaimingNormal(fanIn: tapCount * counts.0, slope: Activation.leakySlope)),
        .init("convolution.\(index).bias", [counts.1], .constant(0)),
      ]
    }
  }

  private static func denseDeclarations(
    _ counts: [Int], _ labelCount: Int
  ) -> [ParameterArena.Declaration] {
    let embeddingSize = 2 * counts[counts.count - 1]
    return [
      .init(
        "output.weight", [labelCount, embeddingSize],
        .glorotUniform(fanIn: embeddingSize, fanOut: labelCount)),
      .init("output.bias", [labelCount], .constant(0)),
    ]
  }

  // MARK: Passes

  /// Sets ``embeddings`` and ``logits``.
  ///
  /// - Parameter input: `[B, T, M]`.
  package func forward(_ input: Tensor) {
    for index in convolutions.indices {
      convolutions[index].forward(
        index == 0 ? input : outputs[index - 1], weight: values("convolution.\(index).weight"),
        bias: values("convolution.\(index).bias"), activation: .leakyReLU, into: outputs[index])
    }
    TimePooling.forward(outputs[outputs.count - 1], into: embeddings, team: team)
    dense.forward(
      embeddings, weight: values("output.weight"), bias: values("output.bias"), into: logits)
  }

  /// Adds the parameters' gradients of the last forward pass to the arena's.
  ///
  /// - Parameters:
  ///   - gradient: of a loss with respect to the logits, `[B · L]`.
  ///   - input: what the forward pass was given, `[B, T, M]`.
  package func backward(_ gradient: [Float], input: Tensor) {
    logitGradient.assign(gradient)
    dense.addWeightGradient(
      input: embeddings, outputGradient: logitGradient, to: gradients("output.weight"))
    logitGradient.addChannelSums(to: gradients("output.bias"), team: team)
    dense.adjoint(logitGradient, weight: values("output.weight"), into: embeddingGradient)

    let last = outputs.count - 1
    TimePooling.backward(embeddingGradient, input: outputs[last], into: signals[last], team: team)
    Activation.leakyReLU.scale(signals[last], bySlopeAt: outputs[last], team: team)
    for index in convolutions.indices.reversed() {
      convolutions[index].addWeightGradient(
        input: index == 0 ? input : outputs[index - 1], outputGradient: signals[index],
        to: gradients("convolution.\(index).weight"))
      signals[index].addChannelSums(to: gradients("convolution.\(index).bias"), team: team)
      guard index > 0 else { break }
      convolutions[index].adjoint(
        signals[index], weight: values("convolution.\(index).weight"),
        slope: (.leakyReLU, outputs[index - 1]), into: signals[index - 1])
    }
  }

  private func values(_ name: String) -> UnsafeMutablePointer<Float> {
    arena.values(of: arena.parameter(name))
  }

  private func gradients(_ name: String) -> UnsafeMutablePointer<Float> {
    arena.gradients(of: arena.parameter(name))
  }
}
