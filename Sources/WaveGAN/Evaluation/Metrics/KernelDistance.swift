import Foundation

/// The kernel audio distance (KAD): the unbiased estimate of the squared maximum mean discrepancy
/// (MMD²) of two sets, with a Gaussian kernel.
///
///     MMD² = meanᵢ≠ⱼ k(xᵢ, xⱼ) + meanᵢ≠ⱼ k(yᵢ, yⱼ) − 2 · mean k(xᵢ, yⱼ)
///     k(x, y) = exp(−‖x − y‖² / 2σ²)
///
/// σ is the median distance of two different clips of the reference y. It supposes no shape of
/// distribution and has no bias with few clips, so it may be a little below 0 for sets that are alike.
/// Source: Gretton et al. 2012, lemma 6; Chung et al. 2025 (KAD), who multiply it by 100, as is done here.
package enum KernelDistance {
  /// What MMD² is multiplied by.
  package static let scale = 100.0

  /// The distance; nil where a set has fewer than two clips, or where all reference clips are alike.
  ///
  /// - Parameters:
  ///   - candidate: distances within the set that is judged, `[n, n]`.
  ///   - reference: distances within the reference, `[m, m]`.
  ///   - across: distances from the one to the other, `[n, m]`.
  package static func value(
    candidate: DistanceMatrix, reference: DistanceMatrix, across: DistanceMatrix
  ) -> Double? {
    guard candidate.rowCount >= 2, let width = reference.medianOfPairs, width > 0 else {
      return nil
    }
    let factor = -1 / (2 * width * width)
    func mean(_ distances: DistanceMatrix, isOfOneSet: Bool) -> Double {
      var sum = 0.0
      for distance in distances.values { sum += exp(factor * distance * distance) }
      let diagonal = isOfOneSet ? distances.rowCount : 0
      // What a clip has with itself is 1.
      return (sum - Double(diagonal)) / Double(distances.values.count - diagonal)
    }
    return scale
      * (mean(candidate, isOfOneSet: true) + mean(reference, isOfOneSet: true)
        - 2 * mean(across, isOfOneSet: false))
  }
}
