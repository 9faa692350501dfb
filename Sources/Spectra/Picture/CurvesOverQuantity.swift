import Foundation

/// Curves over a quantity, such as how many clips have each distance, or the level at each frequency.
package struct CurvesOverQuantity: Sendable {
  /// One curve.
  package struct Curve: Sendable {
    /// Which of the picture's names it belongs to.
    package var name: Int
    /// Its heights, `[n]`.
    package var values: [Double]

    /// A curve of one of the names.
    package init(name: Int, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// What stands over the chart.
  package var title: String
  /// What to look for, in a sentence under the title.
  package var hint: String
  /// The quantity, with its unit.
  package var axisTitle: String
  /// Where the heights belong, rising, `[n]`; positive on a logarithmic axis.
  package var places: [Double]
  /// Whether equal widths are equal ratios.
  package var isLogarithmic: Bool
  /// Whether the room under a curve is filled: for parts of a whole.
  package var isFilled: Bool
  /// The curves, in the order they are drawn.
  package var curves: [Curve]

  /// Curves over one quantity.
  package init(
    title: String, hint: String, axisTitle: String, places: [Double], isLogarithmic: Bool = false,
    isFilled: Bool = false, curves: [Curve]
  ) {
    self.title = title
    self.hint = hint
    self.axisTitle = axisTitle
    self.places = places
    self.isLogarithmic = isLogarithmic
    self.isFilled = isFilled
    self.curves = curves
  }

  func draw(in frame: Rectangle, on canvas: borrowing Canvas) {
    canvas.heading(title, hint, over: frame)
    canvas.outline(frame, .soft, width: 0.5)
    guard let low = places.first, let high = places.last, low < high else { return }
    let heights = CurvesPanel(
      title: title,
      series: curves.map {
        .init(name: "", steps: Array($0.values.indices), values: $0.values)
      }
    ).valueAxis()
    func across(_ place: Double) -> Double {
      isLogarithmic ? log(place / low) / log(high / low) : (place - low) / (high - low)
    }
    func point(_ place: Double, _ value: Double) -> Point {
      Point(
        x: frame.x + across(place) * frame.width,
        y: frame.bottom - heights.position(value) * frame.height)
    }
    let ticks =
      isLogarithmic
      ? AxisTick.logarithmic(in: low...high, count: 8) : AxisTick.round(in: low...high, count: 9)
    canvas.horizontalAxis(ticks, below: frame, title: axisTitle, position: across)
    canvas.verticalAxis(heights.ticks, leftOf: frame) { heights.position($0) }
    canvas.clipped(to: frame) {
      for curve in curves {
        let line = zip(places, curve.values).map(point)
        let color = CurvesPanel.color(curve.name)
        if isFilled {
          let floor = heights.range.lowerBound
          canvas.fill([point(low, floor)] + line + [point(high, floor)], color, opacity: 0.15)
        }
        canvas.line(line, color, width: 1.75)
      }
    }
  }
}
