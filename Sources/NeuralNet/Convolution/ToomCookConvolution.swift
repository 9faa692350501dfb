internal import VectorKernels

/// A convolution by ``ToomCookTransform``, for layers with many channels.
///
/// A *tile* is 8 rows of the result, in the sense of ``RowLayout``. Its N = r + 7 rows of input become
/// P factors; each factor of a block of tiles is multiplied with that of the filter,
/// `[tiles, Ci] × [Ci, Co]`; and the P products become 8 rows of the result, with bias and activation
/// on the way. The transpose is the same with the filter turned round.
///
/// The work is cut by shapes alone. Where the filter's factors fit into cache, each item takes a block
/// of tiles through all stages in memory of its own; where they do not, all tiles are transformed
/// first, and each item makes some columns of the result, for which it evaluates the filter itself:
/// so the filter passes by once, and its factors, twice as large, stay in cache.
///
/// What makes its pointers safe: tiles and channels are cut from the shapes that ``Convolution``
/// has checked, and scratch memory is reserved for the largest block when a layer is planned.
final class ToomCookConvolution {
  let filter: ToomCookFilter
  let workspace: Workspace
  var transform: ToomCookTransform { filter.transform }

  /// Plans a convolution, where the transform suits it: 2 to 7 rows under a filter, rows of both
  /// sides whose lengths are multiples of 16, fewer multiplications than direct sums have, and enough
  /// channels for products to outweigh transforms.
  init?(
    _ layout: WindowLayout, inputChannelCount: Int, outputChannelCount: Int, workspace: Workspace
  ) {
    let rows = RowLayout(layout)
    let lengths = (
      layout.inputStride * inputChannelCount, layout.phaseCount * outputChannelCount
    )
    guard let transform = ToomCookTransform(atLeastTaps: rows.tapCount),
      // A tap that stood in several steps and several phases would be in several items of a gradient.
      layout.inputStride == 1 || layout.phaseCount == 1,
      lengths.0.isMultiple(of: 16), lengths.1.isMultiple(of: 16),
      transform.productCount * layout.inputStride < ToomCookTransform.tileLength * layout.length,
      lengths.0 * lengths.1 >= Self.leastChannels * (lengths.0 + lengths.1)
    else { return nil }
    filter = ToomCookFilter(
      transform, layout: rows, inputCount: inputChannelCount, outputCount: outputChannelCount,
      stepCount: layout.inputStride, phaseCount: layout.phaseCount)
    self.workspace = workspace
    workspace.reserve(
      perWorker: max(
        Correlation(self, isTransposed: false).scratchCount,
        Correlation(self, isTransposed: true).scratchCount, ToomCookGradient(self).scratchCount))
  }

  /// Least Ci·Co / (Ci + Co). A tile takes P·Ci·Co multiplications in products, and about 8·P·(Ci + Co)
  /// in transforms; on the layers of narrow networks direct sums are then as fast.
  private static let leastChannels = 16

  /// Numbers from one product's matrix to the next, for matrices of `count` numbers.
  ///
  /// A cache line more than the matrix has: transforms walk through all products at once, and at
  /// distances of a power of two all would meet in the same few lines of the cache.
  static func productStride(_ count: Int) -> Int { count + 16 }

  /// One direction: which rows become which, and how the work is cut.
  struct Correlation {
    let inputLength: Int
    let outputLength: Int
    let productCount: Int

    /// Input row under the first matrix, beside output row 0.
    let start: Int

    /// Tiles that an item takes through all stages.
    let tileBlock: Int

    /// Whether all tiles are transformed first.
    let isTwoPhase: Bool

    /// Columns of an item of the second phase.
    let columnBlock: Int

    init(_ convolution: ToomCookConvolution, isTransposed: Bool) {
      let (filter, transform) = (convolution.filter, convolution.transform)
      inputLength = isTransposed ? filter.columnCount : filter.rowCount
      outputLength = isTransposed ? filter.rowCount : filter.columnCount
      productCount = transform.productCount
      start =
        isTransposed
        ? -filter.layout.start - (transform.tapCount - 1) : filter.layout.start
      let filterBytes = 4 * productCount * inputLength * outputLength
      isTwoPhase = filterBytes > 4 << 20
      // Values and products of a block together fill most of a core's cache.
      let fitting = (640 << 10) / (4 * productCount * (inputLength + outputLength))
      tileBlock = isTwoPhase ? 96 : min(128, max(32, fitting / 8 * 8))
      // The filter's factors for so many columns fit into a processor's last cache; fewer columns take
      // longer, but too few items keep threads waiting.
      columnBlock = isTwoPhase ? (outputLength < 512 ? 32 : 64) : outputLength
    }

    /// Numbers that a worker needs.
    var scratchCount: Int {
      let factors =
        productCount
        * ToomCookConvolution.productStride(
          inputLength * (isTwoPhase ? columnBlock : tileBlock))
      return factors + productCount * ToomCookConvolution.productStride(tileBlock * columnBlock)
        + max(productCount * inputLength, ToomCookFilter.scratchCount)
    }

    /// Blocks that all tiles are cut into.
    func blockCount(_ tiles: Tiles) -> Int { (tiles.count + tileBlock - 1) / tileBlock }

    /// The tiles of one of them.
    func tiles(ofBlock block: Int, _ tiles: Tiles) -> Range<Int> {
      block * tileBlock..<min(tiles.count, (block + 1) * tileBlock)
    }

    /// Tiles that there is room for: a product takes 8 at a time.
    static func capacity(tileCount: Int) -> Int { (tileCount + 7) / 8 * 8 }

    /// Numbers of the filter's factors, where all items share them.
    var filterCount: Int {
      isTwoPhase
        ? 0 : productCount * ToomCookConvolution.productStride(inputLength * outputLength)
    }

    /// Numbers of all tiles' values, where these are transformed first.
    func inputCount(tileCapacity: Int) -> Int {
      productCount * ToomCookConvolution.productStride(tileCapacity * inputLength)
    }
  }

  /// Numbers that all workers share in passes over so many tiles.
  func sharedCounts(tileCount: Int, weightCount: Int) -> [Workspace.Purpose: Int] {
    let plans = [false, true].map { Correlation(self, isTransposed: $0) }
    let capacity = Correlation.capacity(tileCount: tileCount)
    let gradient = ToomCookGradient(self)
    return [
      .matrix: plans[0].filterCount,
      .inputValues: plans.reduce(0) {
        max($0, $1.isTwoPhase ? $1.inputCount(tileCapacity: capacity) : 0)
      },
      .partialSums: gradient.partCount(tileCount: tileCount, weightCount: weightCount),
    ]
  }

  /// Makes the rows of one side from those of the other.
  ///
  /// - Parameters:
  ///   - source: the rows that come in.
  ///   - weight: the filter, `[K, I, O]`.
  ///   - result: `[B, rows, outputLength]`.
  func correlate(
    _ source: RowSource, weight: UnsafePointer<Float>, isTransposed: Bool,
    finish: ConvolutionFinish,
    into result: UnsafeMutablePointer<Float>
  ) {
    let plan = Correlation(self, isTransposed: isTransposed)
    let tiles = Tiles(source, tileLength: ToomCookTransform.tileLength)
    if plan.isTwoPhase {
      correlateByColumns(
        plan, source, tiles, weight: weight, isTransposed: isTransposed, finish: finish,
        into: result)
    } else {
      correlateByTiles(
        plan, source, tiles, weight: weight, isTransposed: isTransposed, finish: finish,
        into: result)
    }
  }

  /// Evaluates the filter, and then takes each block of tiles through all stages.
  private func correlateByTiles(
    _ plan: Correlation, _ source: RowSource, _ tiles: Tiles, weight: UnsafePointer<Float>,
    isTransposed: Bool, finish: ConvolutionFinish, into result: UnsafeMutablePointer<Float>
  ) {
    let factors = workspace.shared(.matrix, count: plan.filterCount)
    let factorStride = Self.productStride(plan.inputLength * plan.outputLength)
    workspace.team.forEach(plan.outputLength / 16) { panel, worker in
      filter.evaluate(
        weight, columns: panel * 16..<(panel + 1) * 16, isTransposed: isTransposed,
        block: workspace.scratch(of: worker), into: factors + panel * 16 * plan.inputLength,
        productStride: factorStride)
    }
    workspace.team.forEach(plan.blockCount(tiles)) { block, worker in
      let inputs = workspace.scratch(of: worker)
      let sums = inputs + plan.productCount * Self.productStride(plan.tileBlock * plan.inputLength)
      let edge = sums + plan.productCount * Self.productStride(plan.tileBlock * plan.outputLength)
      transformInput(
        source, tiles, plan.tiles(ofBlock: block, tiles), start: plan.start,
        columns: 0..<plan.inputLength, edge: edge, into: inputs, capacity: plan.tileBlock)
      multiply(
        plan, tiles, plan.tiles(ofBlock: block, tiles), inputs, capacity: plan.tileBlock,
        factors: factors, factorStride: factorStride, columns: 0..<plan.outputLength, sums: sums,
        finish: finish, into: result)
    }
  }

  /// Transforms all tiles, and then makes some columns of all of them at a time.
  private func correlateByColumns(
    _ plan: Correlation, _ source: RowSource, _ tiles: Tiles, weight: UnsafePointer<Float>,
    isTransposed: Bool, finish: ConvolutionFinish, into result: UnsafeMutablePointer<Float>
  ) {
    let capacity = Correlation.capacity(tileCount: tiles.count)
    let inputs = workspace.shared(.inputValues, count: plan.inputCount(tileCapacity: capacity))
    workspace.team.forEach(capacity / 8) { item, worker in
      transformInput(
        source, tiles, item * 8..<min(tiles.count, (item + 1) * 8), start: plan.start,
        columns: 0..<plan.inputLength, edge: workspace.scratch(of: worker),
        into: inputs + item * 8 * 16, capacity: capacity)
    }
    let factorStride = Self.productStride(plan.inputLength * plan.columnBlock)
    workspace.team.forEach(
      (plan.outputLength + plan.columnBlock - 1) / plan.columnBlock
    ) { item, worker in
      let first = item * plan.columnBlock
      let columns = first..<min(plan.outputLength, first + plan.columnBlock)
      let factors = workspace.scratch(of: worker)
      let sums = factors + plan.productCount * factorStride
      let block = sums + plan.productCount * Self.productStride(plan.tileBlock * plan.columnBlock)
      filter.evaluate(
        weight, columns: columns, isTransposed: isTransposed, block: block, into: factors,
        productStride: factorStride)
      for block in 0..<plan.blockCount(tiles) {
        multiply(
          plan, tiles, plan.tiles(ofBlock: block, tiles), inputs + block * plan.tileBlock * 16,
          capacity: capacity, factors: factors, factorStride: factorStride, columns: columns,
          sums: sums, finish: finish, into: result)
      }
    }
  }

  /// Transforms columns of the input of some tiles: `[P, columns/16, capacity, 16]`.
  ///
  /// - Parameter edge: room for the rows of one tile that are not all inside its clip.
  func transformInput(
    _ source: RowSource, _ tiles: Tiles, _ range: Range<Int>, start: Int, columns: Range<Int>,
    edge: UnsafeMutablePointer<Float>, into values: UnsafeMutablePointer<Float>, capacity: Int
  ) {
    let productStride = Self.productStride(capacity * columns.count)
    var tile = range.lowerBound
    while tile < range.upperBound {
      let (clip, first) = tiles.place(of: tile)
      let inside = source.insideRows(of: clip)
      let rows = first + start..<first + start + transform.inputCount
      let target = values + (tile - range.lowerBound) * 16
      if rows.lowerBound >= inside.lowerBound && rows.upperBound <= inside.upperBound {
        let following = (inside.upperBound - rows.upperBound) / ToomCookTransform.tileLength
        let count = min(1 + following, tiles.end(ofClip: clip) - tile, range.upperBound - tile)
        transform_input_tiles(
          transform.pairs, transform.input,
          source.address(clip: clip, row: rows.lowerBound) + columns.lowerBound, source.rowLength,
          count, columns.count / 16, target, productStride, capacity * 16)
        tile += count
      } else {
        source.copy(clip: clip, rows: rows, columns: columns, to: edge)
        transform_input_tiles(
          transform.pairs, transform.input, edge, columns.count, 1, columns.count / 16, target,
          productStride, capacity * 16)
        tile += 1
      }
    }
  }

  /// Multiplies the values of some tiles with those of the filter, and makes columns of the result.
  ///
  /// - Parameter factors: of the filter, for these columns alone.
  private func multiply(
    _ plan: Correlation, _ tiles: Tiles, _ range: Range<Int>, _ inputs: UnsafePointer<Float>,
    capacity: Int, factors: UnsafePointer<Float>, factorStride: Int, columns: Range<Int>,
    sums: UnsafeMutablePointer<Float>, finish: ConvolutionFinish,
    into result: UnsafeMutablePointer<Float>
  ) {
    let rowCount = (range.count + 7) / 8 * 8
    let productStride = Self.productStride(rowCount * columns.count)
    for product in 0..<plan.productCount {
      multiply_panels(
        rowCount, plan.inputLength, columns.count / 16,
        inputs + product * Self.productStride(capacity * plan.inputLength), 16, capacity * 16,
        factors + product * factorStride,
        sums + product * productStride, 16, rowCount * 16, false)
    }
    var tile = range.lowerBound
    while tile < range.upperBound {
      let (clip, first) = tiles.place(of: tile)
      let count = min(tiles.end(ofClip: clip), range.upperBound) - tile
      let place = (clip * tiles.rowCount + first) * plan.outputLength + columns.lowerBound
      sum_polynomials(
        transform.pairs, transform.output, ToomCookTransform.tileLength,
        sums + (tile - range.lowerBound) * 16, productStride, rowCount * 16, count,
        columns.count / 16, result + place, plan.outputLength, tiles.rowCount - first,
        finish.bias.map { $0 + columns.lowerBound }, finish.kind,
        finish.slope.map { $0.output + place }, Activation.leakySlope)
      tile += count
    }
  }
}
