internal import COpenBLAS

/// Products of matrices of 32-bit numbers, in rows, on the calling thread.
///
/// What makes the pointers safe: each caller owns the blocks that it passes and derives all sizes
/// from shapes that it has checked.
enum MatrixProduct {
  /// `c = a · b + (accumulates ? c : 0)`.
  ///
  /// - Parameters:
  ///   - a: `[m, k]`, rows `aStride` apart; with `aIsTransposed`, `[k, m]`.
  ///   - b: `[k, n]`, rows `bStride` apart.
  ///   - c: `[m, n]`, rows `cStride` apart.
  @inline(__always)
  static func multiply(
    m: Int, n: Int, k: Int,
    _ a: UnsafePointer<Float>, aStride: Int, aIsTransposed: Bool = false,
    _ b: UnsafePointer<Float>, bStride: Int,
    into c: UnsafeMutablePointer<Float>, cStride: Int, accumulates: Bool = false
  ) {
    cblas_sgemm(
      CblasRowMajor, aIsTransposed ? CblasTrans : CblasNoTrans, CblasNoTrans,
      Int32(m), Int32(n), Int32(k), 1, a, Int32(aStride), b, Int32(bStride),
      accumulates ? 1 : 0, c, Int32(cStride))
  }
}
