import Foundation

/// A picture of one clip: its waveform over its spectrogram, with axes and a colour bar.
///
/// Times are in ms, s or minutes, frequencies in kHz, levels in dB under a sine that reaches full
/// scale. A clip may have one sample or hours; what is too short for a column is kept by its loudest
/// part. The letters are large enough to be read when the picture is half as wide as a page.
/// The same clip gives the same bytes.
public struct SpectrogramPicture: Sendable {
  /// One channel of the clip; full scale is 1.
  public var samples: [Float]
  /// Samples a second.
  public var sampleRate: Int
  /// What stands over the picture, such as the file's name.
  public var title: String
  /// What else there is to say about the clip, after its length and rate: “2 channels, mixed”.
  public var note: String?
  /// Scale, frames and colours.
  public var options: SpectrogramOptions

  static let size = (width: 640.0, height: 430.0)
  static let density = 3.0
  static let waveform = Rectangle(x: 62, y: 70, width: 496, height: 68)
  /// Where the spectrogram lies, in points.
  package static let spectrum = Rectangle(x: 62, y: 148, width: 496, height: 238)

  /// Pixels of a spectrogram from its beginning to its end.
  package static var columnCount: Int { Int(spectrum.width * density) }
  /// Pixels of a spectrogram from its bottom to its top.
  package static var rowCount: Int { Int(spectrum.height * density) }

  /// A picture of one channel at a sample rate in Hz, which is positive.
  public init(
    samples: [Float], sampleRate: Int, title: String, note: String? = nil,
    options: SpectrogramOptions = SpectrogramOptions()
  ) {
    precondition(sampleRate > 0, "A sample rate is positive, not \(sampleRate).")
    self.samples = samples
    self.sampleRate = sampleRate
    self.title = title
    self.note = note
    self.options = options
  }

  /// Draws the picture: 1,920 × 1,290 pixels.
  ///
  /// - Returns: the bytes of a PNG file.
  /// - Throws: ``PictureError`` if there is not enough memory.
  public func png() throws(PictureError) -> [UInt8] {
    let canvas = Canvas(
      width: Self.size.width, height: Self.size.height, density: Self.density)
    let transform = options.transform(
      sampleRate: sampleRate, sampleCount: samples.count, columnCount: Self.columnCount)
    let axis = FrequencyAxis(scale: options.scale, highHz: Double(sampleRate) / 2)
    let raster = SpectrogramRaster(
      samples: samples, sampleRate: sampleRate, transform: transform, axis: axis,
      columnCount: Self.columnCount, rowCount: Self.rowCount)
    let trace = WaveformTrace(samples: samples, columnCount: Self.columnCount)
    let top = SpectrogramOptions.topDecibels(loudest: raster.loudest)

    drawTitle(on: canvas, transform: transform, trace: trace)
    drawWaveform(trace, on: canvas)
    canvas.image(
      raster.pixels(topDecibels: top, options: options), columns: Self.columnCount,
      at: Point(x: Self.spectrum.x, y: Self.spectrum.y))
    drawAxes(on: canvas, axis: axis, topDecibels: top)
    return try canvas.png(title: title)
  }

  private func drawTitle(
    on canvas: borrowing Canvas, transform: ShortTimeFourierTransform, trace: WaveformTrace
  ) {
    let left = Self.waveform.x
    let limit = Self.size.width - left - 10
    canvas.fittedText(title, at: Point(x: left, y: 26), style: .title, limit: limit)
    let rate = Double(sampleRate)
    let duration = TimeAxis.text(seconds: Double(samples.count) / rate)
    let frame = TimeAxis.text(seconds: Double(transform.fftLength) / rate)
    let hop = TimeAxis.text(seconds: Double(transform.hopLength) / rate)
    var facts = ["\(duration) at \(DecimalText.grouped(sampleRate)) Hz"]
    if let note { facts.append(note) }
    facts.append("peak \(Self.decibels(trace.peak)), RMS \(Self.decibels(trace.rms))")
    canvas.fittedText(
      facts.joined(separator: "  ·  "), at: Point(x: left, y: 43), style: .subtitle, limit: limit)
    canvas.fittedText(
      """
      Hann window of \(DecimalText.grouped(transform.fftLength)) samples (\(frame)), \
      hop \(DecimalText.grouped(transform.hopLength)) (\(hop))  ·  \
      \(options.scale.rawValue) frequency scale
      """,
      at: Point(x: left, y: 58), style: .subtitle, limit: limit)
  }

  /// An amplitude in dB under full scale, to a tenth: −12.0 dBFS.
  private static func decibels(_ amplitude: Float) -> String {
    guard amplitude > 0 else { return "−∞ dBFS" }
    return DecimalText.fixed(20 * log10(Double(amplitude)), decimals: 1) + " dBFS"
  }

  private func drawAxes(on canvas: borrowing Canvas, axis: FrequencyAxis, topDecibels: Double) {
    let panel = Self.spectrum
    canvas.outline(panel, .soft, width: 0.5)
    let duration = Double(max(samples.count, 1)) / Double(sampleRate)
    let times = TimeAxis(durationSeconds: duration, count: 9)
    canvas.horizontalAxis(times.ticks, below: panel, title: times.title) { $0 / duration }
    for time in times.ticks {
      let x = Self.waveform.x + time.value / duration * Self.waveform.width
      let bottom = Self.waveform.bottom
      canvas.line([Point(x: x, y: bottom), Point(x: x, y: bottom + 3)], .soft, width: 0.75)
    }
    canvas.verticalAxis(
      axis.ticks(height: panel.height), leftOf: panel, title: "Frequency (kHz)"
    ) { axis.position(hz: $0) }
    let bar = Rectangle(x: panel.right + 12, y: panel.y, width: 11, height: panel.height)
    canvas.colorBar(in: bar, topDecibels: topDecibels, options: options, tickCount: 10)
    canvas.text(
      "Level (dB, 0 = full-scale sine)",
      at: Point(x: bar.right + 48, y: panel.y + panel.height / 2), style: .axisTitle,
      alignment: .center, isVertical: true)
  }
}
