internal import NeuralNet

/// The penalty that keeps a Wasserstein critic's gradient near norm 1.
///
///     P = 10 · mean_b (‖g_b‖ − 1)²,  g_b = ∇ₓD(x̂_b),  ‖g‖ = √(Σ g² + ε)
///
/// with x̂ between a real and a generated clip. ε, 10⁻¹², keeps the derivative finite at g = 0,
/// where the reference's is not.
///
/// Source: Gulrajani et al. 2017, equation 3.
enum GradientPenalty {
  static let weight = 10.0
  static let epsilon = 1e-12

  /// Measures the penalty, and replaces g by `v = ∂P/∂g`.
  ///
  /// - Parameter gradient: g, `[B, window, channels]`; becomes v.
  /// - Returns: P, and the mean of ‖g‖.
  static func apply(to gradient: Tensor, team: ThreadTeam) -> (penalty: Double, meanNorm: Double) {
    let clipCount = gradient.shape[0]
    let clipLength = gradient.count / clipCount
    var norms = [Double](repeating: 0, count: clipCount)
    norms.withUnsafeMutableBufferPointer { norms in
      let norms = norms.baseAddress!
      team.forEach(clipCount) { clip, _ in
        let g = gradient.pointer + clip * clipLength
        var sum = epsilon
        for i in 0..<clipLength { sum += Double(g[i]) * Double(g[i]) }
        norms[clip] = sum.squareRoot()
        let scale = Float(2 * weight * (norms[clip] - 1) / (norms[clip] * Double(clipCount)))
        for i in 0..<clipLength { g[i] *= scale }
      }
    }
    let excess = norms.reduce(0) { $0 + ($1 - 1) * ($1 - 1) }
    return (
      weight * excess / Double(clipCount), norms.reduce(0, +) / Double(clipCount)
    )
  }
}
