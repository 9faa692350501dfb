/// Brings the channels of each time step to a mean square of 1, without parameters.
///
///     y[t, c] = x[t, c] / r[t],   r[t] = √(mean over c of x²[t, c] + ε)
///
/// Each step of each clip stands for itself, so there is nothing to measure over a batch, and nothing
/// to keep. Sources: Karras et al. 2018, section 4.2; Zhang & Sennrich 2019.
///
/// What makes its pointers safe: shapes are checked, and items of work are rows of their own.
package struct ChannelNormalization {
  /// ε: what is much smaller than its root stays small.
  package static let epsilon: Float = 1e-4

  /// Rows that one item of work takes.
  private static let rowBlock = 256

  private let team: ThreadTeam

  package init(team: ThreadTeam) { self.team = team }

  /// Normalises each row.
  ///
  /// - Parameters:
  ///   - input: x, `[B, T, C]`.
  ///   - output: receives y, likewise.
  ///   - scales: receives 1/r, `[B, T]`.
  package func forward(_ input: Tensor, into output: Tensor, scales: Tensor) {
    forEachRow(of: input, output, scales) { row, channelCount in
      let (x, y) = (input.pointer + row * channelCount, output.pointer + row * channelCount)
      var sum: Float = 0
      for c in 0..<channelCount { sum = sum + x[c] * x[c] }
      let scale = 1 / (sum / Float(channelCount) + Self.epsilon).squareRoot()
      for c in 0..<channelCount { y[c] = scale * x[c] }
      scales.pointer[row] = scale
    }
  }

  /// Takes a gradient back: `ḡ = (g − y · mean over c of g·y) / r`.
  ///
  /// - Parameters:
  ///   - gradient: with respect to y; becomes the one with respect to x.
  ///   - output: y.
  ///   - scales: 1/r.
  package func backward(_ gradient: Tensor, output: Tensor, scales: Tensor) {
    forEachRow(of: gradient, output, scales) { row, channelCount in
      let (g, y) = (gradient.pointer + row * channelCount, output.pointer + row * channelCount)
      var sum: Float = 0
      for c in 0..<channelCount { sum = sum + g[c] * y[c] }
      let (mean, scale) = (sum / Float(channelCount), scales.pointer[row])
      for c in 0..<channelCount { g[c] = scale * (g[c] - y[c] * mean) }
    }
  }

  private func forEachRow(
    of block: Tensor, _ other: Tensor, _ scales: Tensor,
    _ body: (_ row: Int, _ channelCount: Int) -> Void
  ) {
    let channelCount = block.shape[block.shape.count - 1]
    let rowCount = block.count / channelCount
    precondition(
      other.shape == block.shape && scales.count == rowCount,
      "\(other.shape) and \(scales.shape) are not \(block.shape) and its rows")
    team.forEach((rowCount + Self.rowBlock - 1) / Self.rowBlock) { item, _ in
      for row in item * Self.rowBlock..<min(rowCount, (item + 1) * Self.rowBlock) {
        body(row, channelCount)
      }
    }
  }
}
