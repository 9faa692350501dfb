import Spectra

/// How often each value was given, for one condition below the other, as an SVG picture.
struct HistogramChart {
  /// A condition.
  struct Row {
    var name: String
    var counts: [Int]
  }

  /// What the picture shows, for those who do not see it.
  var title: String
  /// What each column counts.
  var bins: [String]
  var rows: [Row]

  private static let rowHeight = 82.0

  /// The picture: columns as high as their part of the condition's judgements.
  var svg: String {
    let height = 8 + Double(rows.count) * Self.rowHeight + 26
    let columnWidth = (SVGText.width - 2 * SVGText.margin) / Double(max(bins.count, 1))
    let most = rows.flatMap { row in row.counts.map { part($0, of: row) } }.max() ?? 1
    var parts: [String] = []
    for (index, row) in rows.enumerated() {
      let bottom = 8 + Double(index + 1) * Self.rowHeight
      parts.append(
        SVGText.line(SVGText.margin, bottom, SVGText.width - SVGText.margin, bottom, "grid"))
      parts.append(
        SVGText.text(
          SVGText.short(row.name, 56), SVGText.margin, bottom - Self.rowHeight + 18, "name"))
      for (column, count) in row.counts.enumerated() where count > 0 {
        let share = part(count, of: row)
        let size = share / max(most, 1e-12) * (Self.rowHeight - 42)
        let x = SVGText.margin + Double(column) * columnWidth
        parts.append(
          SVGText.rectangle(x + 2, bottom - size, columnWidth - 4, size, "bar"))
        parts.append(
          SVGText.text(
            DecimalText.fixed(100 * share) + " %", x + columnWidth / 2, bottom - size - 4,
            "count middle"))
      }
    }
    for (column, words) in bins.enumerated() {
      parts.append(
        SVGText.text(
          SVGText.short(words, Int(columnWidth / 6.4)),
          SVGText.margin + (Double(column) + 0.5) * columnWidth, height - 9, "tick middle"))
    }
    return SVGText.picture(height: height, title: title, parts)
  }

  private func part(_ count: Int, of row: Row) -> Double {
    Double(count) / Double(max(row.counts.reduce(0, +), 1))
  }
}
