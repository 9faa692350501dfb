internal import NeuralNet

/// A penalty on the discriminator's gradient by the clips that it judges, g_b = ∇ₓD(x_b).
enum GradientPenalty: Hashable {
  /// Keeps a Wasserstein critic's gradient near norm 1, between a real and a generated clip:
  ///
  ///     P = 10 · mean_b (‖g_b‖ − 1)²,  ‖g‖ = √(Σ g² + ε)
  ///
  /// ε, 10⁻¹², keeps the derivative finite at g = 0, where the reference's is not. Source:
  /// Gulrajani et al. 2017, equation 3.
  case towardsOne

  /// Keeps the gradient small, at real clips (R₁) and at generated ones (R₂) alike:
  ///
  ///     P = γ/2 · mean_b ‖g_b‖²
  ///
  /// With it, training near the equilibrium converges also where recordings and generated clips do
  /// not overlap. Source: Mescheder et al. 2018, equation 9; both at once: Huang et al. 2024.
  case towardsZero(gamma: Double)

  /// The factor of ``towardsOne``.
  static let weight = 10.0

  /// Under the root of ``towardsOne``.
  static let epsilon = 1e-12

  /// γ at waveforms.
  ///
  /// What suits grows with the numbers in a clip; the source has 0.05 to 150 for pictures of
  /// 32 × 32 to 256 × 256. Four values were tried on 2026-11-23, for a minute each, on kicks and
  /// snares 22 dB from each other, at this one window:
  ///
  ///     wavegan train drums --only-labels kick,snare --dim 8 --window 8192 --minutes 1
  ///       --loss relativistic
  ///
  /// With 0.1 and 1, clips soon grew alike, 3 to 6 dB from each other, and with 1 stayed so. With
  /// 10 they were as unlike as the recordings after 250 steps, and stayed so. With 50 the
  /// discriminator hardly moved: its loss stayed near 0.67, and that of guessing is ln 2 ≈ 0.69.
  static let gamma = 10.0

  /// γ at spectra, whose levels are of the size of 1 throughout; `--stft-penalty` gives another.
  ///
  /// After the warm-up of `desktop`, on spoken digits, sounds came nearer to the recordings in the same
  /// steps with 1 than with 3 and with 10, and voices had clearer partials; see the lab book. Without a
  /// warm-up the discriminators win at first, as noise is easily told from speech, and a larger γ
  /// holds them back.
  static let spectralGamma = 1.0

  /// Measures the penalty, and replaces g by `v = ∂P/∂g`.
  ///
  /// - Parameters:
  ///   - gradient: g, `[B, T, C]`; becomes v.
  ///   - factor: what P, v and the norm that is told are multiplied by: k for a penalty that comes every
  ///     k steps, so that the mean over steps is as if it came in each.
  /// - Returns: P, and the mean of ‖g‖.
  func apply(
    to gradient: Tensor, times factor: Double, team: ThreadTeam
  ) -> (penalty: Double, meanNorm: Double) {
    let norms = gradient.clipNorms(epsilon: self == .towardsOne ? Self.epsilon : 0, team: team)
    let count = Double(norms.count)
    let meanNorm = factor * norms.reduce(0, +) / count
    switch self {
    case .towardsOne:
      gradient.scaleClips(
        by: norms.map { Float(factor * 2 * Self.weight * ($0 - 1) / ($0 * count)) }, team: team)
      let excess = norms.reduce(0) { $0 + ($1 - 1) * ($1 - 1) }
      return (factor * Self.weight * excess / count, meanNorm)
    case .towardsZero(let gamma):
      gradient.scaleClips(by: norms.map { _ in Float(factor * gamma / count) }, team: team)
      let squares = norms.reduce(0) { $0 + $1 * $1 }
      return (factor * gamma / 2 * squares / count, meanNorm)
    }
  }
}
