import NeuralNet

/// Means of some series and differences between them, drawn anew many times: listeners alone, or
/// listeners and clips.
///
/// One draw of listeners serves all series, so that differences stay paired. Series made of the same
/// clips get one draw of clips, others a draw each. Sources: Efron & Tibshirani 1993; for two ways at
/// once Owen 2007, "The pigeonhole bootstrap".
package struct RatingBootstrap: Sendable {
  /// A mean, or a difference of two.
  package enum Quantity: Sendable, Hashable {
    case mean(Int)
    case difference(Int, Int)
  }

  private let series: [RatingSeries]
  private let quantities: [Quantity]
  /// The quantities of each draw of listeners, sorted, `[quantities][draws]`.
  private let overListeners: [[Double]]
  /// The same of listeners and clips.
  private let overBoth: [[Double]]

  /// Draws.
  ///
  /// - Parameters:
  ///   - series: all with as many listeners, in one order.
  ///   - quantities: what is asked for.
  ///   - drawCount: how often to draw.
  ///   - seed: another one draws otherwise.
  package init(
    _ series: [RatingSeries], quantities: [Quantity], drawCount: Int, seed: UInt64
  ) {
    self.series = series
    self.quantities = quantities
    let listenerCount = series.first?.rows.count ?? 0
    precondition(
      series.allSatisfy { $0.rows.count == listenerCount }, "series of different listeners")
    let pools = series.map(\.clips).uniqued
    let poolOfSeries = series.map { pools.firstIndex(of: $0.clips)! }
    let means = series.map(\.listenerMeans)
    var overListeners = [[Double]](repeating: [], count: quantities.count)
    var overBoth = overListeners
    var stream = RandomStream(seed: seed, purpose: .resampling)
    for _ in 0..<drawCount {
      let listeners = stream.drawCounts(listenerCount)
      let clips = pools.map { stream.drawCounts($0.count) }
      let redrawn = zip(series, poolOfSeries).map { $0.listenerMeans(drawn: clips[$1]) }
      for (place, quantity) in quantities.enumerated() {
        for (kind, means) in [means, redrawn].enumerated() {
          guard let value = quantity.value(means, listeners: listeners) else { continue }
          if kind == 0 { overListeners[place].append(value) } else { overBoth[place].append(value) }
        }
      }
    }
    self.overListeners = overListeners.map { $0.sorted() }
    self.overBoth = overBoth.map { $0.sorted() }
  }

  /// Where the quantity would lie with other listeners and the same clips.
  ///
  /// The quantiles Φ(∓ √(n/(n−1)) t(0.975; n−1)) of what was drawn: for few listeners a little farther
  /// out than 2.5 and 97.5 %, as drawn means spread too little by √((n−1)/n). nil for fewer than two
  /// listeners. Source: Hesterberg 2015, "What teachers should know about the bootstrap", 4.2.
  package func listenerInterval(_ place: Int) -> Interval? {
    let count = Double(quantities[place].listenerValues(series.map(\.listenerMeans)).count)
    guard count > 1 else { return nil }
    let t = StudentDistribution(degreesOfFreedom: count - 1).quantile(1 - Interval.miss / 2)
    return interval(overListeners[place], reach: (count / (count - 1)).squareRoot() * t)
  }

  /// Where the quantity would lie with other listeners and other clips.
  ///
  /// A draw of both counts what is neither the listener's nor the clip's three times (Owen 2007), so
  /// the drawn values are brought nearer to their middle, or farther from it, until their variance is
  ///
  ///     V = Vₗ + V꜀ − Vᵣ, and no less than either of Vₗ, V꜀
  ///
  /// with Vₗ = s²(listeners' values)/L, V꜀ = s²(clips' means)/C and Vᵣ that of the rest alone, which Vₗ
  /// and V꜀ both contain. Their quantiles are taken at Φ(∓ t(0.975; ν)), where
  /// ν = V² / (Vₗ²/(L−1) + Σ V꜀²/(C−1)) is Satterthwaite's. nil for fewer than two listeners or clips.
  package func listenerAndClipInterval(_ place: Int) -> Interval? {
    let listeners = quantities[place].listenerValues(series.map(\.listenerMeans))
    guard let spread = listeners.deviation, let clips = clipVariance(quantities[place]),
      let drawnSpread = overBoth[place].deviation, let centre = quantities[place].value(series)
    else { return nil }
    let listenerVariance = spread * spread / Double(listeners.count)
    let variance = max(
      listenerVariance + clips.variance - clips.rest, listenerVariance, clips.variance)
    guard variance > 0, drawnSpread > 0 else { return Interval(low: centre, high: centre) }
    let freedom =
      variance * variance
      / (listenerVariance * listenerVariance / Double(listeners.count - 1) + clips.perFreedom)
    let t = StudentDistribution(degreesOfFreedom: freedom).quantile(1 - Interval.miss / 2)
    let drawn = interval(overBoth[place], reach: t)
    let factor = variance.squareRoot() / drawnSpread
    return Interval(
      low: centre + factor * (drawn.low - centre), high: centre + factor * (drawn.high - centre))
  }

  /// How often the quantity would lie as far on the other side of zero, either way: twice the smaller
  /// part of draws of listeners, (k + 1) / (B + 1).
  package func p(_ place: Int) -> Double {
    let drawn = overListeners[place]
    let (below, above) = (drawn.count { $0 <= 0 }, drawn.count { $0 >= 0 })
    return min(1, 2 * Double(min(below, above) + 1) / Double(drawn.count + 1))
  }

  private func interval(_ drawn: [Double], reach: Double) -> Interval {
    let part = NormalDistribution.cumulative(-reach)
    return Interval(
      low: drawn.quantileOfSorted(part), high: drawn.quantileOfSorted(1 - part))
  }

  /// V꜀, Vᵣ and Σ V꜀²/(C − 1) of a quantity.
  private func clipVariance(
    _ quantity: Quantity
  ) -> (variance: Double, rest: Double, perFreedom: Double)? {
    func whole(_ series: RatingSeries) -> (variance: Double, rest: Double, perFreedom: Double)? {
      guard let (clips, rest) = series.clipAndRestVariance else { return nil }
      let clipCount = Set(series.rows.joined().map(\.clip)).count
      return (clips, rest, clips * clips / Double(clipCount - 1))
    }
    switch quantity {
    case .mean(let place): return whole(series[place])
    case .difference(let first, let second):
      if series[first].clips == series[second].clips {
        return whole(series[first].minus(series[second]))
      }
      guard let a = whole(series[first]), let b = whole(series[second]) else { return nil }
      return (a.variance + b.variance, a.rest + b.rest, a.perFreedom + b.perFreedom)
    }
  }
}

extension RatingBootstrap.Quantity {
  /// Each listener's value, of those who have one.
  func listenerValues(_ means: [[Double?]]) -> [Double] {
    switch self {
    case .mean(let place): means[place].compactMap(\.self)
    case .difference(let first, let second):
      zip(means[first], means[second]).compactMap { a, b in a.flatMap { a in b.map { a - $0 } } }
    }
  }

  /// The quantity as it is; nil where no listener has a value.
  func value(_ series: [RatingSeries]) -> Double? {
    let values = listenerValues(series.map(\.listenerMeans))
    return values.isEmpty ? nil : values.mean
  }

  /// The quantity with listeners drawn so often.
  fileprivate func value(_ means: [[Double?]], listeners: [Int]) -> Double? {
    var (sum, count) = (0.0, 0)
    for (listener, times) in listeners.enumerated() where times > 0 {
      let value: Double? =
        switch self {
        case .mean(let place): means[place][listener]
        case .difference(let first, let second):
          means[first][listener].flatMap { a in means[second][listener].map { a - $0 } }
        }
      guard let value else { continue }
      sum += Double(times) * value
      count += times
    }
    return count > 0 ? sum / Double(count) : nil
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

extension RandomStream {
  /// How often each of `count` things comes when as many are drawn with replacement.
  fileprivate mutating func drawCounts(_ count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for _ in 0..<count { counts[nextInteger(below: count)] += 1 }
    return counts
  }
}

extension Array where Element: Hashable {
  /// Its elements in order, each once.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
