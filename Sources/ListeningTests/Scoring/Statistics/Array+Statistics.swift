extension [Double] {
  /// The mean; not a number where there is nothing.
  var mean: Double { reduce(0, +) / Double(count) }

  /// The standard deviation, over n − 1; nil for fewer than two values.
  var deviation: Double? {
    guard count > 1 else { return nil }
    let mean = mean
    return (reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
  }

  /// Each value's place in rising order, from 1; equal values share the mean of their places.
  var midranks: [Double] {
    var ranks = self
    let order = indices.sorted { self[$0] < self[$1] }
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, self[order[end]] == self[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }

  /// The value that a part of them lies below, between two values in proportion (type 7 of Hyndman
  /// and Fan 1996, NumPy's default).
  ///
  /// - Precondition: they are in rising order, and there are some.
  func quantileOfSorted(_ part: Double) -> Double {
    let place = Swift.min(Swift.max(part, 0), 1) * Double(count - 1)
    let below = Int(place)
    let above = Swift.min(below + 1, count - 1)
    return self[below] + (place - Double(below)) * (self[above] - self[below])
  }
}

extension Array where Element: Hashable {
  /// Its elements in order, each once.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
