/// The ratings that one thing got: a cell for each listener and clip that met.
package struct RatingSeries: Sendable, Hashable {
  /// What a listener said of a clip.
  package struct Cell: Sendable, Hashable {
    /// The clip's place, 0 ..< clips of the series.
    package var clip: Int
    package var value: Double

    package init(clip: Int, value: Double) {
      self.clip = clip
      self.value = value
    }
  }

  /// The names of its clips; series with equal names of clips in equal order were made of the same
  /// material.
  package var clips: [String]

  /// Each listener's ratings, `[L]`; empty for one who heard nothing of it.
  package var rows: [[Cell]]

  package init(clips: [String], rows: [[Cell]]) {
    self.clips = clips
    self.rows = rows
  }

  /// All ratings, by listener.
  package var values: [Double] { rows.flatMap { $0.map(\.value) } }

  /// What each listener rates it on average, `[L]`; nil for one who heard nothing of it.
  package var listenerMeans: [Double?] {
    rows.map { $0.isEmpty ? nil : $0.map(\.value).mean }
  }

  /// The mean of listeners' means: each listener counts once; nil without ratings.
  package var mean: Double? {
    let means = listenerMeans.compactMap(\.self)
    return means.isEmpty ? nil : means.mean
  }

  /// The mean that each listener would have, had clips been drawn so often, `[L]`; nil where none that
  /// the listener heard was drawn.
  func listenerMeans(drawn: [Int]) -> [Double?] {
    rows.map { row in
      var (sum, count) = (0.0, 0)
      for cell in row {
        sum += Double(drawn[cell.clip]) * cell.value
        count += drawn[cell.clip]
      }
      return count > 0 ? sum / Double(count) : nil
    }
  }

  /// How much the mean would vary with other clips, and with nothing but the rest.
  ///
  ///     clips: s²(means of clips) / C
  ///     rest:  Σ w² · s²(y − mean of listener − mean of clip + mean of all),   w = 1 / (L · clips of the
  ///            listener), s² over N − L − C + 1
  ///
  /// nil where there are fewer than two clips.
  var clipAndRestVariance: (clips: Double, rest: Double)? {
    var byClip = [[Double]](repeating: [], count: clips.count)
    for cell in rows.joined() { byClip[cell.clip].append(cell.value) }
    let clipMeans = byClip.map { $0.isEmpty ? nil : $0.mean }
    let heard = clipMeans.compactMap(\.self)
    guard let deviation = heard.deviation, let mean else { return nil }
    let listenerCount = rows.count { !$0.isEmpty }
    let freedom = values.count - listenerCount - heard.count + 1
    var rest = 0.0
    if freedom > 0 {
      var (squares, weights) = (0.0, 0.0)
      for (row, listenerMean) in zip(rows, listenerMeans) where !row.isEmpty {
        for cell in row {
          let residual = cell.value - listenerMean! - clipMeans[cell.clip]! + mean
          squares += residual * residual
        }
        let weight = 1 / Double(listenerCount * row.count)
        weights += Double(row.count) * weight * weight
      }
      rest = weights * squares / Double(freedom)
    }
    return (deviation * deviation / Double(heard.count), rest)
  }
}
