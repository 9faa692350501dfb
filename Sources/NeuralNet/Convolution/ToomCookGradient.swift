internal import VectorKernels

/// The filter's gradient of a ``ToomCookConvolution``: for each of P products
/// `[Ci, tiles] × [tiles, Co]`, then Gᵀ.
///
/// An item makes a block of rows and columns of the matrices. Where there are few of them, tiles are
/// also cut into groups, each with a gradient of its own; these are added in their order.
///
/// What makes its pointers safe: as in ``ToomCookConvolution``.
struct ToomCookGradient {
  private let convolution: ToomCookConvolution
  private let rowBlock: Int
  private let columnBlock: Int

  /// Tiles that are transformed at a time.
  private let tileBlock = 64

  /// Items that keep a few threads evenly busy.
  private static let wantedItemCount = 16

  init(_ convolution: ToomCookConvolution) {
    self.convolution = convolution
    rowBlock = min(128, convolution.filter.rowCount)
    columnBlock = min(256, convolution.filter.columnCount)
  }

  private var productCount: Int { convolution.transform.productCount }
  private var filter: ToomCookFilter { convolution.filter }
  private func productStride(_ count: Int) -> Int { ToomCookConvolution.productStride(count) }

  /// Numbers that a worker needs.
  var scratchCount: Int {
    let strides =
      productStride(rowBlock * columnBlock) + productStride(tileBlock * rowBlock)
      + productStride(tileBlock * columnBlock)
    return productCount * (strides + rowBlock + columnBlock) + ToomCookFilter.blockCount
  }

  private var columnBlockCount: Int { (filter.columnCount + columnBlock - 1) / columnBlock }

  /// Where a tap stands in several phases, it is in several blocks of columns: then these belong to
  /// one item.
  private var splitsColumns: Bool { filter.phaseCount == 1 }

  /// Blocks of the matrices that are items of their own.
  private var blockCount: Int {
    (filter.rowCount + rowBlock - 1) / rowBlock * (splitsColumns ? columnBlockCount : 1)
  }

  private func tileBlockCount(_ tileCount: Int) -> Int { (tileCount + tileBlock - 1) / tileBlock }

  private func groupCount(tileCount: Int) -> Int {
    let wanted = (Self.wantedItemCount + blockCount - 1) / blockCount
    return min(tileBlockCount(tileCount), wanted)
  }

  /// Numbers in the gradients of the groups, if there is more than one.
  func partCount(tileCount: Int, weightCount: Int) -> Int {
    let groupCount = groupCount(tileCount: tileCount)
    return groupCount > 1 ? groupCount * weightCount : 0
  }

  /// Adds `∂⟨y, A(w)·x⟩/∂w` to a gradient.
  ///
  /// - Parameters:
  ///   - input: x.
  ///   - outputGradient: y.
  ///   - gradient: `[K, I, O]`, of `weightCount` numbers.
  func add(
    _ input: RowSource, _ outputGradient: RowSource, weightCount: Int,
    to gradient: UnsafeMutablePointer<Float>
  ) {
    let workspace = convolution.workspace
    let tiles = Tiles(outputGradient, tileLength: ToomCookTransform.tileLength)
    let tileBlockCount = tileBlockCount(tiles.count)
    let groupCount = groupCount(tileCount: tiles.count)
    let partCount = partCount(tileCount: tiles.count, weightCount: weightCount)
    let parts = partCount > 0 ? workspace.shared(.partialSums, count: partCount) : nil
    if let parts {
      workspace.team.forEachRange(of: partCount) { range in
        (parts + range.lowerBound).update(repeating: 0, count: range.count)
      }
    }
    workspace.team.forEach(groupCount * blockCount) { item, worker in
      let (group, block) = item.quotientAndRemainder(dividingBy: blockCount)
      let blocks =
        group * tileBlockCount / groupCount..<(group + 1) * tileBlockCount / groupCount
      let range = blocks.lowerBound * tileBlock..<min(tiles.count, blocks.upperBound * tileBlock)
      let target = parts.map { $0 + group * weightCount } ?? gradient
      let firstRow = (splitsColumns ? block / columnBlockCount : block) * rowBlock
      let rows = firstRow..<min(filter.rowCount, firstRow + rowBlock)
      let columnBlocks =
        splitsColumns
        ? block % columnBlockCount..<block % columnBlockCount + 1 : 0..<columnBlockCount
      for columnBlock in columnBlocks {
        let first = columnBlock * self.columnBlock
        let columns = first..<min(filter.columnCount, first + self.columnBlock)
        addBlock(
          input, outputGradient, tiles, range, rows: rows, columns: columns,
          scratch: workspace.scratch(of: worker), to: target)
      }
    }
    guard let parts else { return }
    workspace.team.forEachRange(of: weightCount) { range in
      for group in 0..<groupCount {
        let part = parts + group * weightCount
        for i in range { gradient[i] += part[i] }
      }
    }
  }

  /// Adds the gradient of a block of the matrices, summed over some tiles in their order.
  private func addBlock(
    _ input: RowSource, _ outputGradient: RowSource, _ tiles: Tiles, _ range: Range<Int>,
    rows: Range<Int>, columns: Range<Int>, scratch: UnsafeMutablePointer<Float>,
    to gradient: UnsafeMutablePointer<Float>
  ) {
    let transform = convolution.transform
    let sums = scratch
    let sumStride = productStride(rows.count * columns.count)
    let inputs = sums + productCount * sumStride
    let inputStride = productStride(tileBlock * rows.count)
    let outputs = inputs + productCount * inputStride
    let outputStride = productStride(tileBlock * columns.count)
    let edge = outputs + productCount * outputStride
    let block = edge + productCount * (rowBlock + columnBlock)

    for first in stride(from: range.lowerBound, to: range.upperBound, by: tileBlock) {
      let some = first..<min(range.upperBound, first + tileBlock)
      convolution.transformInput(
        input, tiles, some, start: filter.layout.start, columns: rows, edge: edge, into: inputs,
        capacity: tileBlock)
      evaluate(outputGradient, tiles, some, columns: columns, edge: edge, into: outputs)
      for product in 0..<productCount {
        multiply_transposed_panels(
          rows.count, some.count, columns.count / 16, inputs + product * inputStride, 16,
          tileBlock * 16, outputs + product * outputStride, 16, tileBlock * 16,
          sums + product * sumStride, rows.count * 16, first > range.lowerBound)
      }
    }
    let taps = transform.tapCount
    for column in stride(from: 0, to: columns.count, by: 16) {
      for row in stride(from: 0, to: rows.count, by: 16) {
        sum_polynomials(
          transform.pairs, transform.filter, taps, sums + column * rows.count + row * 16,
          sumStride, 0, 16, 1, block, 16, 16 * taps, nil, finish_nothing, nil, 0)
        filter.add(
          block, row: rows.lowerBound + row, column: columns.lowerBound + column, to: gradient)
      }
    }
  }

  /// Evaluates columns of some tiles of y: `[P, columns/16, tileBlock, 16]`.
  private func evaluate(
    _ source: RowSource, _ tiles: Tiles, _ range: Range<Int>, columns: Range<Int>,
    edge: UnsafeMutablePointer<Float>, into values: UnsafeMutablePointer<Float>
  ) {
    let (transform, length) = (convolution.transform, ToomCookTransform.tileLength)
    for tile in range {
      let (clip, first) = tiles.place(of: tile)
      let isInside = first + length <= tiles.rowCount
      if !isInside {
        source.copy(clip: clip, rows: first..<first + length, columns: columns, to: edge)
      }
      evaluate_polynomials(
        transform.pairs, transform.output, length,
        isInside
          ? source.address(clip: clip, row: first) + columns.lowerBound : UnsafePointer(edge),
        isInside ? source.rowLength : columns.count, 0, 1, columns.count / 16,
        values + (tile - range.lowerBound) * 16, productStride(tileBlock * columns.count),
        tileBlock * 16)
    }
  }
}
