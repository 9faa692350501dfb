package import NeuralNet

/// The network that tells recorded clips from generated ones, also called the critic.
///
///     x [B, window, channels] → (strided convolution → LeakyReLU → phase shuffle)ⁿ
///                             → [B, 16, C₀] → dense → D(x) [B]
///
/// Phase shuffle follows the first four convolutions, but never the last; batch normalisation, if
/// there is any, stands before each LeakyReLU but the first, and always measures the batch. A
/// discriminator of spectra has the same parts in other numbers: see ``DiscriminatorDesign``. Where
/// clips have labels, D(x) has one more term: see `LabelProjection`.
///
/// Buffers are planned once and serve one pass after another, of up to ``capacity`` clips: real,
/// generated and interpolated ones are judged together, which reads the weights once for all. After
/// `forward(_:shifts:)` comes `backward(_:inputGradientFrom:)`; then, for penalties on the gradient,
/// `tangent(_:from:)`; and then `addWeightGradients()`.
///
/// Source: Donahue et al. 2019, table 4 and section 3.3.
package final class Discriminator {
  /// What it is made of.
  package let design: DiscriminatorDesign

  /// The most clips in a pass, N.
  package let capacity: Int

  /// What training changes.
  package let arena: ParameterArena

  /// Running statistics of batch normalisation: kept for those who read checkpoints, as every pass
  /// here measures its batch. Empty without it.
  package let statisticsArena: ParameterArena

  /// Outputs of the convolutions after LeakyReLU, before phase shuffle: `[n, T, C]`; after a tangent
  /// pass its own, for the clips that it had.
  package var activations: [Tensor] { outputs.map { $0.clips(clips) } }

  /// D(x), or D(x, y) of clips with labels y, of the pass: `[n, 1, 1]`.
  package var logits: Tensor { logitBuffer.clips(clips) }

  /// The gradient of the sum that `backward(_:inputGradientFrom:)` was given, with respect to x:
  /// its shape.
  package var inputGradient: Tensor { inputGradientBuffer.clips(clips) }

  /// The steps by which each shuffled layer moves each clip: `[layer][clip]`.
  package typealias Shifts = [[Int]]

  private let workspace: Workspace
  private let convolutions: [Convolution]
  private let weights: [Parameter]
  private let biases: [Parameter]
  private let norms: [NormalizedLayer?]
  private let output: Convolution
  private let outputWeight: Parameter
  private let outputBias: Parameter
  private let projection: LabelProjection?

  private let outputs: [Tensor]
  private let logitBuffer: Tensor
  private let inputGradientBuffer: Tensor

  /// Gradients with respect to what each convolution put out before its activation.
  private let signals: [Tensor]
  private let logitGradient: Tensor

  /// What the pass judges; its clips from ``tangentStart`` on are directions.
  private var input: Tensor
  private var shifts: Shifts = []
  private var labels: [Int] = []

  /// First clip that a tangent pass has gone over.
  private var tangentStart = 0

  /// The clips of the pass under way.
  private var clips: Range<Int> { 0..<input.shape[0] }

  /// Plans the network for passes of up to `capacity` clips; all its parameters are zero.
  package init(_ design: DiscriminatorDesign, capacity: Int, workspace: Workspace) {
    self.design = design
    self.capacity = capacity
    self.workspace = workspace
    let layers = design.layers
    arena = ParameterArena(design.declarations)
    statisticsArena = ParameterArena(design.statisticsDeclarations)
    weights = layers.indices.map { [arena] in arena.parameter("down.\($0).weight") }
    biases = layers.indices.map { [arena] in arena.parameter("down.\($0).bias") }
    outputWeight = arena.parameter("output.weight")
    outputBias = arena.parameter("output.bias")
    convolutions = layers.map { design.convolution($0, workspace: workspace) }
    output = design.verdict(workspace: workspace)
    projection =
      design.labelCount > 0
      ? LabelProjection(labelCount: design.labelCount, arena: arena) : nil

    func makeBuffers() -> [Tensor] {
      layers.map { Tensor(capacity, $0.outputLength, $0.outputChannelCount) }
    }
    outputs = makeBuffers()
    signals = makeBuffers()
    inputGradientBuffer = Tensor(capacity, design.inputLength, design.inputChannelCount)
    input = inputGradientBuffer
    logitBuffer = Tensor(capacity, 1, 1)
    logitGradient = Tensor(capacity, 1, 1)
    norms = layers.indices.map { [arena, statisticsArena] index in
      guard design.normalizedLayers.contains(index) else { return nil }
      return NormalizedLayer(
        index: index,
        input: Tensor(capacity, layers[index].outputLength, layers[index].outputChannelCount),
        arena: arena, statisticsArena: statisticsArena, team: workspace.team)
    }
  }

  // MARK: Passes

  /// Judges some clips: sets ``logits``.
  ///
  /// - Parameters:
  ///   - clips: x, `[n, window, channels]` or their spectra; n ≤ N, or n = N with batch normalisation.
  ///     Looked at until the pass is done with, and overwritten by a tangent pass.
  ///   - shifts: of phase shuffle, `[layer][clip]`; layers without it are left out at the end, and
  ///     an empty list shuffles nothing.
  ///   - labels: of the clips, `[n]`; empty where the discriminator is not told them.
  /// - Precondition: there is a label for each clip, or no labels are told; checked in every build.
  package func forward(_ clips: Tensor, shifts: Shifts, labels: [Int] = []) {
    precondition(
      labels.count == (projection == nil ? 0 : clips.shape[0]),
      "\(labels.count) labels for \(clips.shape[0]) clips, of \(design.labelCount) labels")
    precondition(
      norms.allSatisfy { $0 == nil } || clips.shape[0] == capacity,
      "batch normalisation measures \(capacity) clips, not \(clips.shape[0])")
    input = clips
    self.shifts = shifts
    self.labels = labels
    tangentStart = clips.shape[0]
    for index in convolutions.indices {
      let norm = norms[index]
      convolutions[index].forward(
        source(of: index, self.clips), shifts: sourceShifts(of: index, self.clips),
        weight: arena.values(of: weights[index]), bias: arena.values(of: biases[index]),
        activation: norm == nil ? .leakyReLU : .identity,
        into: (norm?.input ?? outputs[index]).clips(self.clips))
      norm?.forward(
        usesBatch: true, activation: .leakyReLU, into: outputs[index].clips(self.clips))
    }
    output.forward(
      features(self.clips), weight: arena.values(of: outputWeight),
      bias: arena.values(of: outputBias), into: logits)
    projection?.addForward(block(self.clips), labels: labels, to: logits)
  }

  /// Takes a gradient with respect to `logits` back, to `inputGradient` for some of the clips.
  ///
  /// - Parameters:
  ///   - gradient: one number for each clip, `[n]`.
  ///   - first: the clip from which on the gradient with respect to x is wanted.
  package func backward(_ gradient: [Float], inputGradientFrom first: Int = 0) {
    logitGradient.clips(clips).assign(gradient)
    let last = convolutions.count - 1
    output.adjoint(
      logitGradient.clips(clips), weight: arena.values(of: outputWeight),
      slope: (.leakyReLU, features(clips)), into: asRows(signals[last].clips(clips)))
    projection?.addBackward(
      logitGradient.clips(clips), features: block(clips), labels: labels,
      to: signals[last].clips(clips))
    for index in stride(from: last, through: 0, by: -1) {
      let signal = signals[index].clips(clips)
      norms[index]?.backward(signal)
      let weight = arena.values(of: weights[index])
      if index == 0 {
        let wanted = first..<clips.upperBound
        guard !wanted.isEmpty else { return }
        convolutions[0].adjoint(
          signals[0].clips(wanted), weight: weight, into: inputGradientBuffer.clips(wanted))
      } else if isShuffled(index - 1) {
        let target = signals[index - 1].clips(clips)
        convolutions[index].adjoint(signal, weight: weight, into: target)
        PhaseShuffle.adjoint(
          target, shifts: shifts[index - 1],
          slope: (.leakyReLU, outputs[index - 1].clips(clips)), team: workspace.team)
      } else {
        convolutions[index].adjoint(
          signal, weight: weight, slope: (.leakyReLU, outputs[index - 1].clips(clips)),
          into: signals[index - 1].clips(clips))
      }
    }
  }

  /// Sends directions v through the linearised network: `addWeightGradients()` then adds
  /// `∇_W ⟨v, ∇ₓD(x)⟩` for these clips.
  ///
  /// The network is linear given the signs of its activations, so with its layers written as
  /// matrices, `∇ₓD = W₁ᵀ M₁ W₂ᵀ M₂ … wₒ`, and the derivative of `⟨v, ∇ₓD⟩` by Wₗ pairs what the
  /// layers before make of v with the gradient δₗ that the layers behind sent back: the same product
  /// as in any gradient of weights, with tangents in place of activations, which they overwrite.
  /// Biases do not occur. It must follow a backward pass that was given 1 for each of the clips.
  ///
  /// - Parameters:
  ///   - direction: v, as the clips, `[n − first, …]`.
  ///   - first: the first of its clips in the pass; it has all from there on.
  /// - Precondition: the network has no batch normalisation, which is not linear given signs.
  package func tangent(_ direction: Tensor, from first: Int = 0) {
    precondition(norms.allSatisfy { $0 == nil }, "batch normalisation has no tangent pass here")
    let some = first..<clips.upperBound
    tangentStart = first
    input.clips(some).assign(direction)
    for index in convolutions.indices {
      let output = outputs[index].clips(some)
      // Each number's sign is read before it is overwritten.
      convolutions[index].forward(
        source(of: index, some), shifts: sourceShifts(of: index, some),
        weight: arena.values(of: weights[index]), slope: (.leakyReLU, output), into: output)
    }
  }

  /// Adds the parameters' gradients of the pass to the arena's.
  package func addWeightGradients() {
    output.addWeightGradient(
      input: features(clips), outputGradient: logitGradient.clips(clips),
      to: arena.gradients(of: outputWeight))
    projection?.addWeightGradient(
      block(clips), labels: labels, gradient: logitGradient.clips(clips))
    let judged = 0..<tangentStart
    logitGradient.clips(judged).addChannelSums(
      to: arena.gradients(of: outputBias), team: workspace.team)
    for index in convolutions.indices {
      convolutions[index].addWeightGradient(
        input: source(of: index, clips), shifts: sourceShifts(of: index, clips),
        outputGradient: signals[index].clips(clips), to: arena.gradients(of: weights[index]))
      signals[index].clips(judged).addChannelSums(
        to: arena.gradients(of: biases[index]), team: workspace.team)
    }
  }

  /// What a convolution is given.
  private func source(of index: Int, _ clips: Range<Int>) -> Tensor {
    (index == 0 ? input : outputs[index - 1]).clips(clips)
  }

  private func isShuffled(_ layer: Int) -> Bool {
    layer < shifts.count && design.isShuffled(layer)
  }

  /// By how much it is shifted.
  private func sourceShifts(of index: Int, _ clips: Range<Int>) -> [Int] {
    index > 0 && isShuffled(index - 1) ? Array(shifts[index - 1][clips]) : []
  }

  /// What the verdict is made from, `[n, T, C]`.
  private func block(_ clips: Range<Int>) -> Tensor { outputs[outputs.count - 1].clips(clips) }

  private func features(_ clips: Range<Int>) -> Tensor { asRows(block(clips)) }

  private func asRows(_ block: Tensor) -> Tensor {
    Tensor(sharing: block, shape: block.shape[0], 1, block.shape[1] * block.shape[2])
  }
}
