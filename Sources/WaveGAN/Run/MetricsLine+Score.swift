extension Array where Element == MetricsLine {
  /// The steps that can be a run's best, and how good their clips are: less is better.
  ///
  /// The score is the Fréchet distance. Where no line has one, as in runs of versions that did not
  /// measure it, or of a single recording, it is the distance of mean log-mel spectra.
  var scores: [(step: Int, score: Double)] {
    let distances: [(step: Int, score: Double)] = compactMap { line in
      line.frechetDistance.map { (line.step, $0) }
    }
    return distances.isEmpty ? map { ($0.step, $0.logMelDistance) } : distances
  }
}
