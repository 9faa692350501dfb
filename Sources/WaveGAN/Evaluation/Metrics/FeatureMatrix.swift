/// Some numbers for each clip of a set, one clip a row.
package struct FeatureMatrix: Sendable, Hashable {
  /// Clips, n.
  package let rowCount: Int
  /// Numbers a clip, D.
  package let width: Int
  /// The numbers, `[n, D]`.
  package let values: [Double]

  /// - Precondition: there are n · D values, and D is positive; checked in every build.
  package init(rowCount: Int, width: Int, values: [Double]) {
    precondition(
      width > 0 && values.count == rowCount * width,
      "\(values.count) numbers are not \(rowCount) rows of \(width)")
    self.rowCount = rowCount
    self.width = width
    self.values = values
  }

  /// The numbers of one clip.
  package subscript(row: Int) -> ArraySlice<Double> { values[row * width..<(row + 1) * width] }

  /// The mean of all rows, `[D]`; zeros without a row.
  package var mean: [Double] {
    var sums = [Double](repeating: 0, count: width)
    for row in 0..<rowCount {
      for column in 0..<width { sums[column] += values[row * width + column] }
    }
    return sums.map { $0 / Double(max(rowCount, 1)) }
  }
}
