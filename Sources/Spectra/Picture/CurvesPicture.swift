/// Line charts stacked over one axis of steps: how a training goes.
///
/// Each line is the trend of its numbers (see ``CurveSmoothing``), over the numbers themselves, drawn
/// faint; its name and last height stand at its end. Long series are drawn as their means over
/// stretches of steps, with a band from the lowest to the highest number in each. Numbers that are not
/// finite leave a gap. The same numbers give the same bytes.
public struct CurvesPicture: Sendable {
  /// A step that stands out: a dashed line through all charts.
  public struct Mark: Sendable, Hashable {
    public var step: Int
    /// What stands beside the line in the first chart, if there is room.
    public var label: String

    /// A step with its label.
    public init(step: Int, label: String) {
      self.step = step
      self.label = label
    }
  }

  /// How long it took to come to a step.
  public struct Elapsed: Sendable, Hashable {
    public var step: Int
    public var seconds: Double

    /// A step with its time.
    public init(step: Int, seconds: Double) {
      self.step = step
      self.seconds = seconds
    }
  }

  /// What stands over the picture.
  public var title: String
  /// What stands under the title.
  public var note: String
  /// What the horizontal axis counts.
  public var axisTitle: String
  /// The charts, from top to bottom.
  public var panels: [CurvesPanel]
  /// Steps that stand out; the labels of the first ones matter most.
  public var marks: [Mark]
  /// Steps with a small mark on every chart's lower edge, such as those of checkpoints.
  public var notches: [Int]
  /// The time at some steps, neither ever falling; none leaves the times out.
  public var elapsed: [Elapsed]

  static let left = 62.0
  static let right = 138.0
  private static let width = 720.0
  private static let density = 2.5
  private static let panelHeight = 112.0
  private static let panelGap = 54.0
  private static let firstPanelTop = 100.0

  /// Charts over one axis, from top to bottom.
  public init(
    title: String, note: String = "", axisTitle: String = "Step", panels: [CurvesPanel],
    marks: [Mark] = [], notches: [Int] = [], elapsed: [Elapsed] = []
  ) {
    self.title = title
    self.note = note
    self.axisTitle = axisTitle
    self.panels = panels
    self.marks = marks
    self.notches = notches
    self.elapsed = elapsed
  }

  /// Draws the picture, 1,800 pixels wide.
  ///
  /// - Returns: the bytes of a PNG file.
  /// - Throws: ``PictureError`` if there is not enough memory.
  public func png() throws(PictureError) -> [UInt8] {
    let height =
      Self.firstPanelTop + Double(max(panels.count, 1)) * (Self.panelHeight + Self.panelGap) + 14
    let canvas = Canvas(width: Self.width, height: height, density: Self.density)
    let limit = Self.width - Self.left - 10
    canvas.fittedText(title, at: Point(x: Self.left, y: 28), style: .title, limit: limit)
    canvas.fittedText(note, at: Point(x: Self.left, y: 46), style: .subtitle, limit: limit)
    let axis = StepAxis(
      range: stepRange(), left: Self.left, width: Self.width - Self.left - Self.right)
    for (index, panel) in panels.enumerated() {
      let frame = Rectangle(
        x: Self.left, y: Self.firstPanelTop + Double(index) * (Self.panelHeight + Self.panelGap),
        width: axis.width, height: Self.panelHeight)
      draw(panel, in: frame, steps: axis, on: canvas)
      if index == 0 { drawMarkLabels(in: frame, steps: axis, on: canvas) }
      if index == panels.count - 1 { drawSteps(below: frame, steps: axis, on: canvas) }
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

  /// The time at a step, between the two that are known on both sides of it, or nil beyond the last.
  package func seconds(atStep step: Double) -> Double? {
    var before = Elapsed(step: 0, seconds: 0)
    for after in elapsed {
      if Double(after.step) >= step {
        let length = Double(after.step - before.step)
        guard length > 0, step >= Double(before.step) else { return after.seconds }
        let part = (step - Double(before.step)) / length
        return before.seconds + part * (after.seconds - before.seconds)
      }
      before = after
    }
    return nil
  }

  /// The labels of the marks beside their lines, low in a chart; those that come first in ``marks``
  /// first, while there is room.
  private func drawMarkLabels(
    in frame: Rectangle, steps: StepAxis, on canvas: borrowing Canvas
  ) {
    var taken: [ClosedRange<Double>] = []
    for mark in marks {
      let x = steps.x(Double(mark.step))
      let width = canvas.textWidth(mark.label, style: .caption) + 8
      // To the right of its line, or where that has no room, to the left.
      let place = [x, x - width].map { $0...$0 + width }.first { place in
        place.lowerBound >= frame.x && place.upperBound <= frame.right
          && !taken.contains { $0.overlaps(place) }
      }
      guard let place else { continue }
      taken.append(place)
      canvas.text(
        mark.label, at: Point(x: place.lowerBound + 4, y: frame.bottom - 8), style: .caption)
    }
  }

  private func drawSteps(below frame: Rectangle, steps: StepAxis, on canvas: borrowing Canvas) {
    let hasTimes = !elapsed.isEmpty
    canvas.horizontalAxis(
      steps.ticks, below: frame, title: hasTimes ? "\(axisTitle), and time of training" : axisTitle,
      titleDistance: hasTimes ? 45 : 34
    ) { steps.position($0) }
    for tick in steps.ticks where hasTimes {
      guard let seconds = seconds(atStep: tick.value) else { continue }
      canvas.text(
        TimeAxis.shortText(seconds: seconds),
        at: Point(x: steps.x(tick.value), y: frame.bottom + 29),
        style: .subtitle, alignment: .center)
    }
  }
}

/// The horizontal axis of all charts.
struct StepAxis {
  let range: ClosedRange<Double>
  let left: Double
  let width: Double

  /// The steps that are written.
  var ticks: [AxisTick] { AxisTick.round(in: range, count: 9) }

  /// Where a step lies: 0 is the left end, 1 the right.
  func position(_ step: Double) -> Double {
    (step - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// Where a step lies, in points.
  func x(_ step: Double) -> Double { left + position(step) * width }
}
