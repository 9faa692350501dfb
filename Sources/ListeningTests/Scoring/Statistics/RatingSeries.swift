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
}
