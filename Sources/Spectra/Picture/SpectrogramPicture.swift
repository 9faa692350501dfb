/// A picture of one clip: its waveform over its spectrogram, with axes and a colour bar.
///
/// Times are in seconds, frequencies in kHz, levels in dB under a sine that reaches full scale. A
/// clip may have one sample or hours; what is too short for a column is kept by its loudest part.
/// The same clip gives the same bytes.
public struct SpectrogramPicture: Sendable {
  /// One channel of the clip; full scale is 1.
  public var samples: [Float]
  /// Samples a second.
  public var sampleRate: Int
  /// What stands over the picture, such as the file's name.
  public var title: String
  /// Scale, frames and colours.
  public var options: SpectrogramOptions

  private static let size = (width: 960.0, height: 560.0)
  private static let waveform = Rectangle(x: 68, y: 62, width: 796, height: 84)
  private static let spectrum = Rectangle(x: 68, y: 158, width: 796, height: 352)

  /// A picture of one channel at a sample rate in Hz, which is positive.
  public init(
    samples: [Float], sampleRate: Int, title: String,
    options: SpectrogramOptions = SpectrogramOptions()
  ) {
    precondition(sampleRate > 0, "A sample rate is positive, not \(sampleRate).")
    self.samples = samples
    self.sampleRate = sampleRate
    self.title = title
    self.options = options
  }

  /// Draws the picture: 1,920 × 1,120 pixels.
  ///
  /// - Returns: the bytes of a PNG file.
  /// - Throws: ``PictureError`` if there is not enough memory.
  public func png() throws(PictureError) -> [UInt8] {
    let canvas = Canvas(width: Self.size.width, height: Self.size.height)
    let columnCount = Int(Self.spectrum.width * canvas.density)
    let transform = options.transform(
      sampleRate: sampleRate, sampleCount: samples.count, columnCount: columnCount)
    let axis = FrequencyAxis(scale: options.scale, highHz: Double(sampleRate) / 2)
    let raster = SpectrogramRaster(
      samples: samples, sampleRate: sampleRate, transform: transform, axis: axis,
      columnCount: columnCount, rowCount: Int(Self.spectrum.height * canvas.density))
    let trace = WaveformTrace(samples: samples, columnCount: columnCount)
    let top = SpectrogramOptions.topDecibels(loudest: raster.loudest)

    drawTitle(on: canvas, transform: transform, trace: trace)
    draw(trace, on: canvas)
    canvas.image(
      raster.pixels(topDecibels: top, options: options), columns: columnCount,
      at: Point(x: Self.spectrum.x, y: Self.spectrum.y))
    drawAxes(on: canvas, axis: axis, topDecibels: top)
    return try canvas.png(title: title)
  }

  private func drawTitle(
    on canvas: borrowing Canvas, transform: ShortTimeFourierTransform, trace: WaveformTrace
  ) {
    let left = Self.waveform.x
    let limit = Self.size.width - left - 24
    canvas.fittedText(title, at: Point(x: left, y: 30), style: .title, limit: limit)
    let rate = Double(sampleRate)
    let seconds = DecimalText.significant(Double(samples.count) / rate)
    let frame = DecimalText.significant(Double(transform.fftLength) / rate * 1_000)
    let hop = DecimalText.significant(Double(transform.hopLength) / rate * 1_000)
    canvas.fittedText(
      """
      \(seconds) s at \(DecimalText.grouped(sampleRate)) Hz  ·  \
      peak \(DecimalText.significant(Double(trace.peak)))  ·  \
      Hann window of \(DecimalText.grouped(transform.fftLength)) samples (\(frame) ms), \
      hop \(DecimalText.grouped(transform.hopLength)) (\(hop) ms)  ·  \
      \(options.scale.rawValue) frequency scale
      """,
      at: Point(x: left, y: 48), style: .subtitle, limit: limit)
  }

  private func draw(_ trace: WaveformTrace, on canvas: borrowing Canvas) {
    let panel = Self.waveform
    let limit = trace.axisLimit
    let middle = panel.y + panel.height / 2
    let color = options.colorMap.color(at: options.colorMap == .gray ? 0.75 : 0.4)
    canvas.line([Point(x: panel.x, y: middle), Point(x: panel.right, y: middle)], .faint)
    // A little headroom, so that the outer numbers stand clear of the spectrogram's.
    let reach = 1.15 * limit
    let scale = panel.height / 2 / reach
    let density = canvas.density
    let place = { (column: Int, value: Float) in
      Point(
        x: panel.x + (Double(column) + 0.5) / density, y: middle - scale * Double(value))
    }
    // Out along the highs and back along the lows; the outline keeps thin parts visible.
    let highs = trace.highs.indices.map { place($0, trace.highs[$0]) }
    let lows = trace.lows.indices.reversed().map { place($0, trace.lows[$0]) }
    canvas.clipped(to: panel) {
      canvas.fill(highs + lows, color)
      canvas.line(highs + lows, color, width: 0.75)
    }
    canvas.outline(panel, .soft, width: 0.5)
    let decimals = limit < 0.1 ? 2 : limit < 1 ? 1 : 0
    let ticks = [-limit, 0, limit].map {
      AxisTick(value: $0, label: DecimalText.fixed($0, decimals: $0 == 0 ? 0 : decimals))
    }
    canvas.verticalAxis(ticks, leftOf: panel, title: "Amplitude") {
      0.5 + 0.5 * $0 / reach
    }
  }

  private func drawAxes(on canvas: borrowing Canvas, axis: FrequencyAxis, topDecibels: Double) {
    let panel = Self.spectrum
    canvas.outline(panel, .soft, width: 0.5)
    let duration = Double(max(samples.count, 1)) / Double(sampleRate)
    canvas.horizontalAxis(
      AxisTick.round(in: 0...duration, count: 11), below: panel, title: "Time (s)"
    ) { $0 / duration }
    canvas.verticalAxis(
      axis.ticks(height: panel.height), leftOf: panel, title: "Frequency (kHz)"
    ) { axis.position(hz: $0) }
    let bar = Rectangle(x: panel.right + 16, y: panel.y, width: 14, height: panel.height)
    canvas.colorBar(in: bar, topDecibels: topDecibels, options: options, tickCount: 10)
    canvas.text(
      "Level (dB, 0 = full-scale sine)",
      at: Point(x: bar.right + 50, y: panel.y + panel.height / 2), style: .axisTitle,
      alignment: .center, isVertical: true)
  }
}
