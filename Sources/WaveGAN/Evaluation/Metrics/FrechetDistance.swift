/// A Gaussian fitted to the features of a set of clips.
struct FeatureGaussian {
  /// μ, `[D]`.
  let mean: [Double]
  /// R with Σ = RᵀR / (n − 1).
  let factor: TriangularFactor
  /// n − 1.
  let freedom: Double

  /// - Precondition: there are two clips; checked in every build.
  init(of features: FeatureMatrix) {
    precondition(features.rowCount >= 2, "\(features.rowCount) clips have no covariance")
    mean = features.mean
    factor = TriangularFactor(of: features)
    freedom = Double(features.rowCount - 1)
  }

  /// The trace of Σ.
  var variance: Double {
    factor.columns.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } } / freedom
  }
}

/// The Fréchet distance of two sets of clips: that of the Gaussians fitted to their features.
///
///     d² = ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½)
///
/// It is the squared distance, as everywhere in the field, here in dB². With Σ = RᵀR / (n − 1), the
/// trace of (Σ₁Σ₂)^½ is the sum of the singular values of R₁R₂ᵀ over √((n₁ − 1)(n₂ − 1)): no square
/// root of a matrix is needed, and sets with fewer clips than features are no special case.
/// Source: Heusel et al. 2017; for sound, Kilgour et al. 2019.
package enum FrechetDistance {
  /// The distance of two sets; nil where one has fewer than two clips.
  package static func between(_ a: FeatureMatrix, _ b: FeatureMatrix) -> Double? {
    guard a.rowCount >= 2, b.rowCount >= 2 else { return nil }
    return between(FeatureGaussian(of: a), FeatureGaussian(of: b))
  }

  static func between(_ a: FeatureGaussian, _ b: FeatureGaussian) -> Double {
    let width = a.mean.count
    precondition(b.mean.count == width, "\(width) features cannot be compared with \(b.mean.count)")
    let shift = zip(a.mean, b.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    // Column j of R₁R₂ᵀ: the columns of R₁, weighted by row j of R₂, from its diagonal on.
    let product = (0..<width).map { j in
      var column = [Double](repeating: 0, count: width)
      for k in j..<width {
        let weight = b.factor.columns[k][j]
        for row in 0...k { column[row] += weight * a.factor.columns[k][row] }
      }
      return column
    }
    let common = SingularValues.of(columns: product).reduce(0, +)
    return shift + a.variance + b.variance
      - 2 * common / (a.freedom * b.freedom).squareRoot()
  }
}
