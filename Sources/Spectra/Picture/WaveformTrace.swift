/// The lowest and highest sample under each pixel column of a waveform.
package struct WaveformTrace: Sendable {
  /// Lowest samples, `[columns]`; samples that are not numbers count as zero.
  package let lows: [Float]
  /// Highest samples, `[columns]`.
  package let highs: [Float]

  /// The largest absolute sample.
  package var peak: Float { max(-(lows.min() ?? 0), highs.max() ?? 0) }

  /// - Parameters:
  ///   - samples: one channel of a clip.
  ///   - columnCount: pixels from its beginning to its end.
  package init(samples: [Float], columnCount: Int) {
    var lows: [Float] = []
    var highs: [Float] = []
    for column in 0..<(samples.isEmpty ? 0 : columnCount) {
      // Every column has a sample at least, and reaches to the next column's first, so that steep
      // slopes leave no gaps.
      let first = min(column * samples.count / columnCount, samples.count - 1)
      let last = min((column + 1) * samples.count / columnCount, samples.count - 1)
      var (low, high) = (Float.infinity, -Float.infinity)
      for sample in samples[first...max(first, last)] {
        let value = sample.isFinite ? sample : 0
        low = min(low, value)
        high = max(high, value)
      }
      lows.append(low)
      highs.append(high)
    }
    self.lows = lows
    self.highs = highs
  }

  /// The end of an amplitude axis that holds the peak: 1, or a round number nearer to a quiet one.
  package var axisLimit: Double {
    let limits = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]
    guard peak > 0 else { return 1 }
    return limits.first { $0 >= Double(peak) } ?? Double(peak)
  }
}
