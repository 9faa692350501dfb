internal import VectorKernels

/// The three matrices of the Toom–Cook algorithm F(8, r): 8 outputs of a filter of r taps from P
/// products, where direct sums take 8·r: P = 16 for r = 7.
///
/// The numbers that a tile of 8 outputs y is made of meet in
///
///     Σⱼ gⱼ·yⱼ = Σⱼ Σₖ gⱼ · wₖ · dⱼ₊ₖ = Σᵢ sᵢ · dᵢ,   s(x) = g(x) · w(x)
///
/// where g and w are read as polynomials, and s as their product. A product of degree r + 6 is known
/// by its values at N = r + 7 points aₚ, which are products of numbers: s(aₚ) = g(aₚ) · w(aₚ). With
/// the coefficients of s as sums of its values, by Lagrange, the right side becomes
///
///     Σₚ (A·g)ₚ · (G·w)ₚ · (Bᵀ·d)ₚ
///
/// A and G evaluate polynomials, Bᵀ holds Lagrange's coefficients; ∞ is one of the points, where a
/// polynomial's value is its leading coefficient. Whichever of g, w and d is left out, the rest is
/// its gradient: Aᵀ(Gw ⊙ Bᵀd) makes outputs, Gᵀ(Ag ⊙ Bᵀd) gradients of filters.
///
/// With C channels, each product of numbers is one of matrices, which is where the time goes.
///
/// **Points.** Real points far from ±1 make numbers of very different sizes, whose sums lose what
/// they had in common: with six real pairs ±a, as is usual, y errs by 1.1·10⁻⁵ of its size at best.
/// On the unit circle all powers have one size. So one or two pairs are imaginary, ±bi. The values
/// at both are conjugates, u ± iv, and their product, (u + iv)(u′ + iv′), takes three real products,
/// uu′, vv′ and (u + v)(u′ + v′): one more than a real pair, for an error that is ten times less, and
/// about that of direct sums. Its terms of s add up to
///
///     2·Re(ℓ·(u + iv)(u′ + iv′)) = (e + o)·uu′ + (o − e)·vv′ − o·(u + v)(u′ + v′)
///
/// where e and o are twice the real and the imaginary part of Lagrange's coefficient ℓ at bi, of which
/// even powers have the one alone and odd powers the other.
///
/// Which points: the simple fractions with the least error among those tried, on normal numbers in
/// 32 bits with 64 channels; direct sums err by some 5·10⁻⁷.
///
/// | r | pairs | products for 8 outputs | error of y | of the filter's gradient |
/// | --- | --- | --- | --- | --- |
/// | 3 | 3 real, ±i | 11 | 4.8·10⁻⁷ | 4.0·10⁻⁷ |
/// | 5 | 4 real, ±i | 13 | 9.4·10⁻⁷ | 8.1·10⁻⁷ |
/// | 7 | 4 real, ±i, ±¾i | 16 | 9.6·10⁻⁷ | 7.5·10⁻⁷ |
/// | 7 | 5 real, ±i | 15 | 2.2·10⁻⁶ | 1.7·10⁻⁶ |
/// | 7 | 6 real | 14 | 1.1·10⁻⁵ | 8.9·10⁻⁶ |
///
/// Source: Toom 1963, Cook 1966, Winograd 1980; for networks Lavin & Gray 2016; for points as
/// fractions Barabasz et al. 2020, for complex ones Meng & Brothers 2019.
struct ToomCookTransform: Sendable {
  /// Outputs of a tile, m.
  static let tileLength = 8

  /// Lengths of filters that there are points for; shorter ones are filled up with zeros.
  static let tapCounts = [3, 5, 7]

  /// Taps of the filter, r.
  let tapCount: Int

  /// Numbers of pairs.
  let pairs: point_pairs

  /// Inputs of a tile, N = r + 7.
  var inputCount: Int { tapCount + Self.tileLength - 1 }

  /// Products, P.
  var productCount: Int { 2 + 2 * Int(pairs.real) + 3 * Int(pairs.imaginary) }

  /// Rows of Bᵀ for 0, each pair, and ∞, where the odd numbers of an imaginary pair are factors of i:
  /// `[pairs + 2, N]`.
  let input: [Float]

  /// Rows of G, likewise: `[pairs + 2, r]`.
  let filter: [Float]

  /// Rows of A, likewise: `[pairs + 2, 8]`.
  let output: [Float]

  /// Derives the matrices for filters of 2 to 7 taps.
  init?(atLeastTaps wanted: Int) {
    guard wanted > 1, let tapCount = Self.tapCounts.first(where: { $0 >= wanted }) else {
      return nil
    }
    self.tapCount = tapCount
    let points = Self.points(tapCount: tapCount)
    pairs = point_pairs(real: points.real.count, imaginary: points.imaginary.count)

    // The squares of all points but 0, and M(x) = x · Π (x² − a²).
    let squares = points.real.map { $0 * $0 } + points.imaginary.map { -$0 * $0 }
    let product = squares.reduce([0, 1]) { Polynomial.multiply($0, [-$1, 0, 1]) }
    let inputCount = product.count

    /// ℓ for a, whose square is given: M(x) / (x − a) = (x² + a·x) · Π′ (x² − a′²), divided by its
    /// value at a; the factor a of odd powers is left to the caller.
    func basis(_ square: Double) -> [Double] {
      let others = squares.filter { $0 != square }.reduce([0, 1]) {
        Polynomial.multiply($0, [-$1, 0, 1])
      }
      // Π′ at a, without the x of x · Π′; the value of x² + a·x there is 2a².
      let size = 2 * square * Polynomial.value(of: Array(others.dropFirst()), atSquare: square)
      return Polynomial.multiply(others, [1, 1]).map { $0 / size }
    }

    var rows = [
      Row(input: Array(product.dropFirst()).map { $0 / product[1] }, filter: [1], output: [1])
    ]
    for (index, square) in squares.enumerated() {
      let isReal = index < points.real.count
      let point = abs(square).squareRoot()
      // The factor i of odd powers is left out, and both conjugates are taken at once.
      let coefficients = basis(square).enumerated().map { power, coefficient in
        (power.isMultiple(of: 2) ? 1 : point) * coefficient * (isReal ? 1 : 2)
      }
      rows.append(
        Row(
          input: coefficients,
          filter: Polynomial.powers(of: point, square: square, count: tapCount),
          output: Polynomial.powers(of: point, square: square, count: Self.tileLength)))
    }
    rows.append(
      Row(
        input: product, filter: Polynomial.leading(count: tapCount),
        output: Polynomial.leading(count: Self.tileLength)))
    rows = rows.map(\.balanced)
    input = rows.flatMap { Polynomial.padded($0.input, count: inputCount) }
    filter = rows.flatMap { Polynomial.padded($0.filter, count: tapCount) }
    output = rows.flatMap { Polynomial.padded($0.output, count: Self.tileLength) }
  }

  /// The positive ones of each pair, without the factor i.
  private static func points(tapCount: Int) -> (real: [Double], imaginary: [Double]) {
    switch tapCount {
    case 3: ([1.0 / 2, 1, 2], [1])
    case 5: ([1.0 / 2, 4.0 / 5, 5.0 / 4, 2], [1])
    default: ([1.0 / 2, 4.0 / 5, 5.0 / 4, 2], [3.0 / 4, 1])
    }
  }

  /// The rows of the three matrices for one point or pair.
  private struct Row {
    var input: [Double]
    var filter: [Double]
    var output: [Double]

    /// The same products, with 1 as the largest number of A and of G: what that takes away, Bᵀ gives
    /// back.
    var balanced: Row {
      func size(_ numbers: [Double]) -> Double { numbers.lazy.map { abs($0) }.max() ?? 1 }
      let sizes = (size(filter), size(output))
      return Row(
        input: input.map { $0 * sizes.0 * sizes.1 }, filter: filter.map { $0 / sizes.0 },
        output: output.map { $0 / sizes.1 })
    }
  }
}

/// Polynomials as their coefficients, from the constant on.
private enum Polynomial {
  static func multiply(_ a: [Double], _ b: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: a.count + b.count - 1)
    for i in a.indices { for j in b.indices { product[i + j] += a[i] * b[j] } }
    return product
  }

  /// The value of an even polynomial, at a point whose square is given.
  static func value(of polynomial: [Double], atSquare square: Double) -> Double {
    stride(from: 0, to: polynomial.count, by: 2).reversed().reduce(0) {
      $0 * square + polynomial[$1]
    }
  }

  /// 1, a, a², …, without the factor i of odd powers.
  static func powers(of point: Double, square: Double, count: Int) -> [Double] {
    var even = 1.0
    return (0..<count).map { power in
      defer { if !power.isMultiple(of: 2) { even *= square } }
      return power.isMultiple(of: 2) ? even : even * point
    }
  }

  /// x to the highest of `count` powers.
  static func leading(count: Int) -> [Double] { [Double](repeating: 0, count: count - 1) + [1] }

  static func padded(_ polynomial: [Double], count: Int) -> [Float] {
    (0..<count).map { $0 < polynomial.count ? Float(polynomial[$0]) : 0 }
  }
}
