/// The three matrices of the Toom–Cook algorithm F(8, r): 8 outputs of a filter of r taps from r + 7
/// products instead of 8·r.
///
/// The numbers that a tile of 8 outputs y is made of meet in
///
///     Σⱼ gⱼ·yⱼ = Σⱼ Σₖ gⱼ · wₖ · dⱼ₊ₖ = Σᵢ sᵢ · dᵢ,   s(x) = g(x) · w(x)
///
/// where g and w are read as polynomials, and s as their product. A product of degree r + 6 is known
/// by its values at r + 7 points aₚ, which are products of numbers: s(aₚ) = g(aₚ) · w(aₚ). With the
/// coefficients of s as sums of its values, by Lagrange, the right side becomes
///
///     Σₚ (A·g)ₚ · (G·w)ₚ · (Bᵀ·d)ₚ
///
/// A and G evaluate polynomials, Bᵀ holds Lagrange's coefficients; ∞ is one of the points, where a
/// polynomial's value is its leading coefficient. Whichever of g, w and d is left out, the rest is
/// its gradient: Aᵀ(Gw ⊙ Bᵀd) makes outputs, Gᵀ(Ag ⊙ Bᵀd) gradients of filters.
///
/// With C channels, each product of numbers is one of matrices, which is where the time goes.
///
/// The other points are 0 and pairs ±a, which share their work. Which pairs: those of simple
/// fractions with the least error among those tried, on normal numbers in 32 bits, 64 channels:
///
/// | r | relative error of y | of the filter's gradient |
/// | --- | --- | --- |
/// | 3 | 2.3·10⁻⁶ | 1.8·10⁻⁶ |
/// | 5 | 4.2·10⁻⁶ | 3.3·10⁻⁶ |
/// | 7 | 1.3·10⁻⁵ | 1.0·10⁻⁵ |
///
/// Direct sums err by some 5·10⁻⁷. Source: Toom 1963, Cook 1966, Winograd 1980; for networks Lavin
/// & Gray 2016; points as fractions Barabasz et al. 2020.
struct ToomCookTransform: Sendable {
  /// Outputs of a tile, m.
  static let tileLength = 8

  /// Lengths of filters that there are points for; shorter ones are filled up with zeros.
  static let tapCounts = [3, 5, 7]

  /// Taps of the filter, r.
  let tapCount: Int

  /// Pairs of points.
  let pairCount: Int

  /// Points, and inputs of a tile: N = r + 7.
  var pointCount: Int { tapCount + Self.tileLength - 1 }

  /// Rows of Bᵀ for 0, a₁, …, ∞: `[pairs + 2, N]`.
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
    pairCount = points.count

    // M(x) = x · Π (x² − a²), whose multiples by 1 / (x − a) are Lagrange's polynomials.
    let product = points.reduce([0, 1]) { Self.multiply($0, [-$1 * $1, 0, 1]) }
    let count = product.count
    var rows = (
      input: [Array(product.dropFirst()) + [0]], filter: [[1.0]], output: [[1.0]]
    )
    rows.input[0] = rows.input[0].map { $0 / product[1] }
    for point in points {
      let basis = Self.divide(product, byRoot: point)
      let size = Self.value(of: basis, at: point)
      rows.input.append(basis.map { $0 / size } + [0])
      rows.filter.append(Self.powers(of: point, count: tapCount))
      rows.output.append(Self.powers(of: point, count: Self.tileLength))
    }
    rows.input.append(product)
    rows.filter.append(Self.last(of: tapCount))
    rows.output.append(Self.last(of: Self.tileLength))

    // A and G have 1 as their largest number at each point; what that takes away, Bᵀ gives back.
    for p in rows.input.indices {
      let sizes = (rows.filter[p].max() ?? 1, rows.output[p].max() ?? 1)
      rows.filter[p] = rows.filter[p].map { $0 / sizes.0 }
      rows.output[p] = rows.output[p].map { $0 / sizes.1 }
      rows.input[p] = rows.input[p].map { $0 * sizes.0 * sizes.1 }
    }
    func flat(_ rows: [[Double]], _ length: Int) -> [Float] {
      rows.flatMap { row in (0..<length).map { $0 < row.count ? Float(row[$0]) : 0 } }
    }
    input = flat(rows.input, count)
    filter = flat(rows.filter, tapCount)
    output = flat(rows.output, Self.tileLength)
  }

  /// The positive points.
  private static func points(tapCount: Int) -> [Double] {
    switch tapCount {
    case 3: [3.0 / 8, 3.0 / 4, 1, 3]
    case 5: [1.0 / 3, 5.0 / 8, 1, 3.0 / 2, 3]
    default: [1.0 / 4, 5.0 / 8, 1, 5.0 / 4, 8.0 / 5, 3]
    }
  }

  // Polynomials are their coefficients, from the constant on.

  private static func multiply(_ a: [Double], _ b: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: a.count + b.count - 1)
    for i in a.indices { for j in b.indices { product[i + j] += a[i] * b[j] } }
    return product
  }

  /// p(x) / (x − a), for a root a of p.
  private static func divide(_ polynomial: [Double], byRoot root: Double) -> [Double] {
    var quotient: [Double] = []
    var carry = 0.0
    for coefficient in polynomial.dropFirst().reversed() {
      carry = coefficient + root * carry
      quotient.insert(carry, at: 0)
    }
    return quotient
  }

  private static func value(of polynomial: [Double], at x: Double) -> Double {
    polynomial.reversed().reduce(0) { $0 * x + $1 }
  }

  private static func powers(of point: Double, count: Int) -> [Double] {
    (1..<count).reduce(into: [1.0]) { powers, _ in powers.append((powers.last ?? 1) * point) }
  }

  private static func last(of count: Int) -> [Double] {
    [Double](repeating: 0, count: count - 1) + [1]
  }
}
