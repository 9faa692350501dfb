import Foundation

/// What stands over a contact sheet: its title, what its small spectrograms show, their colours and
/// a length of time to measure them with.
struct ContactSheetHeader {
  let sheet: ContactSheet
  let layout: ContactSheetLayout
  let transform: ShortTimeFourierTransform
  let axis: FrequencyAxis
  let topDecibels: Double
  let widthSampleCount: Int

  private static let barTop = 64.0

  func draw(on canvas: borrowing Canvas) {
    let left = ContactSheetLayout.left
    let limit = layout.width - left - ContactSheetLayout.right
    canvas.fittedText(sheet.title, at: Point(x: left, y: 30), style: .title, limit: limit)
    canvas.fittedText(facts, at: Point(x: left, y: 48), style: .subtitle, limit: limit)
    drawColors(on: canvas)
    drawScaleBar(on: canvas)
  }

  /// What all small spectrograms have in common.
  private var facts: String {
    let clips = sheet.clips
    let isAnyCut = clips.prefix(ContactSheet.clipLimit).contains {
      $0.sampleCount > widthSampleCount
    }
    let rate = Double(sheet.sampleRate)
    let low = DecimalText.significant(axis.lowHz / 1_000)
    let high = DecimalText.significant(axis.highHz / 1_000, digits: 4)
    let width = TimeAxis.text(seconds: Double(widthSampleCount) / rate)
    var facts = [
      "\(width) wide\(isAnyCut ? " (→ goes on)" : "")",
      "\(low) to \(high) kHz, \(sheet.options.scale.rawValue) scale",
      "Hann window of \(TimeAxis.text(seconds: Double(transform.fftLength) / rate))",
    ]
    if clips.count > ContactSheet.clipLimit {
      facts.insert("the first \(ContactSheet.clipLimit)", at: 0)
    }
    if let note = sheet.note { facts.append(note) }
    return facts.joined(separator: "  ·  ")
  }

  /// The colours of all clips, lying down, with the levels at their ends.
  private func drawColors(on canvas: borrowing Canvas) {
    let bar = Rectangle(x: ContactSheetLayout.left, y: Self.barTop, width: 120, height: 9)
    let columns = Int(bar.width * canvas.density)
    let row = (0..<columns).map {
      sheet.options.colorMap.color(at: (Double($0) + 0.5) / Double(columns)).packed
    }
    let rows = Int(bar.height * canvas.density)
    canvas.image(
      Array(repeatElement(row, count: rows).joined()), columns: columns,
      at: Point(x: bar.x, y: bar.y))
    canvas.outline(bar, .soft, width: 0.5)
    let floor = DecimalText.fixed(topDecibels + sheet.options.floorDecibels)
    canvas.text(
      "\(floor) to \(DecimalText.fixed(topDecibels)) dB and over (0 dB = full-scale sine)",
      at: Point(x: bar.right + 8, y: bar.bottom - 0.5), style: .subtitle)
  }

  /// A line as long as a round time, of half a small spectrogram at most.
  private func drawScaleBar(on canvas: borrowing Canvas) {
    let seconds = Double(widthSampleCount) / Double(sheet.sampleRate)
    let power = pow(10, log10(seconds / 2).rounded(.down))
    let length = ([5.0, 2].first { $0 * power <= seconds / 2 } ?? 1) * power
    let right = layout.width - ContactSheetLayout.right
    let left = right - layout.thumbnailWidth * length / seconds
    let y = Self.barTop + 8
    for x in [left, right] {
      canvas.line([Point(x: x, y: y - 3), Point(x: x, y: y + 3)], .ink)
    }
    canvas.line([Point(x: left, y: y), Point(x: right, y: y)], .ink)
    canvas.text(
      TimeAxis.text(seconds: length), at: Point(x: left - 6, y: y + 3.5), style: .subtitle,
      alignment: .trailing)
  }
}
