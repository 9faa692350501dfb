/// A one-dimensional convolution and its two companions, each one matrix product over gathered
/// rows.
///
/// With the matrix m that a ``WindowLayout`` makes of a filter w `[K, I, O]`:
///
/// - ``forward(_:weight:bias:activation:into:)``: y = A(w)·x
/// - ``adjoint(_:weight:bias:activation:into:)``: x = A(w)ᵀ·y, which is the gradient with respect to
///   the input, and the forward pass of a *transposed* convolution
/// - ``addWeightGradient(input:outputGradient:to:)``: ∂⟨y, A(w)·x⟩/∂w, the same for both
///
/// Filters are `[K, I, O]` in memory: tap, input channel, output channel.
package final class Convolution {
  package let layout: WindowLayout

  /// Channels of x, I.
  package let inputChannelCount: Int

  /// Channels of y, O.
  package let outputChannelCount: Int

  /// Whether each channel has a filter of its own and hears no other; w is then `[K, C]`.
  package let isChannelwise: Bool

  private let adjointLayout: AdjointLayout
  private let workspace: Workspace

  /// Plans a convolution.
  ///
  /// - Precondition: a channelwise convolution has as many outputs as inputs.
  package init(
    _ layout: WindowLayout, inputChannelCount: Int, outputChannelCount: Int,
    isChannelwise: Bool = false, workspace: Workspace
  ) {
    precondition(!isChannelwise || inputChannelCount == outputChannelCount)
    self.layout = layout
    self.inputChannelCount = inputChannelCount
    self.outputChannelCount = outputChannelCount
    self.isChannelwise = isChannelwise
    self.workspace = workspace
    adjointLayout = layout.adjoint
    workspace.reserve(
      perWorker: WorkCut.rowBlock
        * max(
          layout.length * inputChannelCount,
          adjointLayout.length * layout.phaseCount * outputChannelCount))
  }

  /// Numbers in the filter.
  package var weightCount: Int {
    layout.tapCount * inputChannelCount * (isChannelwise ? 1 : outputChannelCount)
  }

  /// Numbers in a row of x that one window advances by.
  private var inputRowLength: Int { layout.inputStride * inputChannelCount }

  /// Numbers in the row of y that one window makes.
  private var outputRowLength: Int { layout.phaseCount * outputChannelCount }

  // MARK: Forward

  /// Convolves each clip: `y = activation(A(w)·x + bias)`.
  ///
  /// - Parameters:
  ///   - input: `[B, T, I]`; T is a multiple of the layout's stride.
  ///   - weight: the filter, `[K, I, O]`.
  ///   - bias: `[O]`.
  ///   - activation: applied last, in the same pass over the output.
  ///   - output: `[B, T·phases/stride, O]`.
  package func forward(
    _ input: Tensor, weight: UnsafePointer<Float>, bias: UnsafePointer<Float>? = nil,
    activation: Activation = .identity, into output: Tensor
  ) {
    checkShapes(input: input, output: output)
    let rows = WindowGather(
      source: input.pointer, stepCount: input.shape[1], channelCount: inputChannelCount,
      stride: layout.inputStride, start: layout.start, length: layout.length)
    let matrix =
      layout.isFilter && !isChannelwise ? weight : UnsafePointer(makeMatrix(of: weight))
    multiply(
      rows, clipCount: input.shape[0], matrix: matrix, columnCount: outputRowLength, bias: bias,
      biasCount: outputChannelCount, activation: activation, into: output)
  }

  /// Applies the transpose: `x = activation(A(w)ᵀ·y + bias)`.
  ///
  /// - Parameters:
  ///   - output: `[B, T·phases/stride, O]`.
  ///   - weight: the filter, `[K, I, O]`.
  ///   - bias: `[I]`.
  ///   - activation: applied last, in the same pass over the result.
  ///   - input: receives the result, `[B, T, I]`.
  package func adjoint(
    _ output: Tensor, weight: UnsafePointer<Float>, bias: UnsafePointer<Float>? = nil,
    activation: Activation = .identity, into input: Tensor
  ) {
    checkShapes(input: input, output: output)
    let rows = WindowGather(
      source: output.pointer, stepCount: output.shape[1] / layout.phaseCount,
      channelCount: outputRowLength, stride: 1, start: adjointLayout.start,
      length: adjointLayout.length)
    multiply(
      rows, clipCount: input.shape[0], matrix: makeAdjointMatrix(of: weight),
      columnCount: inputRowLength, bias: bias, biasCount: inputChannelCount,
      activation: activation, into: input)
  }

  /// Multiplies gathered rows by a matrix, block by block.
  private func multiply(
    _ rows: WindowGather, clipCount: Int, matrix: UnsafePointer<Float>, columnCount: Int,
    bias: UnsafePointer<Float>?, biasCount: Int, activation: Activation, into result: Tensor
  ) {
    let rowCount = clipCount * rows.windowCount
    let rowBlock = WorkCut.rowBlock
    let columnBlock = WorkCut.columnBlock(rowCount: rowCount, columnCount: columnCount)
    let columnBlockCount = (columnCount + columnBlock - 1) / columnBlock
    let itemCount = (rowCount + rowBlock - 1) / rowBlock * columnBlockCount
    let biasRow = bias.map { bias in
      let row = workspace.shared(.partialSums, count: columnCount)
      for column in 0..<columnCount { row[column] = bias[column % biasCount] }
      return UnsafePointer(row)
    }
    workspace.team.forEach(itemCount) { item, worker in
      let firstRow = item / columnBlockCount * rowBlock
      let firstColumn = item % columnBlockCount * columnBlock
      let rowsHere = min(rowBlock, rowCount - firstRow)
      let columnsHere = min(columnBlock, columnCount - firstColumn)
      let gathered = workspace.scratch(of: worker)
      rows.copy(
        rows: firstRow..<firstRow + rowsHere, columns: 0..<rows.rowLength, to: gathered)
      let block = result.pointer + firstRow * columnCount + firstColumn
      MatrixProduct.multiply(
        m: rowsHere, n: columnsHere, k: rows.rowLength,
        gathered, aStride: rows.rowLength, matrix + firstColumn, bStride: columnCount,
        into: block, cStride: columnCount)
      activation.apply(
        to: block, rowCount: rowsHere, columnCount: columnsHere, rowStride: columnCount,
        bias: biasRow.map { $0 + firstColumn })
    }
  }

  // MARK: Weight gradient

  /// Adds `∂⟨y, A(w)·x⟩/∂w` to a gradient.
  ///
  /// - Parameters:
  ///   - input: x, `[B, T, I]`.
  ///   - outputGradient: y, `[B, T·phases/stride, O]`.
  ///   - gradient: `[K, I, O]`.
  package func addWeightGradient(
    input: Tensor, outputGradient: Tensor, to gradient: UnsafeMutablePointer<Float>
  ) {
    checkShapes(input: input, output: outputGradient)
    let rows = WindowGather(
      source: input.pointer, stepCount: input.shape[1], channelCount: inputChannelCount,
      stride: layout.inputStride, start: layout.start, length: layout.length)
    let columnCount = outputRowLength
    let matrixCount = rows.rowLength * columnCount
    let rowCount = input.shape[0] * rows.windowCount
    let cut = WorkCut.gradient(rowCount: rowCount, windowLength: rows.rowLength)
    let windowBlockCount = (rows.rowLength + cut.windowBlock - 1) / cut.windowBlock
    let rowBlock = WorkCut.rowBlock
    let rowBlockCount = (rowCount + rowBlock - 1) / rowBlock
    let partialSums = workspace.shared(.partialSums, count: cut.groupCount * matrixCount)
    workspace.team.forEach(cut.groupCount * windowBlockCount) { item, worker in
      let group = item / windowBlockCount
      let firstPosition = item % windowBlockCount * cut.windowBlock
      let positions = firstPosition..<min(rows.rowLength, firstPosition + cut.windowBlock)
      let sum = partialSums + group * matrixCount + firstPosition * columnCount
      let gathered = workspace.scratch(of: worker)
      let blocks =
        group * rowBlockCount / cut.groupCount..<(group + 1) * rowBlockCount / cut.groupCount
      for block in blocks {
        let firstRow = block * rowBlock
        let rowsHere = min(rowBlock, rowCount - firstRow)
        rows.copy(rows: firstRow..<firstRow + rowsHere, columns: positions, to: gathered)
        MatrixProduct.multiply(
          m: positions.count, n: columnCount, k: rowsHere,
          gathered, aStride: positions.count, aIsTransposed: true,
          outputGradient.pointer + firstRow * columnCount, bStride: columnCount,
          into: sum, cStride: columnCount, accumulates: block > blocks.lowerBound)
      }
    }
    // The groups are added in their order, each number by itself.
    workspace.team.forEachRange(of: matrixCount) { range in
      for group in 1..<max(1, cut.groupCount) {
        let part = partialSums + group * matrixCount
        for i in range { partialSums[i] += part[i] }
      }
    }
    addMatrixGradient(partialSums, to: gradient)
  }

  private func checkShapes(input: Tensor, output: Tensor) {
    precondition(
      input.shape.count == 3 && input.shape[2] == inputChannelCount
        && input.shape[1] % layout.inputStride == 0,
      "\(input.shape) is not [B, T, \(inputChannelCount)] with T a multiple of \(layout.inputStride)"
    )
    let outputShape = [
      input.shape[0], input.shape[1] / layout.inputStride * layout.phaseCount, outputChannelCount,
    ]
    precondition(output.shape == outputShape, "\(output.shape) is not \(outputShape)")
  }

  // MARK: Matrices

  /// Lays a filter out as the matrix `[window, I, phase, O]` of the forward pass.
  private func makeMatrix(of weight: UnsafePointer<Float>) -> UnsafeMutablePointer<Float> {
    let (inputs, outputs, columns) = (inputChannelCount, outputChannelCount, outputRowLength)
    let count = layout.length * inputs * columns
    let matrix = workspace.shared(.matrix, count: count)
    matrix.update(repeating: 0, count: count)
    workspace.team.forEach(inputs) { i, _ in
      for entry in layout.entries {
        let row = matrix + (entry.position * inputs + i) * columns + entry.phase * outputs
        if isChannelwise {
          row[i] += weight[entry.tap * inputs + i]
        } else {
          let taps = weight + (entry.tap * inputs + i) * outputs
          for o in 0..<outputs { row[o] += taps[o] }
        }
      }
    }
    return matrix
  }

  /// Lays a filter out as the matrix `[window, phase, O, step, I]` of the transpose.
  private func makeAdjointMatrix(of weight: UnsafePointer<Float>) -> UnsafeMutablePointer<Float> {
    let (inputs, outputs, columns) = (inputChannelCount, outputChannelCount, inputRowLength)
    let count = adjointLayout.length * outputRowLength * columns
    let matrix = workspace.shared(.matrix, count: count)
    matrix.update(repeating: 0, count: count)
    workspace.team.forEach(outputs) { o, _ in
      for entry in adjointLayout.entries {
        let position = entry.position * layout.phaseCount + entry.phase
        let row = matrix + (position * outputs + o) * columns + entry.step * inputs
        if isChannelwise {
          row[o] += weight[entry.tap * inputs + o]
        } else {
          let taps = weight + entry.tap * inputs * outputs + o
          for i in 0..<inputs { row[i] += taps[i * outputs] }
        }
      }
    }
    return matrix
  }

  /// Adds the gradient of the forward pass's matrix to that of the filter: the transpose of
  /// laying it out.
  private func addMatrixGradient(
    _ matrix: UnsafePointer<Float>, to gradient: UnsafeMutablePointer<Float>
  ) {
    let (inputs, outputs, columns) = (inputChannelCount, outputChannelCount, outputRowLength)
    workspace.team.forEach(inputs) { i, _ in
      for entry in layout.entries {
        let row = matrix + (entry.position * inputs + i) * columns + entry.phase * outputs
        if isChannelwise {
          gradient[entry.tap * inputs + i] += row[i]
        } else {
          let taps = gradient + (entry.tap * inputs + i) * outputs
          for o in 0..<outputs { taps[o] += row[o] }
        }
      }
    }
  }
}

extension Convolution {
  /// A dense layer, which is a convolution of one tap over one time step: `[B, 1, I]` → `[B, 1, O]`.
  package static func dense(
    inputCount: Int, outputCount: Int, workspace: Workspace
  ) -> Convolution {
    Convolution(
      .strided(tapCount: 1, stride: 1, padding: 0), inputChannelCount: inputCount,
      outputChannelCount: outputCount, workspace: workspace)
  }
}
