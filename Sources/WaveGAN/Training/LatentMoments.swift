/// Mean and covariance of some vectors.
struct LatentMoments {
  /// How many vectors there are, n.
  let count: Int

  /// μ, `[Z]`.
  let mean: [Double]

  /// S = mean (z − μ)(z − μ)ᵀ, `[Z, Z]`; the lower half, and zeros above it.
  let covariance: [Double]

  /// - Precondition: there is a vector; checked in every build.
  init(of vectors: [ArraySlice<Float>]) {
    precondition(!vectors.isEmpty, "no vectors have no mean")
    let vectors = vectors.map { $0.map { Double($0) } }
    let (count, size) = (Double(vectors.count), vectors[0].count)
    let mean = (0..<size).map { z in vectors.reduce(0) { $0 + $1[z] } / count }
    var covariance = [Double](repeating: 0, count: size * size)
    for vector in vectors {
      let offsets = zip(vector, mean).map { $0 - $1 }
      for row in 0..<size {
        for column in 0...row {
          covariance[row * size + column] += offsets[row] * offsets[column] / count
        }
      }
    }
    self.count = vectors.count
    self.mean = mean
    self.covariance = covariance
  }

  /// The covariance of all vectors, each around the mean of its own group: Σⱼ nⱼ·Sⱼ / N.
  static func sharedCovariance(of groups: [LatentMoments]) -> [Double] {
    let total = Double(groups.reduce(0) { $0 + $1.count })
    return groups[0].covariance.indices.map { place in
      groups.reduce(0) { $0 + Double($1.count) * $1.covariance[place] } / total
    }
  }

  /// L, lower triangular, `[Z, Z]`, of the covariance that ``LatentPrior`` takes for the true one.
  func factor(shrunkTowards shared: [Double]) -> [Double] {
    let size = mean.count
    let share = Double(size) / Double(count + size)
    var covariance = zip(covariance, shared).map { (1 - share) * $0 + share * $1 }
    let meanVariance = (0..<size).reduce(0) { $0 + covariance[$1 * size + $1] } / Double(size)
    for z in 0..<size { covariance[z * size + z] += max(1e-3 * meanVariance, 1e-6) }
    return Self.choleskyFactor(of: covariance, size: size)
  }

  /// The lower triangular L with L·Lᵀ = A (Golub & Van Loan 2013, algorithm 4.2.1).
  ///
  /// - Parameter matrix: A, symmetric and positive, `[n, n]`; its lower half is read.
  private static func choleskyFactor(of matrix: [Double], size: Int) -> [Double] {
    var factor = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in 0...row {
        var rest = matrix[row * size + column]
        for k in 0..<column { rest -= factor[row * size + k] * factor[column * size + k] }
        factor[row * size + column] =
          row == column ? rest.squareRoot() : rest / factor[column * size + column]
      }
    }
    return factor
  }
}
