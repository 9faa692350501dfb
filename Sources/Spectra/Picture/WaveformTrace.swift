/// What a waveform looks like under each pixel column: its lowest and highest sample, and its RMS.
package struct WaveformTrace: Sendable {
  /// Lowest samples, `[columns]`; samples that are not numbers count as zero.
  package let lows: [Float]
  /// Highest samples, `[columns]`.
  package let highs: [Float]
  /// Root mean squares of the samples, `[columns]`.
  package let levels: [Float]
  /// The root mean square of the whole clip; 0 without a sample.
  package let rms: Float

  /// The largest absolute sample.
  package var peak: Float { max(-(lows.min() ?? 0), highs.max() ?? 0) }

  /// - Parameters:
  ///   - samples: one channel of a clip.
  ///   - columnCount: pixels from its beginning to its end.
  package init(samples: [Float], columnCount: Int) {
    var lows: [Float] = []
    var highs: [Float] = []
    var levels: [Float] = []
    for column in 0..<(samples.isEmpty ? 0 : columnCount) {
      // Every column has a sample at least, and reaches to the next column's first, so that steep
      // slopes leave no gaps.
      let first = min(column * samples.count / columnCount, samples.count - 1)
      let last = max(first, min((column + 1) * samples.count / columnCount, samples.count - 1))
      var (low, high, square) = (Float.infinity, -Float.infinity, 0.0)
      for sample in samples[first...last] {
        let value = sample.isFinite ? sample : 0
        low = min(low, value)
        high = max(high, value)
        square += Double(value) * Double(value)
      }
      lows.append(low)
      highs.append(high)
      levels.append(Float((square / Double(last - first + 1)).squareRoot()))
    }
    self.lows = lows
    self.highs = highs
    self.levels = levels
    let square = samples.reduce(0.0) { $0 + ($1.isFinite ? Double($1) * Double($1) : 0) }
    rms = Float((square / Double(max(samples.count, 1))).squareRoot())
  }

  /// The end of an amplitude axis that holds the peak: 1, or a round number nearer to a quiet one.
  package var axisLimit: Double {
    let limits = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]
    guard peak > 0 else { return 1 }
    return limits.first { $0 >= Double(peak) } ?? Double(peak)
  }
}
