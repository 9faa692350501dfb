import Spectra

/// Means with their intervals, one below the other, as an SVG picture.
struct IntervalChart {
  /// A mean.
  struct Row {
    var name: String
    var value: Double
    /// For these clips: the thick line.
    var inner: Interval?
    /// For other clips too: the thin line.
    var outer: Interval?
  }

  /// What the picture shows, for those who do not see it.
  var title: String
  var rows: [Row]
  /// What the axis spans at least.
  var range: ClosedRange<Double>
  /// A value that others are compared with.
  var mark: Double?
  /// How ticks are written.
  var text: (Double) -> String

  private static let rowHeight = 44.0

  /// The picture.
  var svg: String {
    let height = 4 + Double(rows.count) * Self.rowHeight + 30
    let bottom = height - 30
    var parts: [String] = []
    for tick in ticks {
      let x = place(tick)
      parts.append(SVGText.line(x, 6, x, bottom, "grid"))
      parts.append(SVGText.text(text(tick), x, bottom + 18, "tick middle"))
    }
    if let mark { parts.append(SVGText.line(place(mark), 6, place(mark), bottom, "mark")) }
    for (index, row) in rows.enumerated() {
      let y = 4 + (Double(index) + 0.75) * Self.rowHeight
      parts.append(SVGText.text(SVGText.short(row.name, 56), SVGText.margin, y - 14, "name"))
      if let outer = row.outer {
        parts.append(SVGText.line(place(outer.low), y, place(outer.high), y, "thin"))
      }
      if let inner = row.inner {
        parts.append(SVGText.line(place(inner.low), y, place(inner.high), y, "thick"))
      }
      parts.append(SVGText.circle(place(row.value), y, 5, "dot"))
    }
    return SVGText.picture(height: height, title: title, parts)
  }

  private var span: ClosedRange<Double> {
    let ends = rows.flatMap { row in
      [row.value] + [row.inner, row.outer].compactMap(\.self).flatMap { [$0.low, $0.high] }
    }.filter(\.isFinite)
    return min(range.lowerBound, ends.min() ?? 0)...max(range.upperBound, ends.max() ?? 1)
  }

  private func place(_ value: Double) -> Double {
    let span = span
    let part = (value - span.lowerBound) / max(span.upperBound - span.lowerBound, 1e-12)
    return SVGText.margin + min(max(part, 0), 1) * (SVGText.width - 2 * SVGText.margin)
  }

  /// Round values, five of them or a few more or less.
  private var ticks: [Double] {
    let span = span
    let rough = (span.upperBound - span.lowerBound) / 5
    let step = [0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20, 50].first { $0 >= rough * 0.99 } ?? 50
    var ticks: [Double] = []
    var number = (span.lowerBound / step - 1e-9).rounded(.up)
    while number * step <= span.upperBound + 1e-9 * step {
      ticks.append(number * step)
      number += 1
    }
    return ticks
  }
}
