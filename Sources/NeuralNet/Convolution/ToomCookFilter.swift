internal import VectorKernels

/// Carries a filter `[K, I, O]` to its values at the points of a ``ToomCookTransform``, and gradients
/// back.
///
/// Both go through blocks of 16 rows and 16 columns of the matrices of a ``RowLayout``,
/// `[16, r, 16]`.
///
/// What makes its pointers safe: blocks are cut from the whole matrices, whose sides are multiples
/// of 16, and entries lead to taps that the layout has.
struct ToomCookFilter {
  let transform: ToomCookTransform
  let layout: RowLayout

  /// I.
  let inputCount: Int

  /// O.
  let outputCount: Int

  /// Steps in a row of x.
  let stepCount: Int

  /// Steps in a row of y.
  let phaseCount: Int

  /// The entries of each step and phase: `[step · phases + phase]`.
  private let entries: [[RowLayout.Entry]]

  /// Rows of each matrix, Ci.
  var rowCount: Int { stepCount * inputCount }

  /// Columns of each matrix, Co.
  var columnCount: Int { phaseCount * outputCount }

  /// Numbers of a block.
  static let blockCount = 16 * 16 * (ToomCookTransform.tapCounts.max() ?? 0)

  init(
    _ transform: ToomCookTransform, layout: RowLayout, inputCount: Int, outputCount: Int,
    stepCount: Int, phaseCount: Int
  ) {
    self.transform = transform
    self.layout = layout
    self.inputCount = inputCount
    self.outputCount = outputCount
    self.stepCount = stepCount
    self.phaseCount = phaseCount
    entries = (0..<stepCount * phaseCount).map { place in
      layout.entries.filter { $0.step * phaseCount + $0.phase == place }
    }
  }

  /// Calls `body` for each part of a block that is one of the filter too.
  ///
  /// - Parameters:
  ///   - row: first row of the block.
  ///   - column: first column.
  ///   - body: places of the part's first number in the filter and in the block, and its sides.
  private func forEachPart(
    row: Int, column: Int,
    _ body: (_ filter: Int, _ block: Int, _ rowCount: Int, _ columnCount: Int) -> Void
  ) {
    var i = 0
    while i < 16 {
      let (step, input) = (row + i).quotientAndRemainder(dividingBy: inputCount)
      let rowsHere = min(16 - i, inputCount - input)
      var o = 0
      while o < 16 {
        let (phase, output) = (column + o).quotientAndRemainder(dividingBy: outputCount)
        let columnsHere = min(16 - o, outputCount - output)
        for entry in entries[step * phaseCount + phase] {
          body(
            (entry.tap * inputCount + input) * outputCount + output,
            (i * transform.tapCount + entry.position) * 16 + o, rowsHere, columnsHere)
        }
        o += columnsHere
      }
      i += rowsHere
    }
  }

  /// Reads a block of the matrices: `[16 rows, r, 16 columns]`.
  private func read(
    _ weight: UnsafePointer<Float>, row: Int, column: Int, into block: UnsafeMutablePointer<Float>
  ) {
    block.update(repeating: 0, count: 256 * transform.tapCount)
    forEachPart(row: row, column: column) { place, target, rowCount, columnCount in
      add_block(
        block + target, 16 * transform.tapCount, weight + place, outputCount, rowCount,
        columnCount)
    }
  }

  /// Adds the gradient of a block of the matrices to that of the filter.
  func add(
    _ block: UnsafePointer<Float>, row: Int, column: Int,
    to gradient: UnsafeMutablePointer<Float>
  ) {
    forEachPart(row: row, column: column) { place, source, rowCount, columnCount in
      add_block(
        gradient + place, outputCount, block + source, 16 * transform.tapCount, rowCount,
        columnCount)
    }
  }

  /// Evaluates some columns of the matrices of one direction: `[P, columns/16, rows, 16]`.
  ///
  /// The matrices for the forward pass are `[Ci, Co]`; those for the transpose are `[Co, Ci]` and
  /// follow each other in the opposite order.
  ///
  /// - Parameters:
  ///   - weight: the filter, `[K, I, O]`.
  ///   - columns: of these matrices, a multiple of 16 from a multiple of 16 on.
  ///   - isTransposed: the direction.
  ///   - block: room for ``scratchCount`` numbers.
  ///   - values: receives the factors.
  ///   - productStride: numbers from one factor to the next.
  func evaluate(
    _ weight: UnsafePointer<Float>, columns: Range<Int>, isTransposed: Bool,
    block: UnsafeMutablePointer<Float>, into values: UnsafeMutablePointer<Float>,
    productStride: Int
  ) {
    let taps = transform.tapCount
    let length = isTransposed ? columnCount : rowCount
    let turned = block + Self.blockCount
    var target = values
    for column in stride(from: columns.lowerBound, to: columns.upperBound, by: 16) {
      for row in stride(from: 0, to: length, by: 16) {
        if isTransposed {
          read(weight, row: column, column: row, into: block)
          for tap in 0..<taps {
            transpose_block(block + tap * 16, taps * 16, turned + (taps - 1 - tap) * 16, taps * 16)
          }
        } else {
          read(weight, row: row, column: column, into: block)
        }
        evaluate_polynomials(
          transform.pairs, transform.filter, taps, isTransposed ? turned : block, 16, taps * 16,
          16, 1, target, productStride, 0)
        target += 16 * 16
      }
    }
  }

  /// Numbers of room that evaluating takes.
  static let scratchCount = 2 * blockCount
}
