/// How the products of a convolution are cut into items of work.
///
/// A function of the shapes alone: OpenBLAS's answer for a row can depend on how many rows and
/// columns a call has, so the cut must not know the number of threads.
enum WorkCut {
  /// Rows of one product: enough to keep sgemm busy, few enough for its input to stay in cache.
  static let rowBlock = 256

  /// Columns of one product when there are too few rows to share out: a whole number of vectors.
  static func columnBlock(rowCount: Int, columnCount: Int) -> Int {
    let rowBlockCount = (rowCount + rowBlock - 1) / rowBlock
    guard rowBlockCount < wantedItemCount else { return columnCount }
    let parts = (wantedItemCount + rowBlockCount - 1) / rowBlockCount
    return min(columnCount, max(64, (columnCount / parts + 15) / 16 * 16))
  }

  /// Items that keep a few threads evenly busy.
  static let wantedItemCount = 16

  /// How a weight gradient is cut: by rows of the gradient first, each item summing over the whole
  /// batch in order, and by groups of the batch where the gradient is too small for that.
  static func gradient(
    rowCount: Int, windowLength: Int
  ) -> (windowBlock: Int, groupCount: Int) {
    let blockCount = max(1, (windowLength + 511) / 512)
    let windowBlock = min(
      windowLength, ((windowLength + blockCount - 1) / blockCount + 15) / 16 * 16)
    let rowBlockCount = (rowCount + rowBlock - 1) / rowBlock
    let groupCount =
      blockCount >= wantedItemCount / 2
      ? 1 : min(rowBlockCount, (wantedItemCount + blockCount - 1) / blockCount)
    return (windowBlock, groupCount)
  }
}
