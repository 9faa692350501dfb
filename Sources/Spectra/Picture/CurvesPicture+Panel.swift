extension CurvesPicture {
  /// Draws one chart with its heading and the names of its lines.
  func draw(
    _ panel: CurvesPanel, in frame: Rectangle, steps: StepAxis, on canvas: borrowing Canvas
  ) {
    let axis = panel.valueAxis()
    let height = { (value: Double) in
      // Far outside the panel is far enough: Cairo's coordinates end at 2²³.
      frame.bottom - min(max(axis.position(value), -100), 100) * frame.height
    }
    drawGrid(of: axis, in: frame, steps: steps, on: canvas)
    let curves = panel.series.map { series in
      CurveSummary(
        series, steps: steps.range, isLogarithmic: panel.isLogarithmic,
        stretchCount: Int(frame.width / 2))
    }
    let trends = curves.map { curve in
      let radius = CurveSmoothing.radius(pointCount: curve.segments.reduce(0) { $0 + $1.count })
      return curve.segments.map { CurveSmoothing.trend(of: $0.map(\.mean), radius: radius) }
    }
    var labels = panel.guides.filter { (0...1).contains(axis.position($0.value)) }.map { guide in
      let y = height(guide.value)
      canvas.line([Point(x: frame.x, y: y), Point(x: frame.right, y: y)], .soft, dashes: [4, 3])
      return CurveEndLabel(text: guide.label, color: .soft, y: y)
    }
    // A hair larger than the panel, so that what lies on its edge is drawn whole; but not where
    // peaks are cut, lest they seem to end there.
    let room = axis.isCut ? 0 : 3.0
    let window = Rectangle(
      x: frame.x - 3, y: frame.y - room, width: frame.width + 6, height: frame.height + 2 * room)
    canvas.clipped(to: window) {
      for (index, curve) in curves.enumerated() {
        drawNumbers(curve, CurvesPanel.color(index), steps: steps, height: height, on: canvas)
      }
      // No line lies under another's numbers.
      for (index, curve) in curves.enumerated() {
        for (segment, trend) in zip(curve.segments, trends[index]) {
          let points = zip(segment, trend).map { Point(x: steps.x($0.step), y: height($1)) }
          canvas.line(points, CurvesPanel.color(index), width: 1.75)
        }
      }
    }
    canvas.outline(frame, .soft, width: 0.5)
    canvas.verticalAxis(axis.ticks, leftOf: frame) { axis.position($0) }
    for (index, series) in panel.series.enumerated() {
      let last = trends[index].last?.last
      labels.append(
        CurveEndLabel(
          text:
            "\(PictureText.oneLine(series.name)) \(last.map { DecimalText.significant($0) } ?? "–")",
          color: CurvesPanel.color(index),
          y: min(max(last.map(height) ?? frame.bottom, frame.y), frame.bottom)))
    }
    drawLabels(labels, rightOf: frame, on: canvas)
    drawHeading(of: panel, over: frame, isCut: axis.isCut, on: canvas)
  }

  private func drawGrid(
    of axis: ValueAxis, in frame: Rectangle, steps: StepAxis, on canvas: borrowing Canvas
  ) {
    for tick in steps.ticks {
      let x = steps.x(tick.value)
      canvas.line([Point(x: x, y: frame.y), Point(x: x, y: frame.bottom)], .faint, width: 0.5)
    }
    for tick in axis.ticks {
      let y = frame.bottom - axis.position(tick.value) * frame.height
      canvas.line([Point(x: frame.x, y: y), Point(x: frame.right, y: y)], .faint, width: 0.5)
    }
    for mark in marks {
      let x = steps.x(Double(mark.step))
      canvas.line(
        [Point(x: x, y: frame.y), Point(x: x, y: frame.bottom)], .soft, width: 0.75, dashes: [2, 2])
    }
    // Those of one half point are one.
    for x in Set(notches.map { (2 * steps.x(Double($0))).rounded() / 2 }).sorted() {
      canvas.line(
        [Point(x: x, y: frame.bottom - 3.5), Point(x: x, y: frame.bottom)], .soft, width: 0.75)
    }
  }

  /// The numbers behind a trend: a thin line, or a band where there are many.
  private func drawNumbers(
    _ curve: CurveSummary, _ color: PictureColor, steps: StepAxis, height: (Double) -> Double,
    on canvas: borrowing Canvas
  ) {
    for segment in curve.segments {
      if curve.isDense {
        canvas.fill(
          segment.map { Point(x: steps.x($0.step), y: height($0.high)) }
            + segment.reversed().map { Point(x: steps.x($0.step), y: height($0.low)) },
          color, opacity: 0.22)
      } else {
        canvas.line(
          segment.map { Point(x: steps.x($0.step), y: height($0.mean)) }, color, width: 0.75,
          opacity: 0.4)
      }
    }
  }

  private func drawLabels(
    _ labels: [CurveEndLabel], rightOf frame: Rectangle, on canvas: borrowing Canvas
  ) {
    let placed = CurveEndLabel.spread(labels, gap: 13, in: frame.y...frame.bottom)
    for label in placed {
      canvas.fittedText(
        label.text, at: Point(x: frame.right + 7, y: label.y + 3.8),
        style: TextStyle(size: 10.5, isBold: label.color != .soft, color: label.color),
        limit: Self.right - 12)
    }
  }

  private func drawHeading(
    of panel: CurvesPanel, over frame: Rectangle, isCut: Bool, on canvas: borrowing Canvas
  ) {
    let limit = frame.width + Self.right - 10
    let title = panel.title + (isCut ? " (highest peaks cut)" : "")
    canvas.fittedText(
      title, at: Point(x: frame.x, y: frame.y - 21), style: .panelTitle, limit: limit)
    canvas.fittedText(
      panel.hint, at: Point(x: frame.x, y: frame.y - 7), style: .subtitle, limit: limit)
  }
}
