internal import VectorKernels

/// A convolution with few numbers in the rows of one side, in the sense of ``RowLayout``: the layers
/// next to the waveform, whose rows are some samples long.
///
/// From the narrow side to the wide one, the window of a row is a run of r·n numbers in memory, and
/// windows that overlap are the rows of a matrix as they lie. From the wide side to the narrow one,
/// each row is multiplied with all r matrices at once, `z = x · [m₀ … mᵣ₋₁]`, and what the rows made
/// for each other is added up: `y[q] = Σⱼ zⱼ[q + start + j]`.
///
/// What makes its pointers safe: rows of the narrow side are copied with what surrounds them into
/// scratch memory that is reserved when a layer is planned; counts of rows are multiples of 8.
final class NarrowConvolution {
  private let layout: RowLayout
  private let inputChannelCount: Int
  private let outputChannelCount: Int
  private let inputStride: Int
  private let phaseCount: Int
  private let workspace: Workspace

  /// Whether x is the narrow side.
  private let isInputNarrow: Bool

  /// Numbers in a row of the narrow side, n.
  private let narrowLength: Int

  /// Numbers in a row of the wide side.
  private let wideLength: Int

  /// Rows that an item makes.
  private let rowBlock = 256

  /// Groups of rows that have a gradient of their own.
  private static let groupLimit = 16

  private var tapCount: Int { layout.tapCount }

  /// r·n, and filled up to whole panels.
  private var windowLength: Int { tapCount * narrowLength }
  private var paddedWindow: Int { (windowLength + 15) / 16 * 16 }

  /// Plans a convolution, where it suits: rows of fewer than 16 numbers on one side, and of a multiple
  /// of 16 on the other.
  init?(
    _ layout: WindowLayout, inputChannelCount: Int, outputChannelCount: Int, workspace: Workspace
  ) {
    let lengths = (
      layout.inputStride * inputChannelCount, layout.phaseCount * outputChannelCount
    )
    isInputNarrow = lengths.0 < lengths.1
    narrowLength = min(lengths.0, lengths.1)
    wideLength = max(lengths.0, lengths.1)
    guard narrowLength < 16, wideLength.isMultiple(of: 16) else { return nil }
    self.layout = RowLayout(layout)
    self.inputChannelCount = inputChannelCount
    self.outputChannelCount = outputChannelCount
    inputStride = layout.inputStride
    phaseCount = layout.phaseCount
    self.workspace = workspace
    workspace.reserve(perWorker: windowsCount + wideBlockCount)
  }

  /// Numbers of a block of narrow rows with what surrounds them, and of a block of z.
  private var windowsCount: Int {
    max((rowBlock + tapCount) * narrowLength + 16, (rowBlock + tapCount + 8) * paddedWindow)
  }

  private var wideBlockCount: Int { (rowBlock + tapCount + 8) * wideLength }

  /// Numbers that all workers share, at most.
  var sharedCounts: [Workspace.Purpose: Int] {
    let count = paddedWindow * wideLength
    return [.matrix: count, .partialSums: Self.groupLimit * count]
  }

  /// Whether a batch can be done here: rows in whole passes of the product.
  func suits(rowCount: Int) -> Bool { rowCount.isMultiple(of: 8) }

  // MARK: The filter as a matrix

  /// Calls `body` with each number's place in the filter, its narrow place j·n + c and its wide one.
  ///
  /// - Parameter fromNarrow: whether j counts rows of the narrow side from the first one that a wide
  ///   row needs, or rows of the wide side that a narrow row needs.
  private func forEachWeight(
    fromNarrow: Bool, _ body: (_ filter: Int, _ narrow: Int, _ wide: Int) -> Void
  ) {
    for entry in layout.entries {
      // Seen from the other side, matrices follow each other in the opposite order.
      let tap = fromNarrow == isInputNarrow ? entry.position : tapCount - 1 - entry.position
      for i in 0..<inputChannelCount {
        for o in 0..<outputChannelCount {
          let place = (entry.tap * inputChannelCount + i) * outputChannelCount + o
          let x = entry.step * inputChannelCount + i
          let y = entry.phase * outputChannelCount + o
          let (narrow, wide) = isInputNarrow ? (x, y) : (y, x)
          body(place, tap * narrowLength + narrow, wide)
        }
      }
    }
  }

  /// First row of the narrow side that a wide row needs, beside its own.
  private var narrowStart: Int { isInputNarrow ? layout.start : layout.transposedStart }

  /// First row of the wide side that a narrow row needs.
  private var wideStart: Int { -narrowStart - (tapCount - 1) }

  // MARK: Passes

  func forward(
    _ input: Tensor, shifts: [Int], weight: UnsafePointer<Float>,
    finish: ConvolutionFinish, into output: Tensor
  ) {
    let source = RowSource(input, stride: inputStride, shifts: shifts)
    if isInputNarrow {
      widen(source, weight: weight, finish, into: output.pointer)
    } else {
      narrow(source, weight: weight, finish, into: output.pointer)
    }
  }

  func adjoint(
    _ output: Tensor, weight: UnsafePointer<Float>, finish: ConvolutionFinish, into input: Tensor
  ) {
    let source = RowSource(output, stride: phaseCount)
    if isInputNarrow {
      narrow(source, weight: weight, finish, into: input.pointer)
    } else {
      widen(source, weight: weight, finish, into: input.pointer)
    }
  }

  /// Does blocks of rows, clip by clip.
  private func forEachBlock(
    clipCount: Int, rowCount: Int, _ body: (_ clip: Int, _ rows: Range<Int>, _ worker: Int) -> Void
  ) {
    let blocksPerClip = (rowCount + rowBlock - 1) / rowBlock
    workspace.team.forEach(clipCount * blocksPerClip) { item, worker in
      let first = item % blocksPerClip * rowBlock
      body(item / blocksPerClip, first..<min(rowCount, first + rowBlock), worker)
    }
  }

  private func widen(
    _ source: RowSource, weight: UnsafePointer<Float>, _ finish: ConvolutionFinish,
    into result: UnsafeMutablePointer<Float>
  ) {
    // [wide/16, r·n, 16]
    let matrix = workspace.shared(.matrix, count: windowLength * wideLength)
    matrix.update(repeating: 0, count: windowLength * wideLength)
    forEachWeight(fromNarrow: true) { place, narrow, wide in
      matrix[(wide / 16 * windowLength + narrow) * 16 + wide % 16] += weight[place]
    }
    forEachBlock(clipCount: source.clipCount, rowCount: source.rowCount) { clip, rows, worker in
      let windows = workspace.scratch(of: worker)
      copyWindows(source, clip: clip, rows: rows, to: windows)
      let products = windows + windowsCount
      multiply_panels(
        rows.count, windowLength, wideLength / 16, windows, narrowLength, 16, matrix, products,
        wideLength, 16, false)
      let place = (clip * source.rowCount + rows.lowerBound) * wideLength
      finish_rows(
        products, result + place, rows.count, wideLength, finish.bias, finish.kind,
        finish.slope.map { $0.output + place }, Activation.leakySlope)
    }
  }

  /// Copies the narrow rows that some wide rows need.
  private func copyWindows(
    _ source: RowSource, clip: Int, rows: Range<Int>, to windows: UnsafeMutablePointer<Float>
  ) {
    let needed = rows.lowerBound + narrowStart..<rows.upperBound + narrowStart + tapCount - 1
    source.copy(clip: clip, rows: needed, columns: 0..<narrowLength, to: windows)
    // A product may read to the end of a panel.
    (windows + needed.count * narrowLength).update(repeating: 0, count: 16)
  }

  private func narrow(
    _ source: RowSource, weight: UnsafePointer<Float>, _ finish: ConvolutionFinish,
    into result: UnsafeMutablePointer<Float>
  ) {
    // [r·n/16, wide, 16]
    let matrix = workspace.shared(.matrix, count: paddedWindow * wideLength)
    matrix.update(repeating: 0, count: paddedWindow * wideLength)
    forEachWeight(fromNarrow: false) { place, narrow, wide in
      matrix[(narrow / 16 * wideLength + wide) * 16 + narrow % 16] += weight[place]
    }
    forEachBlock(clipCount: source.clipCount, rowCount: source.rowCount) { clip, rows, worker in
      let products = workspace.scratch(of: worker)
      let edge = products + windowsCount
      let needed = rows.lowerBound + wideStart..<rows.upperBound + wideStart + tapCount - 1
      let rowCount = (needed.count + 7) / 8 * 8
      let wide = wideRows(
        source, clip: clip, rows: needed.lowerBound..<needed.lowerBound + rowCount, edge: edge)
      multiply_panels(
        rowCount, wideLength, paddedWindow / 16, wide, wideLength, 16, matrix, products,
        paddedWindow, 16, false)
      let place = (clip * source.rowCount + rows.lowerBound) * narrowLength
      let count = rows.count * narrowLength
      // Into the room of the wide rows, which have served.
      sum_shifted_rows(
        products, paddedWindow, tapCount, narrowLength, rows.count, finish.bias, edge)
      finish.finish(edge, count: count, at: place, into: result)
    }
  }

  /// Rows of the wide side, where they lie, or copied where some of them are not in their clip.
  private func wideRows(
    _ source: RowSource, clip: Int, rows: Range<Int>, edge: UnsafeMutablePointer<Float>
  ) -> UnsafePointer<Float> {
    let inside = source.insideRows(of: clip)
    if rows.lowerBound >= inside.lowerBound && rows.upperBound <= inside.upperBound {
      return source.address(clip: clip, row: rows.lowerBound)
    }
    source.copy(clip: clip, rows: rows, columns: 0..<wideLength, to: edge)
    return UnsafePointer(edge)
  }

  // MARK: Gradient

  func addWeightGradient(
    input: Tensor, shifts: [Int], outputGradient: Tensor,
    to gradient: UnsafeMutablePointer<Float>
  ) {
    let x = RowSource(input, stride: inputStride, shifts: shifts)
    let y = RowSource(outputGradient, stride: phaseCount)
    let (narrowSide, wideSide) = isInputNarrow ? (x, y) : (y, x)
    let count = paddedWindow * wideLength
    let blocksPerClip = (x.rowCount + rowBlock - 1) / rowBlock
    let blockCount = x.clipCount * blocksPerClip
    let groupCount = min(Self.groupLimit, blockCount)
    // [groups, wide/16, r·n, 16]
    let sums = workspace.shared(.partialSums, count: groupCount * count)
    workspace.team.forEach(groupCount) { group, worker in
      let windows = workspace.scratch(of: worker)
      let blocks = group * blockCount / groupCount..<(group + 1) * blockCount / groupCount
      for block in blocks {
        let (clip, part) = block.quotientAndRemainder(dividingBy: blocksPerClip)
        let rows = part * rowBlock..<min(x.rowCount, (part + 1) * rowBlock)
        copyWindows(narrowSide, clip: clip, rows: rows, to: windows)
        multiply_transposed_panels(
          paddedWindow, rows.count, wideLength / 16, windows, narrowLength, 16,
          wideRows(wideSide, clip: clip, rows: rows, edge: windows + windowsCount), wideLength, 16,
          sums + group * count, paddedWindow * 16, block > blocks.lowerBound)
      }
    }
    for group in 1..<max(1, groupCount) {
      for i in 0..<count { sums[i] += sums[group * count + i] }
    }
    forEachWeight(fromNarrow: true) { place, narrow, wide in
      gradient[place] += sums[(wide / 16 * paddedWindow + narrow) * 16 + wide % 16]
    }
  }
}
