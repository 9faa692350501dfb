/// A convolution by gathered windows and OpenBLAS, which suits any shape.
///
/// With the matrix m that a ``WindowLayout`` makes of a filter, each direction is one product of
/// matrices over windows that are copied one after another.
final class DirectConvolution {
  private let layout: WindowLayout

  private let inputChannelCount: Int
  private let outputChannelCount: Int
  private let isChannelwise: Bool

  /// The same layout by rows, as the transpose goes through it.
  private let rowLayout: RowLayout
  private let workspace: Workspace

  init(
    _ layout: WindowLayout, inputChannelCount: Int, outputChannelCount: Int,
    isChannelwise: Bool, workspace: Workspace
  ) {
    self.layout = layout
    self.inputChannelCount = inputChannelCount
    self.outputChannelCount = outputChannelCount
    self.isChannelwise = isChannelwise
    self.workspace = workspace
    rowLayout = RowLayout(layout)
    workspace.reserve(
      perWorker: WorkCut.rowBlock
        * max(
          layout.length * inputChannelCount,
          rowLayout.tapCount * layout.phaseCount * outputChannelCount))
  }

  /// Numbers in a row of x that one window advances by.
  private var inputRowLength: Int { layout.inputStride * inputChannelCount }

  /// Numbers in the row of y that one window makes.
  private var outputRowLength: Int { layout.phaseCount * outputChannelCount }

  /// Numbers that all workers share in passes over clips of so many rows, at most.
  func sharedCounts(clipCount: Int, rowCount: Int) -> [Workspace.Purpose: Int] {
    let windowLength = layout.length * inputChannelCount
    let matrixCount = windowLength * outputRowLength
    let cut = WorkCut.gradient(rowCount: clipCount * rowCount, windowLength: windowLength)
    return [
      .matrix: max(matrixCount, rowLayout.tapCount * outputRowLength * inputRowLength),
      .partialSums: cut.groupCount * matrixCount,
      // The slopes of a tangent pass.
      .inputValues: clipCount * rowCount * outputRowLength,
    ]
  }

  // MARK: Forward

  func forward(
    _ input: Tensor, shifts: [Int], weight: UnsafePointer<Float>,
    finish: ConvolutionFinish, into output: Tensor
  ) {
    let matrix =
      layout.isFilter && !isChannelwise ? weight : UnsafePointer(makeMatrix(of: weight))
    multiply(
      windows(of: input, shifts: shifts), clipCount: input.shape[0], matrix: matrix,
      columnCount: outputRowLength, finish: finish, into: output)
  }

  private func windows(of input: Tensor, shifts: [Int]) -> WindowGather {
    WindowGather(
      source: input.pointer, stepCount: input.shape[1], channelCount: inputChannelCount,
      stride: layout.inputStride, start: layout.start, length: layout.length, shifts: shifts)
  }

  func adjoint(
    _ output: Tensor, weight: UnsafePointer<Float>, finish: ConvolutionFinish, into input: Tensor
  ) {
    let rows = WindowGather(
      source: output.pointer, stepCount: output.shape[1] / layout.phaseCount,
      channelCount: outputRowLength, stride: 1, start: rowLayout.transposedStart,
      length: rowLayout.tapCount, shifts: [])
    multiply(
      rows, clipCount: input.shape[0], matrix: makeAdjointMatrix(of: weight),
      columnCount: inputRowLength, finish: finish, into: input)
  }

  /// Multiplies gathered rows by a matrix, block by block.
  private func multiply(
    _ rows: WindowGather, clipCount: Int, matrix: UnsafePointer<Float>, columnCount: Int,
    finish: ConvolutionFinish, into result: Tensor
  ) {
    let rowCount = clipCount * rows.windowCount
    let rowBlock = WorkCut.rowBlock
    let columnBlock = WorkCut.columnBlock(rowCount: rowCount, columnCount: columnCount)
    let columnBlockCount = (columnCount + columnBlock - 1) / columnBlock
    let itemCount = (rowCount + rowBlock - 1) / rowBlock * columnBlockCount
    let slope = slopeBeside(result, finish)
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
      finish.fusedActivation.apply(
        to: block, rowCount: rowsHere, columnCount: columnsHere, rowStride: columnCount,
        bias: finish.bias.map { $0 + firstColumn })
      guard let slope else { return }
      for row in 0..<rowsHere {
        let place = (firstRow + row) * columnCount + firstColumn
        slope.activation.scale(
          result.pointer + place, bySlopeAt: slope.output + place, count: columnsHere)
      }
    }
  }

  /// The slope to multiply by, read from memory that the products do not overwrite.
  private func slopeBeside(
    _ result: Tensor, _ finish: ConvolutionFinish
  ) -> (activation: Activation, output: UnsafePointer<Float>)? {
    guard let slope = finish.slope, slope.output == UnsafePointer(result.pointer) else {
      return finish.slope
    }
    let copy = workspace.shared(.inputValues, count: result.count)
    copy.update(from: slope.output, count: result.count)
    return (slope.activation, UnsafePointer(copy))
  }

  // MARK: Weight gradient

  func addWeightGradient(
    input: Tensor, shifts: [Int], outputGradient: Tensor,
    to gradient: UnsafeMutablePointer<Float>
  ) {
    let rows = windows(of: input, shifts: shifts)
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
    let count = rowLayout.tapCount * outputRowLength * columns
    let matrix = workspace.shared(.matrix, count: count)
    matrix.update(repeating: 0, count: count)
    workspace.team.forEach(outputs) { o, _ in
      for entry in rowLayout.entries {
        let position = (rowLayout.tapCount - 1 - entry.position) * layout.phaseCount + entry.phase
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
