import Foundation

/// The level of every pixel of a spectrogram, in dB: 0 dB is a sine that reaches full scale.
///
///     level = 20 · log₁₀(|X[t, k]| · 2 / Σₙ w[n])
///
/// A pixel that covers several frames or bins shows the loudest of them; one that lies between two
/// shows a level between theirs. So nothing short or narrow is lost, however long the clip.
package struct SpectrogramRaster: Sendable {
  /// Pixels from the clip's beginning to its end.
  package let columnCount: Int
  /// Pixels from the lowest frequency to the highest.
  package let rowCount: Int
  /// Levels in dB, `[rows, columns]`, the highest frequency first.
  package let decibels: [Float]

  /// What silence counts as, in dB.
  package static let silenceDecibels: Float = -200

  /// The loudest level, in dB.
  package var loudest: Float { decibels.max() ?? Self.silenceDecibels }

  /// - Parameters:
  ///   - samples: one channel of a clip.
  ///   - sampleRate: samples a second.
  ///   - transform: how it is cut into frames.
  ///   - axis: which frequency lies where.
  ///   - columnCount: pixels from its beginning to its end, at least 1.
  ///   - rowCount: pixels from the axis's bottom to its top, at least 1.
  package init(
    samples: [Float], sampleRate: Int, transform: ShortTimeFourierTransform,
    axis: FrequencyAxis, columnCount: Int, rowCount: Int
  ) {
    let rows = RowBins(
      axis: axis, rowCount: rowCount, hzPerBin: Double(sampleRate) / Double(transform.fftLength),
      binCount: transform.binCount)
    // One cell for each frame, or for each column if there are more frames than columns.
    let frameCount = transform.frameCount(sampleCount: samples.count)
    let cellCount = min(frameCount, columnCount)
    let isPooled = cellCount < frameCount
    var cells = [Float](repeating: 0, count: cellCount * rowCount)
    transform.forEachMagnitude(of: samples) { frame, magnitudes in
      let time = frame * transform.hopLength
      let cell = isPooled ? min(time * cellCount / samples.count, cellCount - 1) : frame
      for row in 0..<rowCount {
        let level = rows.level(row: row, of: magnitudes)
        cells[cell * rowCount + row] = max(cells[cell * rowCount + row], level)
      }
    }
    let scale = transform.amplitudeScale
    for index in cells.indices {
      // The order of the comparison makes silence of what is not a number.
      let level = 20 * log10(scale * cells[index])
      cells[index] = level > Self.silenceDecibels ? min(level, 200) : Self.silenceDecibels
    }

    // Samples from one cell's time to the next, and so the cell at each column's time.
    let samplesPerCell =
      isPooled ? Double(samples.count) / Double(cellCount) : Double(transform.hopLength)
    let shift = isPooled ? 0.5 : 0
    var decibels = [Float](repeating: 0, count: rowCount * columnCount)
    for column in 0..<columnCount {
      let time = (Double(column) + 0.5) / Double(columnCount) * Double(samples.count)
      let place = min(max(time / samplesPerCell - shift, 0), Double(cellCount - 1))
      let left = Int(place)
      let right = min(left + 1, cellCount - 1)
      let part = Float(place - Double(left))
      for row in 0..<rowCount {
        decibels[row * columnCount + column] =
          (1 - part) * cells[left * rowCount + row] + part * cells[right * rowCount + row]
      }
    }
    self.columnCount = columnCount
    self.rowCount = rowCount
    self.decibels = decibels
  }

  /// The level of a pixel, in dB; row 0 is the highest frequency.
  package subscript(row: Int, column: Int) -> Float { decibels[row * columnCount + column] }

  /// The pixels' colours as 0x00RRGGBB, `[rows, columns]`.
  package func pixels(topDecibels: Double, options: SpectrogramOptions) -> [UInt32] {
    let palette = options.colorMap.colors.map(\.packed)
    return decibels.map { level in
      let position = 1 - (Double(level) - topDecibels) / options.floorDecibels
      return palette[Int((min(max(position, 0), 1) * 255).rounded())]
    }
  }
}

/// Which bins each row of a spectrogram shows.
private struct RowBins {
  /// Bins whose middle lies within the row; if there are none, `place` says where between two it is.
  private var whole: [Range<Int>] = []
  private var place: [Double] = []

  init(axis: FrequencyAxis, rowCount: Int, hzPerBin: Double, binCount: Int) {
    for row in 0..<rowCount {
      let bottom = axis.hz(position: 1 - Double(row + 1) / Double(rowCount)) / hzPerBin
      let top = axis.hz(position: 1 - Double(row) / Double(rowCount)) / hzPerBin
      let first = min(Int(max(bottom, 0).rounded(.up)), binCount)
      // The topmost row also holds the last bin, which lies on its edge.
      let end = min(max(row == 0 ? Int(top + 1e-6) + 1 : Int(top.rounded(.up)), first), binCount)
      whole.append(first..<end)
      place.append((bottom + top) / 2)
    }
  }

  func level(row: Int, of magnitudes: Span<Float>) -> Float {
    if whole[row].isEmpty {
      let left = Int(place[row])
      guard left + 1 < magnitudes.count else { return 0 }
      let part = Float(place[row] - Double(left))
      return (1 - part) * magnitudes[left] + part * magnitudes[left + 1]
    }
    var level: Float = 0
    for bin in whole[row] { level = max(level, magnitudes[bin]) }
    return level
  }
}
