internal import NeuralNet

/// The Gaussian N(μ, Σ) that is fitted to some latent vectors.
///
///     μ = mean z,  Σ = mean (z − μ)(z − μ)ᵀ + r·1 = L·Lᵀ
///
/// The ridge r, a thousandth of the mean variance and 10⁻⁶ at least, makes Σ positive where there are
/// fewer vectors than coordinates, or all are equal.
package struct LatentGaussian: Sendable {
  /// μ, `[Z]`.
  package let mean: [Double]

  /// L, lower triangular, `[Z, Z]`, row by row.
  package let factor: [Double]

  /// Fits the Gaussian.
  ///
  /// - Parameters:
  ///   - latents: the vectors, `[N, Z]`, one after another.
  ///   - size: numbers in a vector, Z.
  /// - Precondition: there is a vector.
  package init(fittedTo latents: [Float], size: Int) {
    precondition(
      size > 0 && !latents.isEmpty && latents.count.isMultiple(of: size),
      "\(latents.count) numbers are not vectors of \(size)")
    let count = Double(latents.count / size)
    let starts = stride(from: 0, to: latents.count, by: size)
    let mean = (0..<size).map { z in
      starts.reduce(0) { $0 + Double(latents[$1 + z]) } / count
    }
    var covariance = [Double](repeating: 0, count: size * size)
    for start in starts {
      let offsets = (0..<size).map { Double(latents[start + $0]) - mean[$0] }
      for row in 0..<size {
        for column in 0...row {
          covariance[row * size + column] += offsets[row] * offsets[column] / count
        }
      }
    }
    let meanVariance =
      (0..<size).reduce(0) { $0 + covariance[$1 * size + $1] } / Double(size)
    let ridge = max(1e-3 * meanVariance, 1e-6)
    for z in 0..<size { covariance[z * size + z] += ridge }
    self.mean = mean
    factor = Self.choleskyFactor(of: covariance, size: size)
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

  /// Changes a generator's first layer so that it makes of N(0, 1) what it made of this Gaussian.
  ///
  ///     W·(L·z + μ) + b = (W·L)·z + (b + W·μ)
  package func fold(into generator: any GeneratorNetwork) {
    let arena = generator.arena
    let (weight, bias) = (arena.parameter("project.weight"), arena.parameter("project.bias"))
    let size = mean.count
    var w = weight.fileOrder(of: arena.values)
    var b = bias.fileOrder(of: arena.values)
    for row in b.indices {
      let old = (0..<size).map { Double(w[row * size + $0]) }
      for column in 0..<size {
        var sum = 0.0
        for k in column..<size { sum += old[k] * factor[k * size + column] }
        w[row * size + column] = Float(sum)
      }
      b[row] = Float((0..<size).reduce(Double(b[row])) { $0 + old[$1] * mean[$1] })
    }
    weight.set(arena.values, fromFileOrder: w)
    bias.set(arena.values, fromFileOrder: b)
  }
}
