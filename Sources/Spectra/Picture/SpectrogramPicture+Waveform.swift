extension SpectrogramPicture {
  /// Draws the samples over the spectrogram, on the same axis of time.
  ///
  /// A clip of few samples is a line through them; one of more samples than columns the outline from
  /// the lowest to the highest in each column, with the RMS inside, darker, where a column is long
  /// enough to have one.
  func drawWaveform(_ trace: WaveformTrace, on canvas: borrowing Canvas) {
    let panel = Self.waveform
    let limit = trace.axisLimit
    let middle = panel.y + panel.height / 2
    // A little headroom, so that the outer numbers stand clear of the spectrogram's.
    let reach = 1.15 * limit
    let height = { (value: Float) in middle - panel.height / 2 / reach * Double(value) }
    canvas.line([Point(x: panel.x, y: middle), Point(x: panel.right, y: middle)], .faint)
    canvas.clipped(to: panel) {
      if samples.count < Self.columnCount / 2 {
        drawSamples(on: canvas, height: height)
      } else {
        drawOutline(trace, on: canvas, height: height)
      }
    }
    canvas.outline(panel, .soft, width: 0.5)
    let decimals = limit < 0.01 ? 3 : limit < 0.1 ? 2 : limit < 1 ? 1 : 0
    let ticks = [-limit, 0, limit].map {
      AxisTick(value: $0, label: DecimalText.fixed($0, decimals: $0 == 0 ? 0 : decimals))
    }
    canvas.verticalAxis(ticks, leftOf: panel, title: "Amplitude") { 0.5 + 0.5 * $0 / reach }
  }

  private var waveformColor: PictureColor {
    options.colorMap.color(at: options.colorMap == .gray ? 0.7 : 0.45)
  }

  /// A line through the samples, with dots on them where they stand apart.
  private func drawSamples(on canvas: borrowing Canvas, height: (Float) -> Double) {
    let panel = Self.waveform
    let spacing = panel.width / Double(max(samples.count, 1))
    let points = samples.indices.map { index in
      Point(
        x: panel.x + Double(index) * spacing,
        y: height(samples[index].isFinite ? samples[index] : 0))
    }
    canvas.line(points, waveformColor)
    if spacing > 4 {
      for point in points { canvas.line([point], waveformColor) }
    }
  }

  private func drawOutline(
    _ trace: WaveformTrace, on canvas: borrowing Canvas, height: (Float) -> Double
  ) {
    let x = { (column: Int) in Self.waveform.x + (Double(column) + 0.5) / Self.density }
    // Out along the highs and back along the lows; the outline keeps thin parts visible.
    let columns = trace.highs.indices
    let outline =
      columns.map { Point(x: x($0), y: height(trace.highs[$0])) }
      + columns.reversed().map { Point(x: x($0), y: height(trace.lows[$0])) }
    // Within 2 ms, the RMS of a low note is its waveform again.
    let hasLevels = Double(samples.count) / Double(Self.columnCount) >= 0.002 * Double(sampleRate)
    canvas.fill(outline, waveformColor, opacity: hasLevels ? 0.45 : 1)
    canvas.line(outline, waveformColor, width: 0.5)
    if hasLevels {
      canvas.fill(
        columns.map { Point(x: x($0), y: height(trace.levels[$0])) }
          + columns.reversed().map { Point(x: x($0), y: height(-trace.levels[$0])) },
        waveformColor)
    }
  }
}
