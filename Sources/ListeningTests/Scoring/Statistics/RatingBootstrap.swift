import NeuralNet

/// Means of some series and differences between them, drawn anew many times: listeners alone, or
/// listeners and clips.
///
/// One draw of listeners serves all series, so that differences stay paired. Series made of the same
/// clips get one draw of clips, others a draw each. Sources: Efron & Tibshirani 1993; for two ways at
/// once Owen 2007, "The pigeonhole bootstrap".
package struct RatingBootstrap: Sendable {
  private let series: [RatingSeries]
  /// Each listener's mean of each series, `[series][L]`.
  private let means: [[Double?]]
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
    means = series.map(\.listenerMeans)
    var overListeners = [[Double]](repeating: [], count: quantities.count)
    var overBoth = overListeners
    var stream = RandomStream(seed: seed, purpose: .resampling)
    for _ in 0..<drawCount {
      let listeners = stream.drawCounts(listenerCount)
      let clips = pools.map { stream.drawCounts($0.count) }
      let redrawn = zip(series, poolOfSeries).map { $0.listenerMeans(drawn: clips[$1]) }
      for (place, quantity) in quantities.enumerated() {
        if let value = quantity.value(means, drawn: listeners) {
          overListeners[place].append(value)
        }
        if let value = quantity.value(redrawn, drawn: listeners) { overBoth[place].append(value) }
      }
    }
    self.overListeners = overListeners.map { $0.sorted() }
    self.overBoth = overBoth.map { $0.sorted() }
  }

  /// The quantity of each listener who has one.
  package func listenerValues(_ place: Int) -> [Double] {
    means[0].indices.compactMap { quantities[place].value(means, listener: $0) }
  }

  /// Where the quantity would lie with other listeners and the same clips.
  ///
  /// The quantiles Φ(∓ √(n/(n−1)) t(0.975; n−1)) of what was drawn: for few listeners a little farther
  /// out than 2.5 and 97.5 %, as drawn means spread too little by √((n−1)/n). nil for fewer than two
  /// listeners. Source: Hesterberg 2015, "What teachers should know about the bootstrap", the expanded
  /// percentile interval.
  package func listenerInterval(_ place: Int) -> Interval? {
    let count = Double(listenerValues(place).count)
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
    let listeners = listenerValues(place)
    guard let spread = listeners.deviation, let drawnSpread = overBoth[place].deviation,
      let clips = quantities[place].clipVariance(in: series)
    else { return nil }
    let centre = listeners.mean
    let listenerVariance = spread * spread / Double(listeners.count)
    let variance = max(
      listenerVariance + clips.ofMean - clips.ofRest, listenerVariance, clips.ofMean)
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
}

extension RandomStream {
  /// How often each of `count` things comes when as many are drawn with replacement.
  fileprivate mutating func drawCounts(_ count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for _ in 0..<count { counts[nextInteger(below: count)] += 1 }
    return counts
  }
}
