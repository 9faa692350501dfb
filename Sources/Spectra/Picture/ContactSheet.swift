/// Small spectrograms of many clips in a grid, to be compared at a glance.
///
/// All share one axis of time, one of frequency, one window and one range of levels, which the lines
/// under the title state. Clips that have labels are grouped by them, in the order in which labels
/// appear. Made for 4 to 200 clips; beyond ``clipLimit`` the first ones are shown and the sheet says
/// so.
public struct ContactSheet: Sendable {
  /// A clip on the sheet.
  public struct Clip: Sendable {
    /// One channel; full scale is 1. Of a long clip, the beginning is enough.
    public var samples: [Float]
    /// Samples in the whole clip, of which ``samples`` may be the beginning only.
    public var sampleCount: Int
    /// What stands under it, such as the file's name.
    public var caption: String
    /// The group it belongs to, if any.
    public var label: String?

    /// A clip with its caption.
    public init(samples: [Float], caption: String, label: String? = nil) {
      self.samples = samples
      sampleCount = samples.count
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
  /// What else there is to say about the clips: “3 of another rate resampled”.
  public var note: String?
  /// Scale, frames and colours.
  public var options: SpectrogramOptions
  /// The samples that the width of a small spectrogram stands for; nil decides by the clips, as
  /// ``widthSampleCount(of:)`` does.
  public var widthSampleCount: Int?
  /// Whether the clips are pairs, whose second stands right of its first.
  public var isOfPairs: Bool

  /// The most clips that one sheet shows.
  public static let clipLimit = 400

  /// A sheet of clips of one sample rate, in Hz, which is positive.
  public init(
    clips: [Clip], sampleRate: Int, title: String, note: String? = nil,
    options: SpectrogramOptions = SpectrogramOptions(), widthSampleCount: Int? = nil,
    isOfPairs: Bool = false
  ) {
    precondition(sampleRate > 0, "A sample rate is positive, not \(sampleRate).")
    self.clips = clips
    self.sampleRate = sampleRate
    self.title = title
    self.note = note
    self.options = options
    self.widthSampleCount = widthSampleCount
    self.isOfPairs = isOfPairs
  }

  /// Draws the sheet, 2.5 pixels a point.
  ///
  /// - Returns: the bytes of a PNG file.
  /// - Throws: ``PictureError`` if there is not enough memory.
  public func png() throws(PictureError) -> [UInt8] {
    let shown = Array(clips.prefix(Self.clipLimit))
    let layout = ContactSheetLayout(
      labels: shown.map(\.label), columnMultiple: isOfPairs ? 2 : 1)
    // A sheet of very many rows is drawn smaller rather than not at all.
    let density = min(2.5, (Canvas.pixelLimit - 1) / layout.height)
    let canvas = Canvas(width: layout.width, height: layout.height, density: density)
    let width = widthSampleCount ?? Self.widthSampleCount(of: shown.map(\.sampleCount))
    let axis = FrequencyAxis(scale: options.scale, highHz: Double(sampleRate) / 2)
    let columnCount = layout.thumbnailWidth * density
    let transform = options.transform(
      sampleRate: sampleRate, sampleCount: width, columnCount: Int(columnCount))
    let rasters = shown.map { clip in
      let samples = Array(clip.samples.prefix(width))
      let part = Double(samples.count) / Double(width)
      return SpectrogramRaster(
        samples: samples, sampleRate: sampleRate, transform: transform, axis: axis,
        columnCount: max(Int((columnCount * part).rounded()), 1),
        rowCount: Int((layout.thumbnailHeight * density).rounded()))
    }
    let top = Self.topDecibels(loudest: rasters.map(\.loudest))

    let header = ContactSheetHeader(
      sheet: self, layout: layout, transform: transform, axis: axis, topDecibels: top,
      widthSampleCount: width)
    header.draw(on: canvas)
    for heading in layout.headings { draw(heading, layout: layout, on: canvas) }
    for index in shown.indices {
      let frame = Rectangle(
        x: layout.places[index].x, y: layout.places[index].y, width: layout.thumbnailWidth,
        height: layout.thumbnailHeight)
      draw(
        shown[index], rasters[index], in: frame, topDecibels: top,
        isCut: shown[index].sampleCount > width, on: canvas)
      if frame.x == ContactSheetLayout.left {
        canvas.verticalAxis(
          axis.ticks(height: frame.height, spacing: 13), leftOf: frame, style: .caption
        ) { axis.position(hz: $0) }
      }
    }
    return try canvas.png(title: title)
  }

  private func draw(
    _ clip: Clip, _ raster: SpectrogramRaster, in frame: Rectangle, topDecibels: Double,
    isCut: Bool, on canvas: borrowing Canvas
  ) {
    canvas.fill(frame, PictureColor(gray: 0.94))
    canvas.image(
      raster.pixels(topDecibels: topDecibels, options: options), columns: raster.columnCount,
      at: Point(x: frame.x, y: frame.y))
    canvas.fittedText(
      clip.caption + (isCut ? " →" : ""), at: Point(x: frame.x, y: frame.bottom + 11),
      style: .caption, limit: frame.width)
  }

  private func draw(
    _ heading: ContactSheetLayout.Heading, layout: ContactSheetLayout, on canvas: borrowing Canvas
  ) {
    let count = DecimalText.counted(heading.count, "clip")
    let right = layout.width - ContactSheetLayout.right
    let room = right - heading.place.x
    let countWidth = canvas.textWidth(count, style: .subtitle)
    let name = canvas.fittedText(
      heading.label, at: heading.place, style: .panelTitle, limit: room - countWidth - 10)
    canvas.text(
      count, at: Point(x: heading.place.x + name + 10, y: heading.place.y), style: .subtitle)
    let line = heading.place.y - 15
    canvas.line([Point(x: heading.place.x, y: line), Point(x: right, y: line)], .faint)
  }

  /// The samples that the width of a small spectrogram stands for, so that a few long recordings do
  /// not make slivers of the rest.
  ///
  /// Nine of ten clips are shown whole, unless they are four times as long as the median; and all
  /// are, if the longest is no more than half as long again.
  package static func widthSampleCount(of counts: [Int]) -> Int {
    let sorted = counts.sorted()
    guard let longest = sorted.last else { return 1 }
    let most = sorted[(sorted.count * 9 + 9) / 10 - 1]
    let wanted = 2 * longest <= 3 * most ? longest : most
    return max(min(wanted, 4 * max(sorted[sorted.count / 2], 1)), 1)
  }

  /// The top of the colour bar: that of the median clip, so that one loud clip does not darken all.
  package static func topDecibels(loudest: [Float]) -> Double {
    let sounding = loudest.filter { $0 > SpectrogramRaster.silenceDecibels }.sorted()
    guard !sounding.isEmpty else { return 0 }
    return SpectrogramOptions.topDecibels(loudest: sounding[sounding.count / 2])
  }
}
