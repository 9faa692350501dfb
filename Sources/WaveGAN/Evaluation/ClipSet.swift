package import NeuralNet

/// Some clips of an evaluation, laid out for comparing.
package struct ClipSet: Sendable {
  /// The clips.
  package let clips: [ClipFeatures]
  /// Their envelopes, `[n, 128]`.
  package let envelopes: FeatureMatrix
  /// Their levels less ``EvaluationFeatures/floorDecibels``, one clip after another, `[n, T · M]`:
  /// much of every clip is silence, which is then 0 and costs no accuracy.
  package let levels: [Float]
  /// Numbers of a clip's levels, T · M.
  package let levelCount: Int

  /// - Parameters:
  ///   - clips: measured by one meter.
  ///   - levelCount: numbers of a clip's levels, which an empty set cannot tell.
  package init(_ clips: [ClipFeatures], levelCount: Int) {
    self.clips = clips
    self.levelCount = levelCount
    envelopes = FeatureMatrix(
      rowCount: clips.count, width: EvaluationFeatures.envelopeCount,
      values: clips.flatMap(\.envelope))
    var levels: [Float] = []
    levels.reserveCapacity(clips.count * levelCount)
    for clip in clips {
      for level in clip.levels { levels.append(level - EvaluationFeatures.floorDecibels) }
    }
    precondition(
      levels.count == clips.count * levelCount,
      "\(clips.count) clips do not have \(levelCount) levels each")
    self.levels = levels
  }

  /// The root mean square differences of levels, in dB, from each clip here to each of another set.
  package func distances(to other: ClipSet, team: ThreadTeam) -> DistanceMatrix {
    let scale = 1 / Double(levelCount).squareRoot()
    return DistanceMatrix(
      rowCount: clips.count, columnCount: other.clips.count,
      values: RowDistances.byProducts(levels, other.levels, width: levelCount, team: team)
        .map { scale * $0 })
  }

  /// The exact root mean square difference of one clip here and one of another set, in dB.
  package func distance(of index: Int, to otherIndex: Int, in other: ClipSet) -> Double {
    RowDistances.distance(row(index), other.row(otherIndex)) / Double(levelCount).squareRoot()
  }

  private func row(_ index: Int) -> ArraySlice<Float> {
    levels[index * levelCount..<(index + 1) * levelCount]
  }

  /// A clip of another set, and how far it is.
  package struct Neighbour: Sendable, Hashable {
    /// Its index in its set.
    package var index: Int
    /// The root mean square difference of levels, in dB.
    package var distance: Double
  }

  /// For each clip, the nearest one of another set; nothing where that is empty.
  ///
  /// - Parameters:
  ///   - other: the set to look in.
  ///   - distances: `distances(to:team:)` of the two. Which is nearest is found in them; how near
  ///     it is, is then measured exactly.
  ///   - isSame: whether it is this set itself, in which a clip is not its own neighbour.
  package func nearest(
    in other: ClipSet, by distances: DistanceMatrix, isSame: Bool = false
  ) -> [Neighbour] {
    clips.indices.compactMap { row in
      let start = row * distances.columnCount
      let nearest = (start..<start + distances.columnCount)
        .filter { !isSame || $0 - start != row }
        .min { distances.values[$0] < distances.values[$1] }
      guard let nearest else { return nil }
      return Neighbour(
        index: nearest - start, distance: distance(of: row, to: nearest - start, in: other))
    }
  }
}
