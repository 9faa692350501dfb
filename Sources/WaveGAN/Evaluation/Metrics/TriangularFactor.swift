/// The factor of a covariance that a set of clips has, without the covariance ever being made.
///
/// Householder's reflections turn the centred rows X into R, upper triangular, with the same products
/// of columns:
///
///     XᵀX = RᵀR,    Σ = RᵀR / (n − 1)
///
/// Rounding then enters once; made from Σ, the small directions of R would be lost to the large ones.
/// Cost: 2 · n · D² operations. Source: Golub and Van Loan, Matrix Computations, section 5.2.
struct TriangularFactor {
  /// R, by columns: `columns[j]` is `[D]`, with zeros below element j.
  let columns: [[Double]]

  /// - Parameter features: `[n, D]`; the mean is subtracted here.
  init(of features: FeatureMatrix) {
    let (n, width) = (features.rowCount, features.width)
    let mean = features.mean
    // At least D rows, so that R is square; rows of zeros change no product.
    let height = max(n, width)
    var x = (0..<width).map { column in
      (0..<height).map { $0 < n ? features.values[$0 * width + column] - mean[column] : 0 }
    }
    for pivot in 0..<width {
      let norm = x[pivot][pivot...].reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 0 else { continue }
      // The reflection that turns the rest of the pivot's column into one number.
      let target = x[pivot][pivot] > 0 ? -norm : norm
      var mirror = Array(x[pivot][pivot...])
      mirror[0] -= target
      let size = mirror.reduce(0) { $0 + $1 * $1 }
      for column in pivot..<width {
        Self.reflect(&x[column], from: pivot, by: mirror, scale: 2 / size)
      }
    }
    columns = x.enumerated().map { column, values in
      (0..<width).map { $0 <= column ? values[$0] : 0 }
    }
  }

  /// Takes away twice the part of a column that lies along the mirror's normal.
  private static func reflect(
    _ column: inout [Double], from first: Int, by mirror: [Double], scale: Double
  ) {
    var projection = 0.0
    for row in mirror.indices { projection += mirror[row] * column[first + row] }
    let factor = scale * projection
    for row in mirror.indices { column[first + row] -= factor * mirror[row] }
  }
}
