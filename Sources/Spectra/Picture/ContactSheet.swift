/// Small spectrograms of many clips in a grid, to be compared at a glance.
///
/// All share one axis of time, one of frequency and one range of levels, which the line under the
/// title states. Clips that have labels are grouped by them, in the order in which labels appear.
/// Made for 4 to 200 clips; beyond ``clipLimit`` the first ones are shown and the title says so.
public struct ContactSheet: Sendable {
  /// A clip on the sheet.
  public struct Clip: Sendable {
    /// One channel; full scale is 1.
    public var samples: [Float]
    /// What stands under it, such as the file's name.
    public var caption: String
    /// The group it belongs to, if any.
    public var label: String?

    /// A clip with its caption.
    public init(samples: [Float], caption: String, label: String? = nil) {
      self.samples = samples
      self.caption = caption
      self.label = label
    }
  }

  /// The clips, all of one sample rate.
  public var clips: [Clip]
  /// Samples a second.
  public var sampleRate: Int
  /// What stands over the sheet.
  public var title: String
  /// Scale, frames and colours.
  public var options: SpectrogramOptions

  /// The most clips that one sheet shows.
  public static let clipLimit = 400

  /// A sheet of clips of one sample rate, in Hz, which is positive.
  public init(
    clips: [Clip], sampleRate: Int, title: String,
    options: SpectrogramOptions = SpectrogramOptions()
  ) {
    precondition(sampleRate > 0, "A sample rate is positive, not \(sampleRate).")
    self.clips = clips
    self.sampleRate = sampleRate
    self.title = title
    self.options = options
  }

  /// Draws the sheet, two pixels a point.
  ///
  /// - Returns: the bytes of a PNG file.
  /// - Throws: ``PictureError`` if there is not enough memory.
  public func png() throws(PictureError) -> [UInt8] {
    let shown = Array(clips.prefix(Self.clipLimit))
    let layout = ContactSheetLayout(labels: shown.map(\.label))
    // A sheet of very many rows is drawn smaller rather than not at all.
    let density = min(2, (Canvas.pixelLimit - 1) / layout.height)
    let canvas = Canvas(width: layout.width, height: layout.height, density: density)
    let span = Self.spanSampleCount(of: shown.map(\.samples.count))
    let axis = FrequencyAxis(scale: options.scale, highHz: Double(sampleRate) / 2)
    let rasters = shown.map { clip in
      let samples = Array(clip.samples.prefix(span))
      let width = layout.thumbnailWidth * density * Double(samples.count) / Double(span)
      let columnCount = max(Int(width.rounded()), 1)
      return SpectrogramRaster(
        samples: samples, sampleRate: sampleRate,
        transform: options.transform(
          sampleRate: sampleRate, sampleCount: samples.count, columnCount: columnCount),
        axis: axis, columnCount: columnCount,
        rowCount: Int((layout.thumbnailHeight * density).rounded()))
    }
    let top = Self.topDecibels(loudest: rasters.map(\.loudest))

    drawHeader(on: canvas, layout: layout, span: span, axis: axis, topDecibels: top)
    for heading in layout.headings {
      canvas.fittedText(
        "\(heading.label)  (\(heading.count))", at: heading.place, style: .panelTitle,
        limit: layout.width - 2 * ContactSheetLayout.margin)
    }
    for index in shown.indices {
      let place = layout.places[index]
      let frame = Rectangle(
        x: place.x, y: place.y, width: layout.thumbnailWidth, height: layout.thumbnailHeight)
      canvas.fill(frame, PictureColor(gray: 0.94))
      let raster = rasters[index]
      canvas.image(
        raster.pixels(topDecibels: top, options: options), columns: raster.columnCount, at: place)
      let isCut = shown[index].samples.count > span
      canvas.fittedText(
        shown[index].caption + (isCut ? " →" : ""),
        at: Point(x: frame.x, y: frame.bottom + 11), style: .caption, limit: frame.width)
    }
    return try canvas.png(title: title)
  }

  /// The samples that the width of a small spectrogram stands for: those of the longest clip, but no
  /// more than four times the median, so that one long recording does not make slivers of the rest.
  package static func spanSampleCount(of counts: [Int]) -> Int {
    let sorted = counts.sorted()
    guard let longest = sorted.last else { return 1 }
    return max(min(longest, 4 * max(sorted[sorted.count / 2], 1)), 1)
  }

  /// The top of the colour bar: that of the median clip, so that one loud clip does not darken all.
  package static func topDecibels(loudest: [Float]) -> Double {
    let sounding = loudest.filter { $0 > SpectrogramRaster.silenceDecibels }.sorted()
    guard !sounding.isEmpty else { return 0 }
    return SpectrogramOptions.topDecibels(loudest: sounding[sounding.count / 2])
  }

  private func drawHeader(
    on canvas: borrowing Canvas, layout: ContactSheetLayout, span: Int, axis: FrequencyAxis,
    topDecibels: Double
  ) {
    let left = ContactSheetLayout.margin
    let limit = layout.width - 2 * left
    canvas.fittedText(title, at: Point(x: left, y: 34), style: .title, limit: limit)
    let low = DecimalText.fixed(axis.lowHz / 1_000, decimals: axis.lowHz == 0 ? 0 : 2)
    let high = DecimalText.significant(axis.highHz / 1_000)
    let seconds = DecimalText.significant(Double(span) / Double(sampleRate))
    let count =
      clips.count > Self.clipLimit
      ? "first \(Self.clipLimit) of \(DecimalText.counted(clips.count, "clip"))"
      : DecimalText.counted(clips.count, "clip")
    let isAnyCut = clips.prefix(Self.clipLimit).contains { $0.samples.count > span }
    canvas.fittedText(
      """
      \(count), \(seconds) s wide\(isAnyCut ? " (→ goes on)" : "") and \
      \(low) to \(high) kHz high on a \(options.scale.rawValue) scale
      """, at: Point(x: left, y: 53), style: .subtitle, limit: limit)

    // The colours of all clips, lying down, with the levels at their ends.
    let bar = Rectangle(x: left, y: 64, width: 160, height: 9)
    let columns = Int(bar.width * canvas.density)
    let row = (0..<columns).map {
      options.colorMap.color(at: (Double($0) + 0.5) / Double(columns)).packed
    }
    let rows = Int(bar.height * canvas.density)
    canvas.image(
      Array(repeatElement(row, count: rows).joined()), columns: columns,
      at: Point(x: bar.x, y: bar.y))
    canvas.outline(bar, .soft, width: 0.5)
    let floor = DecimalText.fixed(topDecibels + options.floorDecibels)
    canvas.text(
      "\(floor) to \(DecimalText.fixed(topDecibels)) dB and over  (0 dB = full-scale sine, the same for all)",
      at: Point(x: bar.right + 10, y: bar.bottom - 0.5), style: .subtitle)
  }
}
