extension Canvas {
  /// Draws the ticks and numbers below a panel.
  ///
  /// - Parameters:
  ///   - ticks: numbers on the axis.
  ///   - panel: what they belong to.
  ///   - titleDistance: how far below the panel the title stands, in points.
  ///   - position: where a tick's value lies, 0 (left) … 1 (right).
  func horizontalAxis(
    _ ticks: [AxisTick], below panel: Rectangle, title: String, titleDistance: Double = 34,
    position: (Double) -> Double
  ) {
    for tick in ticks {
      let x = panel.x + position(tick.value) * panel.width
      line([Point(x: x, y: panel.bottom), Point(x: x, y: panel.bottom + 4)], .soft)
      text(tick.label, at: Point(x: x, y: panel.bottom + 16), style: .tick, alignment: .center)
    }
    text(
      title, at: Point(x: panel.x + panel.width / 2, y: panel.bottom + titleDistance),
      style: .axisTitle,
      alignment: .center)
  }

  /// Draws the ticks and numbers to the left of a panel; `position` is 0 (bottom) … 1 (top).
  func verticalAxis(
    _ ticks: [AxisTick], leftOf panel: Rectangle, title: String = "", style: TextStyle = .tick,
    position: (Double) -> Double
  ) {
    for tick in ticks {
      let y = panel.bottom - position(tick.value) * panel.height
      line([Point(x: panel.x - 4, y: y), Point(x: panel.x, y: y)], .soft)
      text(
        tick.label, at: Point(x: panel.x - 7, y: y + 0.35 * style.size), style: style,
        alignment: .trailing)
    }
    text(
      title, at: Point(x: panel.x - 46, y: panel.y + panel.height / 2), style: .axisTitle,
      alignment: .center, isVertical: true)
  }

  /// Draws the colours from the floor (bottom) to the top with their levels on the right.
  func colorBar(
    in bar: Rectangle, topDecibels: Double, options: SpectrogramOptions, tickCount: Int
  ) {
    let rows = Int(bar.height * density)
    let columns = Int(bar.width * density)
    let pixels = (0..<rows).flatMap { row in
      Array(
        repeating: options.colorMap.color(at: 1 - (Double(row) + 0.5) / Double(rows)).packed,
        count: columns)
    }
    image(pixels, columns: columns, at: Point(x: bar.x, y: bar.y))
    outline(bar, .soft, width: 0.5)
    let range = (topDecibels + options.floorDecibels)...topDecibels
    for tick in AxisTick.round(in: range, count: tickCount) {
      let y = bar.y + (topDecibels - tick.value) / -options.floorDecibels * bar.height
      line([Point(x: bar.right, y: y), Point(x: bar.right + 4, y: y)], .soft)
      text(tick.label, at: Point(x: bar.right + 7, y: y + 3.8), style: .tick)
    }
  }

  /// Draws a text from outside, cut in the middle to at most `limit` points.
  ///
  /// - Returns: how far it reaches, in points.
  @discardableResult
  func fittedText(_ content: String, at point: Point, style: TextStyle, limit: Double) -> Double {
    let fitted = PictureText.fitted(content, limit: limit) { textWidth($0, style: style) }
    text(fitted, at: point, style: style)
    return textWidth(fitted, style: style)
  }
}
