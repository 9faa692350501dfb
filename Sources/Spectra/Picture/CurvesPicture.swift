/// Line charts stacked over one axis of steps: how a training goes.
///
/// Numbers that are not finite leave a gap. Long series are drawn as their mean over a stretch of
/// steps, with a band from the lowest to the highest number in it. The same numbers give the same
/// bytes.
public struct CurvesPicture: Sendable {
  /// What stands over the picture.
  public var title: String
  /// What the horizontal axis counts.
  public var axisTitle: String
  /// The charts, from top to bottom.
  public var panels: [CurvesPanel]

  private static let width = 960.0
  private static let panelHeight = 150.0
  private static let panelGap = 38.0
  private static let left = 76.0
  private static let right = 72.0
  private static let firstPanelTop = 76.0

  /// Charts over one axis, from top to bottom.
  public init(title: String, axisTitle: String = "Step", panels: [CurvesPanel]) {
    self.title = title
    self.axisTitle = axisTitle
    self.panels = panels
  }

  /// Draws the picture, 1,920 pixels wide.
  ///
  /// - Returns: the bytes of a PNG file.
  /// - Throws: ``PictureError`` if there is not enough memory.
  public func png() throws(PictureError) -> [UInt8] {
    let height =
      Self.firstPanelTop + Double(max(panels.count, 1)) * (Self.panelHeight + Self.panelGap) + 14
    let canvas = Canvas(width: Self.width, height: height)
    canvas.fittedText(
      title, at: Point(x: Self.left, y: 32), style: .title,
      limit: Self.width - Self.left - Self.right)
    let steps = stepRange()
    for (index, panel) in panels.enumerated() {
      let frame = Rectangle(
        x: Self.left, y: Self.firstPanelTop + Double(index) * (Self.panelHeight + Self.panelGap),
        width: Self.width - Self.left - Self.right, height: Self.panelHeight)
      draw(panel, in: frame, steps: steps, isLast: index == panels.count - 1, on: canvas)
    }
    return try canvas.png(title: title)
  }

  /// The steps on the axis: from 0, or the first one, to the last; ten at least.
  package func stepRange() -> ClosedRange<Double> {
    let steps = panels.flatMap(\.series).flatMap { [$0.steps.first, $0.steps.last] }
      .compactMap { $0 }
    let low = min(steps.min() ?? 0, 0)
    return Double(low)...Double(max(steps.max() ?? 0, low + 10))
  }

  private func draw(
    _ panel: CurvesPanel, in frame: Rectangle, steps: ClosedRange<Double>, isLast: Bool,
    on canvas: borrowing Canvas
  ) {
    let axis = panel.valueAxis()
    let stepTicks = AxisTick.round(in: steps, count: 9)
    let length = steps.upperBound - steps.lowerBound
    let stepPosition = { ($0 - steps.lowerBound) / length }
    for tick in stepTicks {
      let x = frame.x + stepPosition(tick.value) * frame.width
      canvas.line([Point(x: x, y: frame.y), Point(x: x, y: frame.bottom)], .faint, width: 0.5)
    }
    for tick in axis.ticks {
      let y = frame.bottom - axis.position(tick.value) * frame.height
      canvas.line([Point(x: frame.x, y: y), Point(x: frame.right, y: y)], .faint, width: 0.5)
    }
    for guide in panel.guides where (0...1).contains(axis.position(guide.value)) {
      let y = frame.bottom - axis.position(guide.value) * frame.height
      canvas.line(
        [Point(x: frame.x, y: y), Point(x: frame.right, y: y)], .soft, dashes: [4, 3])
      canvas.fittedText(
        guide.label, at: Point(x: frame.right + 6, y: y + 3.8), style: .subtitle,
        limit: Self.right - 8)
    }
    let curves = panel.series.map {
      CurveSummary(
        $0, steps: steps, isLogarithmic: panel.isLogarithmic, stretchCount: Int(frame.width / 2))
    }
    let place = { (step: Double, value: Double) in
      Point(
        x: frame.x + stepPosition(step) * frame.width,
        // Far outside the panel is far enough: Cairo's coordinates end at 2²³.
        y: frame.bottom - min(max(axis.position(value), -100), 100) * frame.height)
    }
    // A hair wider than the panel, so that a lone first point is a whole dot. Bands come first: no
    // line lies under another's band.
    let room = Rectangle(
      x: frame.x - 3, y: frame.y, width: frame.width + 6, height: frame.height)
    canvas.clipped(to: room) {
      for (index, curve) in curves.enumerated() where curve.isDense {
        for segment in curve.segments {
          canvas.fill(
            segment.map { place($0.step, $0.high) }
              + segment.reversed().map { place($0.step, $0.low) },
            CurvesPanel.color(index), opacity: 0.25)
        }
      }
      for (index, curve) in curves.enumerated() {
        for segment in curve.segments {
          canvas.line(
            segment.map { place($0.step, $0.mean) }, CurvesPanel.color(index), width: 1.5)
        }
      }
    }
    canvas.outline(frame, .soft, width: 0.5)
    canvas.verticalAxis(axis.ticks, leftOf: frame) { axis.position($0) }
    if isLast {
      canvas.horizontalAxis(stepTicks, below: frame, title: axisTitle, position: stepPosition)
    }
    drawHeading(of: panel, over: frame, isCut: axis.isCut, on: canvas)
  }

  /// The panel's title on the left, and its legend on the right, clear of the curves.
  private func drawHeading(
    of panel: CurvesPanel, over frame: Rectangle, isCut: Bool, on canvas: borrowing Canvas
  ) {
    let y = frame.y - 8
    var x = frame.right
    for (index, series) in panel.series.enumerated().reversed() {
      let name = PictureText.oneLine(series.name)
      x -= canvas.textWidth(name, style: .tick)
      canvas.text(name, at: Point(x: x, y: y), style: .tick)
      canvas.line(
        [Point(x: x - 22, y: y - 3.5), Point(x: x - 6, y: y - 3.5)], CurvesPanel.color(index),
        width: 2.5)
      x -= 38
    }
    let title = panel.title + (isCut ? " (highest peaks cut)" : "")
    canvas.fittedText(
      title, at: Point(x: frame.x, y: y), style: .panelTitle, limit: max(x - frame.x, 40))
  }
}
