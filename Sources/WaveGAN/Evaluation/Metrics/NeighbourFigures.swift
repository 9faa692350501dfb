/// How two sets overlap, by balls around each clip that reach to its k-th nearest neighbour within its
/// own set.
///
///     precision  part of the generated clips that lie in a ball of a real one
///     recall     part of the real clips that lie in a ball of a generated one
///     density    mean number of real balls that a generated clip lies in, over k
///     coverage   part of the real balls that hold a generated clip
///
/// A clip on the rim counts as inside. Precision and density say how real the clips are, recall and
/// coverage how much of the real ones they reach; density and coverage are not fooled by one real clip
/// far from all others. Source: Kynkäänniemi et al. 2019 (precision, recall); Naeem et al. 2020.
package struct NeighbourFigures: Sendable, Hashable {
  package var precision: Double
  package var recall: Double
  package var density: Double
  package var coverage: Double

  /// Neighbours that a ball reaches to, k.
  package static let neighbourCount = 5

  /// - Parameters:
  ///   - candidate: distances within the set that is judged, `[n, n]`.
  ///   - reference: distances within the reference, `[m, m]`.
  ///   - across: distances from the one to the other, `[n, m]`.
  ///   - k: neighbours that a ball reaches to.
  /// - Returns: nil where a set has no more than `k` clips.
  package init?(
    candidate: DistanceMatrix, reference: DistanceMatrix, across: DistanceMatrix,
    k: Int = neighbourCount
  ) {
    let (n, m) = (across.rowCount, across.columnCount)
    precondition(
      candidate.rowCount == n && reference.rowCount == m,
      "distances within \(candidate.rowCount) and \(reference.rowCount) do not fit \(n) by \(m)")
    guard n > k, m > k else { return nil }
    let candidateRadii = candidate.radii(ofNeighbour: k)
    let referenceRadii = reference.radii(ofNeighbour: k)
    var realCount = 0
    var ballCount = 0
    var isReached = [Bool](repeating: false, count: m)
    var isCovered = [Bool](repeating: false, count: m)
    for i in 0..<n {
      var isReal = false
      for (j, distance) in across[i].enumerated() {
        if distance <= referenceRadii[j] {
          isReal = true
          ballCount += 1
          isCovered[j] = true
        }
        if distance <= candidateRadii[i] { isReached[j] = true }
      }
      if isReal { realCount += 1 }
    }
    precision = Double(realCount) / Double(n)
    recall = Double(isReached.count { $0 }) / Double(m)
    density = Double(ballCount) / Double(k * n)
    coverage = Double(isCovered.count { $0 }) / Double(m)
  }
}
