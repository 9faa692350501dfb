/// Whether two parts, each counted in a sample, differ by more than chance explains.
///
///     z = (p₁ − p₂) / √(p (1 − p) (1/n₁ + 1/n₂)),    p = (k₁ + k₂) / (n₁ + n₂)
///
/// z is about normal where both samples are large.
package struct TwoProportionTest: Sendable, Hashable {
  /// How many standard errors the first part is above the second; 0 where neither can differ.
  package let z: Double

  /// - Parameters:
  ///   - first: how many of the first sample count.
  ///   - firstCount: its size, n₁.
  ///   - second: how many of the second sample count.
  ///   - secondCount: its size, n₂.
  package init(_ first: Int, of firstCount: Int, against second: Int, of secondCount: Int) {
    let (n1, n2) = (Double(firstCount), Double(secondCount))
    let p = Double(first + second) / (n1 + n2)
    let error = (p * (1 - p) * (1 / n1 + 1 / n2)).squareRoot()
    z = error > 0 ? (Double(first) / n1 - Double(second) / n2) / error : 0
  }

  /// Whether the parts differ, either way, at a level of 0.05.
  package var isDifferent: Bool { abs(z) > 1.959_963_984_540_054 }

  /// Whether the first part is larger, at a level of 0.05.
  package var isLarger: Bool { z > 1.644_853_626_951_472_2 }
}
