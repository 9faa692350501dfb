package import NeuralNet

/// The distance of each clip of one set to each clip of another, or of the same.
package struct DistanceMatrix: Sendable, Hashable {
  /// Clips of the first set, n.
  package let rowCount: Int
  /// Clips of the second set, m.
  package let columnCount: Int
  /// The distances, `[n, m]`.
  package let values: [Double]

  /// - Precondition: there are n · m values; checked in every build.
  package init(rowCount: Int, columnCount: Int, values: [Double]) {
    precondition(
      values.count == rowCount * columnCount,
      "\(values.count) distances are not \(rowCount) times \(columnCount)")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  /// Euclidean distances of rows, in 64 bits.
  package init(from a: FeatureMatrix, to b: FeatureMatrix, team: ThreadTeam) {
    precondition(a.width == b.width, "rows of \(a.width) cannot be compared with \(b.width)")
    self.init(
      rowCount: a.rowCount, columnCount: b.rowCount,
      values: RowDistances.direct(a.values, b.values, width: a.width, team: team))
  }

  /// The distances of one clip of the first set.
  package subscript(row: Int) -> ArraySlice<Double> {
    values[row * columnCount..<(row + 1) * columnCount]
  }

  /// For each clip of a set compared with itself, the distance to its k-th nearest other one, `[n]`.
  ///
  /// - Precondition: the matrix is square, and `k` is less than n; checked in every build.
  package func radii(ofNeighbour k: Int) -> [Double] {
    precondition(
      rowCount == columnCount && k >= 1 && k < rowCount,
      "a set of \(rowCount) by \(columnCount) has no neighbour \(k)")
    return (0..<rowCount).map { row in
      var others = Array(self[row])
      others.remove(at: row)
      others.sort()
      return others[k - 1]
    }
  }

  /// The mean over all pairs of two different clips of a set compared with itself; nil for fewer than
  /// two.
  package var meanOfPairs: Double? {
    precondition(rowCount == columnCount, "\(rowCount) by \(columnCount) is no set with itself")
    guard rowCount > 1 else { return nil }
    var sum = 0.0
    for row in 0..<rowCount {
      for column in 0..<row { sum += values[row * columnCount + column] }
    }
    return sum / Double(rowCount * (rowCount - 1) / 2)
  }

  /// The median over all pairs of two different clips of a set compared with itself; nil for fewer
  /// than two.
  package var medianOfPairs: Double? {
    precondition(rowCount == columnCount, "\(rowCount) by \(columnCount) is no set with itself")
    guard rowCount > 1 else { return nil }
    var pairs: [Double] = []
    pairs.reserveCapacity(rowCount * (rowCount - 1) / 2)
    for row in 0..<rowCount { pairs += self[row].prefix(row) }
    pairs.sort()
    return (pairs[(pairs.count - 1) / 2] + pairs[pairs.count / 2]) / 2
  }
}
