internal import COpenBLAS

/// Euclidean distances of the rows of two matrices.
///
///     d[i, j] = ‖a[i, ·] − b[j, ·]‖
///
/// The cut of the work and the order of every sum follow from the shapes, so the bytes do not depend
/// on the number of threads.
///
/// What makes the pointers safe: sizes are checked against the arrays at the door, and each item of
/// the team writes rows of its own.
package enum RowDistances {
  /// Rows that one item of the team does.
  private static let rowsPerItem = 128

  /// Distances by their definition, in 64 bits: exact to rounding also for rows that are nearly equal.
  ///
  /// - Parameters:
  ///   - a: `[n, width]`.
  ///   - b: `[m, width]`.
  ///   - width: numbers in a row; fast for multiples of 8.
  ///   - team: the threads that share the work.
  /// - Returns: distances, `[n, m]`.
  package static func direct(
    _ a: [Double], _ b: [Double], width: Int, team: ThreadTeam
  ) -> [Double] {
    distances(rows(a, width), rows(b, width)) { distances, count in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          team.forEachRowBlock(count, of: rowsPerItem) { block in
            for i in block {
              for j in 0..<rows(b, width) {
                distances[i * rows(b, width) + j] =
                  squaredDistance(a, i * width, b, j * width, width).squareRoot()
              }
            }
          }
        }
      }
    }
  }

  /// Distances of long rows through one product of matrices, in 32 bits:
  ///
  ///     d² = ‖a‖² + ‖b‖² − 2 · a · b
  ///
  /// A hundred times faster than by the definition, and off by up to about 10⁻³ of the rows' norms
  /// where two are nearly equal; subtract what all rows have in common first, and measure what must be
  /// exact with ``distance(_:_:)``.
  ///
  /// - Parameters: as ``direct(_:_:width:team:)``.
  /// - Returns: distances, `[n, m]`.
  package static func byProducts(
    _ a: [Float], _ b: [Float], width: Int, team: ThreadTeam
  ) -> [Double] {
    let columns = rows(b, width)
    let (aSquares, bSquares) = (squares(of: a, width, team), squares(of: b, width, team))
    return distances(rows(a, width), columns) { distances, count in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          guard let aStart = a.baseAddress, let bStart = b.baseAddress else { return }
          team.forEachRowBlock(count, of: rowsPerItem) { block in
            var products = [Float](repeating: 0, count: block.count * columns)
            MatrixProduct.multiplyByTransposed(
              m: block.count, n: columns, k: width, aStart + block.lowerBound * width, bStart,
              into: &products)
            for (row, i) in block.enumerated() {
              for j in 0..<columns {
                let square = aSquares[i] + bSquares[j] - 2 * Double(products[row * columns + j])
                distances[i * columns + j] = max(0, square).squareRoot()
              }
            }
          }
        }
      }
    }
  }

  /// The distance of two rows of 32-bit numbers, summed in 64 bits.
  package static func distance(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
    zip(a, b).reduce(0.0) { sum, pair in
      let difference = Double(pair.0) - Double(pair.1)
      return sum + difference * difference
    }.squareRoot()
  }

  private static func rows(_ matrix: some Collection, _ width: Int) -> Int {
    precondition(
      width > 0 && matrix.count.isMultiple(of: width),
      "\(matrix.count) numbers are not rows of \(width)")
    return matrix.count / width
  }

  /// An array for n × m distances that `fill` writes completely.
  private static func distances(
    _ n: Int, _ m: Int, _ fill: (_ distances: UnsafeMutablePointer<Double>, _ n: Int) -> Void
  ) -> [Double] {
    guard n > 0, m > 0 else { return [] }
    return [Double](unsafeUninitializedCapacity: n * m) { buffer, count in
      if let start = buffer.baseAddress { fill(start, n) }
      count = n * m
    }
  }

  /// Σ x² of each row.
  private static func squares(of matrix: [Float], _ width: Int, _ team: ThreadTeam) -> [Double] {
    team.map(rows(matrix, width)) { row in
      matrix[row * width..<(row + 1) * width].reduce(0.0) { $0 + Double($1) * Double($1) }
    }
  }

  @inline(__always)
  private static func squaredDistance(
    _ a: UnsafeBufferPointer<Double>, _ aStart: Int, _ b: UnsafeBufferPointer<Double>,
    _ bStart: Int, _ width: Int
  ) -> Double {
    let (aBytes, bBytes) = (UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b))
    let size = MemoryLayout<Double>.stride
    var sums = SIMD8<Double>.zero
    var k = 0
    while k + 8 <= width {
      let difference =
        aBytes.loadUnaligned(fromByteOffset: (aStart + k) * size, as: SIMD8<Double>.self)
        - bBytes.loadUnaligned(fromByteOffset: (bStart + k) * size, as: SIMD8<Double>.self)
      sums += difference * difference
      k += 8
    }
    var sum = sums.sum()
    while k < width {
      let difference = a[aStart + k] - b[bStart + k]
      sum += difference * difference
      k += 1
    }
    return sum
  }
}

extension ThreadTeam {
  /// Cuts rows into blocks and does them all.
  fileprivate func forEachRowBlock(_ count: Int, of size: Int, _ body: (Range<Int>) -> Void) {
    forEach((count + size - 1) / size) { item, _ in
      body(item * size..<min(count, (item + 1) * size))
    }
  }
}

extension MatrixProduct {
  /// `c = a · bᵀ`, without gaps between rows.
  ///
  /// - Parameters:
  ///   - a: `[m, k]`.
  ///   - b: `[n, k]`.
  ///   - c: `[m, n]`.
  fileprivate static func multiplyByTransposed(
    m: Int, n: Int, k: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    into c: UnsafeMutablePointer<Float>
  ) {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(m), Int32(n), Int32(k), 1, a, Int32(k), b,
      Int32(k), 0, c, Int32(n))
  }
}
