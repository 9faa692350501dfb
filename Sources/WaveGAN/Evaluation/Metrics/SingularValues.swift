/// The singular values of a small matrix, by one-sided Jacobi rotations.
///
/// Pairs of columns are turned in their plane until every two are at right angles; their lengths are
/// then the singular values, small ones to nearly as many digits as large ones. Source: Hestenes 1958;
/// Golub and Van Loan, Matrix Computations, section 8.6.3.
enum SingularValues {
  /// The singular values, in no order.
  ///
  /// - Parameter matrix: its columns, each of one length; costs about 60 · D³ operations.
  static func of(columns matrix: [[Double]]) -> [Double] {
    var x = matrix
    // Converges quadratically; ten sweeps are plenty, and thirty an emergency brake.
    for _ in 0..<30 {
      var isDone = true
      for p in x.indices.dropLast() {
        for q in p + 1..<x.count where rotate(&x, p, q) { isDone = false }
      }
      if isDone { break }
    }
    return x.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
  }

  /// Turns two columns to right angles; returns false if they are at right angles already.
  private static func rotate(_ x: inout [[Double]], _ p: Int, _ q: Int) -> Bool {
    var (pp, qq, pq) = (0.0, 0.0, 0.0)
    for row in x[p].indices {
      pp += x[p][row] * x[p][row]
      qq += x[q][row] * x[q][row]
      pq += x[p][row] * x[q][row]
    }
    guard abs(pq) > 1e-15 * (pp * qq).squareRoot(), pq != 0 else { return false }
    let slope = (qq - pp) / (2 * pq)
    let tangent = (slope < 0 ? -1 : 1) / (abs(slope) + (1 + slope * slope).squareRoot())
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    let sine = cosine * tangent
    for row in x[p].indices {
      let (a, b) = (x[p][row], x[q][row])
      x[p][row] = cosine * a - sine * b
      x[q][row] = sine * a + cosine * b
    }
    return true
  }
}
