/// How much the mean of a series would vary with other clips, and with nothing but the rest: what is
/// neither the listener's nor the clip's.
///
///     V꜀ = s²(means of clips) / C
///     Vᵣ = Σ w² · s²(y − mean of listener − mean of clip + mean of all),   w = 1 / (L · clips of the
///          listener), s² over N − L − C + 1
///
/// Of L listeners, C clips and N ratings. Both add up for independent series.
struct ClipVariance {
  /// V꜀.
  var ofMean: Double
  /// Vᵣ.
  var ofRest: Double
  /// V꜀² / (C − 1), which Satterthwaite's degrees of freedom are made of.
  var perFreedom: Double

  static func + (left: ClipVariance, right: ClipVariance) -> ClipVariance {
    ClipVariance(
      ofMean: left.ofMean + right.ofMean, ofRest: left.ofRest + right.ofRest,
      perFreedom: left.perFreedom + right.perFreedom)
  }
}

extension ClipVariance {
  /// nil where fewer than two clips were heard.
  init?(of series: RatingSeries) {
    let rows = series.rows.filter { !$0.isEmpty }
    var byClip = [[Double]](repeating: [], count: series.clips.count)
    for cell in rows.joined() { byClip[cell.clip].append(cell.value) }
    let clipMeans = byClip.map(\.mean)
    let heard = byClip.filter { !$0.isEmpty }.map(\.mean)
    guard let deviation = heard.deviation, let mean = series.mean else { return nil }
    ofMean = deviation * deviation / Double(heard.count)
    perFreedom = ofMean * ofMean / Double(heard.count - 1)
    ofRest = 0
    let freedom = series.values.count - rows.count - heard.count + 1
    guard freedom > 0 else { return }
    var (squares, weights) = (0.0, 0.0)
    for row in rows {
      let listenerMean = row.map(\.value).mean
      for cell in row {
        let residual = cell.value - listenerMean - clipMeans[cell.clip] + mean
        squares += residual * residual
      }
      let weight = 1 / Double(rows.count * row.count)
      weights += Double(row.count) * weight * weight
    }
    ofRest = weights * squares / Double(freedom)
  }
}
