package import NeuralNet

/// The number of statistically different bins (NDB): whether a set has as much of each kind of sound as
/// the reference has.
///
/// The reference is cut into K groups by ``KMeans``; a bin counts as different when the parts of both
/// sets in it differ by ``TwoProportionTest``. Sets that are alike have about 5 % of their bins
/// different, by chance. Source: Richardson and Weiss 2018.
package struct BinFigures: Sendable {
  /// Bins of the reference, K.
  package let binCount: Int
  private let groups: KMeans
  private let referenceCounts: [Int]
  private let referenceCount: Int

  /// Clips that a reference needs at least: two bins of ten.
  package static let leastCount = 20

  /// The number of bins for so many clips: a tenth of them, within 2 … 50.
  package static func binCount(for clipCount: Int) -> Int { max(2, min(50, clipCount / 10)) }

  /// - Returns: nil for fewer than ``leastCount`` clips.
  package init?(reference: FeatureMatrix, seed: UInt64, team: ThreadTeam) {
    guard reference.rowCount >= Self.leastCount else { return nil }
    binCount = Self.binCount(for: reference.rowCount)
    groups = KMeans(reference, count: binCount, seed: seed, team: team)
    referenceCount = reference.rowCount
    referenceCounts = Self.counts(groups.groups(of: reference, team: team), of: binCount)
  }

  /// How many bins are different in another set, which has a clip at least.
  package func differentCount(in candidate: FeatureMatrix, team: ThreadTeam) -> Int {
    let counts = Self.counts(groups.groups(of: candidate, team: team), of: binCount)
    return zip(counts, referenceCounts).count { count, reference in
      TwoProportionTest(count, of: candidate.rowCount, against: reference, of: referenceCount)
        .isDifferent
    }
  }

  private static func counts(_ groups: [Int], of binCount: Int) -> [Int] {
    groups.reduce(into: [Int](repeating: 0, count: binCount)) { $0[$1] += 1 }
  }
}
