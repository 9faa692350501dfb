/// Holm's correction of several tests: the chance of even one false finding stays below the level.
///
///     adjusted p of the k-th smallest of m = max over j ≤ k of min(1, (m − j + 1) · p of the j-th)
///
/// Source: Holm 1979.
package enum HolmCorrection {
  /// - Parameter probabilities: p of each test; nil for one that could not be made, which counts for
  ///   nothing, `[m]`.
  /// - Returns: what to compare with the level instead, in the same order.
  package static func adjusted(_ probabilities: [Double?]) -> [Double?] {
    let order = probabilities.indices
      .compactMap { index in probabilities[index].map { (index, $0) } }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    var adjusted = [Double?](repeating: nil, count: probabilities.count)
    var most = 0.0
    for (place, (index, p)) in order.enumerated() {
      most = max(most, min(1, Double(order.count - place) * p))
      adjusted[index] = most
    }
    return adjusted
  }
}
