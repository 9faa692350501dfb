package import NeuralNet

/// Groups of points that lie together: K-means with the starting places of k-means++.
///
/// Source: Lloyd 1982; Arthur and Vassilvitskii 2007.
package struct KMeans: Sendable {
  /// The middle of each group, `[K, D]`.
  package private(set) var centers: FeatureMatrix

  /// Rounds after which it ends in any case.
  private static let roundLimit = 100

  /// - Parameters:
  ///   - features: the points, `[n, D]`.
  ///   - count: groups, K.
  ///   - seed: decides the starting places.
  ///   - team: the threads that share the work.
  /// - Precondition: `count` is 1 … n; checked in every build.
  package init(_ features: FeatureMatrix, count: Int, seed: UInt64, team: ThreadTeam) {
    precondition(
      (1...max(1, features.rowCount)).contains(count),
      "\(features.rowCount) points cannot be \(count) groups")
    centers = Self.startingPlaces(features, count: count, seed: seed, team: team)
    var groups: [Int] = []
    for _ in 0..<Self.roundLimit {
      let found = self.groups(of: features, team: team)
      if found == groups { break }
      groups = found
      moveCenters(to: groups, of: features)
    }
  }

  /// The group of each point: the one whose middle is nearest, the first of equals, `[n]`.
  package func groups(of features: FeatureMatrix, team: ThreadTeam) -> [Int] {
    let distances = DistanceMatrix(from: features, to: centers, team: team)
    return (0..<features.rowCount).map { row in
      let nearest = distances[row].indices.min { distances.values[$0] < distances.values[$1] }
      return (nearest ?? 0) - row * distances.columnCount
    }
  }

  /// Each place is a point drawn with a probability that grows with the square of its distance to
  /// the places before it.
  private static func startingPlaces(
    _ features: FeatureMatrix, count: Int, seed: UInt64, team: ThreadTeam
  ) -> FeatureMatrix {
    var random = RandomStream(seed: seed, purpose: .evaluation, index: 1)
    var chosen = Array(features[random.nextInteger(below: features.rowCount)])
    var nearest = [Double](repeating: .infinity, count: features.rowCount)
    while chosen.count < count * features.width {
      let last = FeatureMatrix(
        rowCount: 1, width: features.width, values: Array(chosen.suffix(features.width)))
      let distances = DistanceMatrix(from: features, to: last, team: team).values
      for point in nearest.indices {
        nearest[point] = min(nearest[point], distances[point] * distances[point])
      }
      var rest = Double(random.nextUniform()) * nearest.reduce(0, +)
      let next = nearest.firstIndex { weight in
        rest -= weight
        return rest < 0
      }
      chosen += features[next ?? features.rowCount - 1]
    }
    return FeatureMatrix(rowCount: count, width: features.width, values: chosen)
  }

  /// Moves each middle to the mean of its group; that of an empty one stays.
  private mutating func moveCenters(to groups: [Int], of features: FeatureMatrix) {
    let width = features.width
    var sums = [Double](repeating: 0, count: centers.values.count)
    var counts = [Int](repeating: 0, count: centers.rowCount)
    for (row, group) in groups.enumerated() {
      counts[group] += 1
      for column in 0..<width {
        sums[group * width + column] += features.values[row * width + column]
      }
    }
    let values = sums.indices.map { index in
      let count = counts[index / width]
      return count > 0 ? sums[index] / Double(count) : centers.values[index]
    }
    centers = FeatureMatrix(rowCount: centers.rowCount, width: width, values: values)
  }
}
