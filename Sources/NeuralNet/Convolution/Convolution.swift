/// A one-dimensional convolution and its two companions.
///
/// With a filter w `[K, I, O]` (tap, input channel, output channel) laid out by a ``WindowLayout``:
///
/// - ``forward(_:shifts:weight:bias:activation:slope:into:)``: y = A(w)·x
/// - ``adjoint(_:weight:bias:activation:slope:into:)``: x = A(w)ᵀ·y, which is the gradient with
///   respect to the input, and the forward pass of a *transposed* convolution
/// - ``addWeightGradient(input:shifts:outputGradient:to:)``: ∂⟨y, A(w)·x⟩/∂w, the same for both
///
/// How the sums are made depends on the layout and the channels alone, and never on a measurement:
/// see ``Method``.
package final class Convolution {
  /// How the sums are made.
  package enum Method: String, Sendable {
    /// By values at points, a third of the multiplications: for layers with many channels.
    case toomCook
    /// By overlapping windows as they lie: for the layers next to the waveform.
    case narrow
    /// By gathered windows: for all others.
    case direct
  }

  package let layout: WindowLayout

  /// Channels of x, I.
  package let inputChannelCount: Int

  /// Channels of y, O.
  package let outputChannelCount: Int

  /// Whether each channel has a filter of its own and hears no other; w is then `[K, C]`.
  package let isChannelwise: Bool

  private let toomCook: ToomCookConvolution?
  private let narrow: NarrowConvolution?
  private let direct: DirectConvolution?
  private let workspace: Workspace

  /// Plans a convolution.
  ///
  /// - Parameters:
  ///   - layout: where the taps fall.
  ///   - inputChannelCount: I.
  ///   - outputChannelCount: O.
  ///   - isChannelwise: whether each channel has a filter of its own.
  ///   - isDirect: whether it is made by gathered windows, whatever its shape.
  ///   - workspace: room for the sums, and the threads that share the work.
  /// - Precondition: a channelwise convolution has as many outputs as inputs.
  package init(
    _ layout: WindowLayout, inputChannelCount: Int, outputChannelCount: Int,
    isChannelwise: Bool = false, isDirect: Bool = false, workspace: Workspace
  ) {
    precondition(
      !isChannelwise || inputChannelCount == outputChannelCount,
      "\(inputChannelCount) and \(outputChannelCount) channels cannot be filtered one by one")
    self.layout = layout
    self.inputChannelCount = inputChannelCount
    self.outputChannelCount = outputChannelCount
    self.isChannelwise = isChannelwise
    self.workspace = workspace
    let isPlain = isDirect || isChannelwise || workspace.usesDirectSums
    toomCook =
      isPlain
      ? nil
      : ToomCookConvolution(
        layout, inputChannelCount: inputChannelCount, outputChannelCount: outputChannelCount,
        workspace: workspace)
    narrow =
      isPlain || toomCook != nil
      ? nil
      : NarrowConvolution(
        layout, inputChannelCount: inputChannelCount, outputChannelCount: outputChannelCount,
        workspace: workspace)
    direct =
      toomCook != nil
      ? nil
      : DirectConvolution(
        layout, inputChannelCount: inputChannelCount, outputChannelCount: outputChannelCount,
        isChannelwise: isChannelwise, workspace: workspace)
  }

  /// A dense layer, which is a convolution of one tap over one time step: `[B, 1, I]` → `[B, 1, O]`.
  package static func dense(
    inputCount: Int, outputCount: Int, workspace: Workspace
  ) -> Convolution {
    Convolution(
      .strided(tapCount: 1, stride: 1, padding: 0), inputChannelCount: inputCount,
      outputChannelCount: outputCount, isDirect: true, workspace: workspace)
  }

  /// How the sums are made; clips whose rows are not a multiple of 8 go from narrow to direct.
  package var method: Method {
    toomCook != nil ? .toomCook : (narrow != nil ? .narrow : .direct)
  }

  /// Numbers in the filter.
  package var weightCount: Int {
    layout.tapCount * inputChannelCount * (isChannelwise ? 1 : outputChannelCount)
  }

  /// How many numbers its passes keep in memory that all workers share, at most; see
  /// ``Workspace/Purpose``.
  ///
  /// - Parameters:
  ///   - clipCount: clips of a batch, B.
  ///   - stepCount: steps of x, T.
  package func sharedCounts(clipCount: Int, stepCount: Int) -> [Workspace.Purpose: Int] {
    let rowCount = stepCount / layout.inputStride
    if let toomCook {
      let tileCount = Tiles.count(
        clipCount: clipCount, rowCount: rowCount, tileLength: ToomCookTransform.tileLength)
      return toomCook.sharedCounts(tileCount: tileCount, weightCount: weightCount)
    }
    if let narrow, narrow.suits(rowCount: rowCount) { return narrow.sharedCounts }
    return direct?.sharedCounts(clipCount: clipCount, rowCount: rowCount) ?? [:]
  }

  /// An activation whose slope a gradient is multiplied by, and what that activation gave.
  package typealias Slope = (activation: Activation, output: Tensor)

  /// Convolves each clip: `y = activation(A(w)·x + bias)`.
  ///
  /// - Parameters:
  ///   - input: `[B, T, I]`; T is a multiple of the layout's stride.
  ///   - shifts: by how many steps ``PhaseShuffle`` moves each clip of x first; empty for none.
  ///   - weight: the filter, `[K, I, O]`.
  ///   - bias: `[O]`.
  ///   - activation: applied last, in the same pass over the output.
  ///   - slope: multiplies the result, whose shape its numbers have; they may be the result's own,
  ///     which are then overwritten.
  ///   - output: `[B, T·phases/stride, O]`.
  package func forward(
    _ input: Tensor, shifts: [Int] = [], weight: UnsafePointer<Float>,
    bias: UnsafePointer<Float>? = nil, activation: Activation = .identity, slope: Slope? = nil,
    into output: Tensor
  ) {
    checkShapes(input: input, output: output, shifts: shifts)
    let finish = makeFinish(
      bias, of: outputChannelCount, times: layout.phaseCount, activation, slope,
      result: output)
    if let toomCook {
      toomCook.correlate(
        RowSource(input, stride: layout.inputStride, shifts: shifts), weight: weight,
        isTransposed: false, finish: finish, into: output.pointer)
    } else if let narrow, suits(narrow, input) {
      narrow.forward(input, shifts: shifts, weight: weight, finish: finish, into: output)
    } else if let direct {
      direct.forward(input, shifts: shifts, weight: weight, finish: finish, into: output)
    }
    if activation == .tanh { activation.apply(to: output, team: workspace.team) }
  }

  /// Applies the transpose: `x = activation(A(w)ᵀ·y + bias)`.
  ///
  /// - Parameters:
  ///   - output: `[B, T·phases/stride, O]`.
  ///   - weight: the filter, `[K, I, O]`.
  ///   - bias: `[I]`.
  ///   - activation: applied last, in the same pass over the result.
  ///   - slope: multiplies the result, whose shape its numbers have; they may be the result's own,
  ///     which are then overwritten.
  ///   - input: receives the result, `[B, T, I]`.
  package func adjoint(
    _ output: Tensor, weight: UnsafePointer<Float>, bias: UnsafePointer<Float>? = nil,
    activation: Activation = .identity, slope: Slope? = nil, into input: Tensor
  ) {
    checkShapes(input: input, output: output)
    let finish = makeFinish(
      bias, of: inputChannelCount, times: layout.inputStride, activation, slope,
      result: input)
    if let toomCook {
      toomCook.correlate(
        RowSource(output, stride: layout.phaseCount), weight: weight, isTransposed: true,
        finish: finish, into: input.pointer)
    } else if let narrow, suits(narrow, input) {
      narrow.adjoint(output, weight: weight, finish: finish, into: input)
    } else if let direct {
      direct.adjoint(output, weight: weight, finish: finish, into: input)
    }
    if activation == .tanh { activation.apply(to: input, team: workspace.team) }
  }

  /// Adds `∂⟨y, A(w)·x⟩/∂w` to a gradient.
  ///
  /// - Parameters:
  ///   - input: x, `[B, T, I]`.
  ///   - shifts: by how many steps ``PhaseShuffle`` moves each clip of x first; empty for none.
  ///   - outputGradient: y, `[B, T·phases/stride, O]`.
  ///   - gradient: `[K, I, O]`.
  package func addWeightGradient(
    input: Tensor, shifts: [Int] = [], outputGradient: Tensor,
    to gradient: UnsafeMutablePointer<Float>
  ) {
    checkShapes(input: input, output: outputGradient, shifts: shifts)
    guard input.count > 0 else { return }
    if let toomCook {
      ToomCookGradient(toomCook).add(
        RowSource(input, stride: layout.inputStride, shifts: shifts),
        RowSource(outputGradient, stride: layout.phaseCount), weightCount: weightCount,
        to: gradient)
    } else if let narrow, suits(narrow, input) {
      narrow.addWeightGradient(
        input: input, shifts: shifts, outputGradient: outputGradient, to: gradient)
    } else if let direct {
      direct.addWeightGradient(
        input: input, shifts: shifts, outputGradient: outputGradient, to: gradient)
    }
  }

  private func suits(_ narrow: NarrowConvolution, _ input: Tensor) -> Bool {
    narrow.suits(rowCount: input.shape[1] / layout.inputStride)
  }

  /// What happens to the sums, with the bias repeated for each step of a row.
  private func makeFinish(
    _ bias: UnsafePointer<Float>?, of channelCount: Int, times: Int, _ activation: Activation,
    _ slope: Slope?, result: Tensor
  ) -> ConvolutionFinish {
    if let slope {
      precondition(
        slope.output.shape == result.shape, "\(slope.output.shape) is not \(result.shape)")
      precondition(activation == .identity, "\(activation) and a slope do not go together")
    }
    let row = bias.map { bias in
      let row = workspace.shared(.bias, count: channelCount * times)
      for step in 0..<times {
        (row + step * channelCount).update(from: bias, count: channelCount)
      }
      return UnsafePointer(row)
    }
    return ConvolutionFinish(
      bias: row, activation: activation,
      slope: slope.map { ($0.activation, UnsafePointer($0.output.pointer)) })
  }

  private func checkShapes(input: Tensor, output: Tensor, shifts: [Int] = []) {
    precondition(
      input.shape.count == 3 && input.shape[2] == inputChannelCount
        && input.shape[1] % layout.inputStride == 0,
      "\(input.shape) is not [B, T, \(inputChannelCount)] with T a multiple of \(layout.inputStride)"
    )
    let outputShape = [
      input.shape[0], input.shape[1] / layout.inputStride * layout.phaseCount, outputChannelCount,
    ]
    precondition(output.shape == outputShape, "\(output.shape) is not \(outputShape)")
    precondition(
      shifts.isEmpty
        || shifts.count == input.shape[0] && shifts.allSatisfy { abs($0) < input.shape[1] },
      "shifts \(shifts) do not fit clips \(input.shape)")
  }
}
