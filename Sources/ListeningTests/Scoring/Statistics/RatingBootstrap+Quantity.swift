extension RatingBootstrap {
  /// What is asked of some series, by their places: the mean of listeners' means, or that of listeners'
  /// differences, first less second.
  package enum Quantity: Sendable, Hashable {
    case mean(Int)
    case difference(Int, Int)
  }
}

extension RatingBootstrap.Quantity {
  /// A listener's value; nil for one who has none.
  ///
  /// - Parameter means: each listener's mean of each series, `[series][L]`.
  func value(_ means: [[Double?]], listener: Int) -> Double? {
    switch self {
    case .mean(let place): return means[place][listener]
    case .difference(let first, let second):
      guard let a = means[first][listener], let b = means[second][listener] else { return nil }
      return a - b
    }
  }

  /// The quantity with each listener drawn so often, `[L]`; nil where none who has a value was drawn.
  func value(_ means: [[Double?]], drawn listeners: [Int]) -> Double? {
    var (sum, count) = (0.0, 0)
    for (listener, times) in listeners.enumerated() where times > 0 {
      guard let value = value(means, listener: listener) else { continue }
      sum += Double(times) * value
      count += times
    }
    return count > 0 ? sum / Double(count) : nil
  }

  /// How much it would vary with other clips; nil where there are fewer than two.
  func clipVariance(in series: [RatingSeries]) -> ClipVariance? {
    switch self {
    case .mean(let place): return ClipVariance(of: series[place])
    case .difference(let first, let second):
      let (first, second) = (series[first], series[second])
      // What is good of a clip in both leaves the difference.
      if first.clips == second.clips { return ClipVariance(of: first.minus(second)) }
      guard let a = ClipVariance(of: first), let b = ClipVariance(of: second) else { return nil }
      return a + b
    }
  }
}

extension RatingSeries {
  /// The differences of two series of the same clips, where a listener rated both.
  fileprivate func minus(_ other: RatingSeries) -> RatingSeries {
    RatingSeries(
      clips: clips,
      rows: zip(rows, other.rows).map { row, others in
        let values = Dictionary(others.map { ($0.clip, $0.value) }, uniquingKeysWith: { $1 })
        return row.compactMap { cell in
          values[cell.clip].map { Cell(clip: cell.clip, value: cell.value - $0) }
        }
      })
  }
}
