package import NeuralNet

/// Training clips that other sets are compared with; what depends on them alone is computed once.
package struct ReferenceSample {
  /// The training clips.
  package let clips: ClipSet
  private let team: ThreadTeam
  private let distances: DistanceMatrix
  private let gaussian: FeatureGaussian?
  private let bins: BinFigures?
  private let pairDistance: Double?

  /// - Parameters:
  ///   - clips: the training clips.
  ///   - seed: decides where the bins of NDB begin.
  ///   - team: the threads that share the work; without influence on any figure.
  package init(_ clips: ClipSet, seed: UInt64, team: ThreadTeam) {
    self.clips = clips
    self.team = team
    distances = DistanceMatrix(from: clips.envelopes, to: clips.envelopes, team: team)
    gaussian = clips.clips.count >= 2 ? FeatureGaussian(of: clips.envelopes) : nil
    bins = BinFigures(reference: clips.envelopes, seed: seed, team: team)
    pairDistance = clips.distances(to: clips, team: team).meanOfPairs
  }

  /// Compares a set with the training clips.
  ///
  /// Costs, with n clips on both sides, two products of `[n, T · M]` matrices and two tables of n²
  /// distances in 128 dimensions: seconds for 2,000 clips.
  package func figures(of set: ClipSet) -> ComparisonFigures {
    var figures = ComparisonFigures()
    compare(set.envelopes, into: &figures)
    guard !set.clips.isEmpty else { return figures }

    let own = set.distances(to: set, team: team)
    figures.selfDistance =
      MeanAndDeviation(
        of: set.nearest(in: set, by: own, isSame: true).map(\.distance))?.mean
    figures.pairDistance = own.meanOfPairs
    if let pair = own.meanOfPairs, let pairDistance, pairDistance > 0 {
      figures.variety = pair / pairDistance
    }
    let across = set.distances(to: clips, team: team)
    figures.trainDistance =
      MeanAndDeviation(
        of: set.nearest(in: clips, by: across).map(\.distance))?.mean

    figures.loudness = MeanAndDeviation(of: set.clips.compactMap(\.loudness))
    figures.centroidHz = MeanAndDeviation(of: set.clips.compactMap(\.centroidHz))
    figures.durationSeconds = MeanAndDeviation(of: set.clips.map(\.durationSeconds))
    return figures
  }

  /// Sets the figures that compare distributions.
  private func compare(_ envelopes: FeatureMatrix, into figures: inout ComparisonFigures) {
    if let gaussian, envelopes.rowCount >= 2 {
      figures.frechetDistance = FrechetDistance.between(FeatureGaussian(of: envelopes), gaussian)
    }
    let own = DistanceMatrix(from: envelopes, to: envelopes, team: team)
    let across = DistanceMatrix(from: envelopes, to: clips.envelopes, team: team)
    figures.kernelDistance = KernelDistance.value(
      candidate: own, reference: distances, across: across)
    let overlap = NeighbourFigures(candidate: own, reference: distances, across: across)
    figures.precision = overlap?.precision
    figures.recall = overlap?.recall
    figures.density = overlap?.density
    figures.coverage = overlap?.coverage
    if let bins, envelopes.rowCount >= BinFigures.leastCount {
      figures.binCount = bins.binCount
      figures.differentBins = bins.differentCount(in: envelopes, team: team)
    }
  }
}
