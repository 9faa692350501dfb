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
    let norms = gradient.clipNorms(epsilon: epsilon, team: team)
    let count = Double(norms.count)
    gradient.scaleClips(by: norms.map { Float(2 * weight * ($0 - 1) / ($0 * count)) }, team: team)
    let excess = norms.reduce(0) { $0 + ($1 - 1) * ($1 - 1) }
    return (weight * excess / count, norms.reduce(0, +) / count)
  }
}
