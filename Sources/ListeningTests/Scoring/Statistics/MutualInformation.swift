import Foundation

/// What a listener's answer tells of the true label, in bits.
///
///     I = Σ p(l, a) log₂ (p(l, a) / (p(l) p(a)))
///
/// Few judgements make it too large; `corrected` takes away what that is on average (Miller 1955):
/// (cells − rows − columns + 1) / (2 n ln 2), counting those that are not empty.
package struct MutualInformation: Sendable, Hashable, Codable {
  /// I of the counts as they are.
  package var bits: Double
  /// I less its bias, at least 0.
  package var correctedBits: Double

  /// - Parameter counts: judgements by true label, then by answer, `[L][L]`.
  /// - Returns: nil for no judgements.
  package init?(counts: [[Int]]) {
    let rows = counts.map { Double($0.reduce(0, +)) }
    let columns = (counts.first ?? []).indices.map { column in
      Double(counts.reduce(0) { $0 + $1[column] })
    }
    let total = rows.reduce(0, +)
    guard total > 0 else { return nil }
    var bits = 0.0
    var cellCount = 0
    for (row, line) in counts.enumerated() {
      for (column, count) in line.enumerated() where count > 0 {
        let count = Double(count)
        bits += count / total * log2(count * total / (rows[row] * columns[column]))
        cellCount += 1
      }
    }
    let bias = Double(cellCount - rows.count { $0 > 0 } - columns.count { $0 > 0 } + 1)
    self.bits = max(0, bits)
    correctedBits = max(0, bits - bias / (2 * total * log(2)))
  }
}
