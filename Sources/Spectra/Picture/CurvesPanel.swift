/// One chart of a picture of curves.
public struct CurvesPanel: Sendable, Hashable {
  /// A named line.
  public struct Series: Sendable, Hashable {
    /// What stands at its end, on one line.
    public var name: String
    /// Where the numbers belong, never falling, `[n]`.
    public var steps: [Int]
    /// The numbers, in the panel's unit, `[n]`; not finite where there is none.
    public var values: [Double]

    /// - Precondition: as many steps as values.
    public init(name: String, steps: [Int], values: [Double]) {
      precondition(
        steps.count == values.count, "\(steps.count) steps do not fit \(values.count) values.")
      self.name = name
      self.steps = steps
      self.values = values
    }
  }

  /// A dashed level to compare with, such as 0.5 for guessing.
  public struct Guide: Sendable, Hashable {
    /// The level, in the panel's unit.
    public var value: Double
    /// What stands beside it.
    public var label: String

    /// A level with its label.
    public init(value: Double, label: String) {
      self.value = value
      self.label = label
    }
  }

  /// What stands over the chart.
  public var title: String
  /// What to look for, in a sentence under the title.
  public var hint: String
  /// The lines, drawn in this order.
  public var series: [Series]
  /// Whether equal heights are equal ratios; numbers that are not positive then leave gaps.
  public var isLogarithmic: Bool
  /// The ends of the vertical axis; nil fits it to the numbers.
  public var range: ClosedRange<Double>?
  /// Levels to compare with.
  public var guides: [Guide]

  /// A chart; a logarithmic one whose range is given begins above 0.
  public init(
    title: String, hint: String = "", series: [Series], isLogarithmic: Bool = false,
    range: ClosedRange<Double>? = nil, guides: [Guide] = []
  ) {
    if isLogarithmic, let range {
      precondition(range.lowerBound > 0, "A logarithmic axis begins above 0, not at \(range).")
    }
    self.title = title
    self.hint = hint
    self.series = series
    self.isLogarithmic = isLogarithmic
    self.range = range
    self.guides = guides
  }

  /// The colour of the series at `index`: distinct hues of like lightness, told apart also with
  /// red-green blindness.
  static func color(_ index: Int) -> PictureColor {
    let colors: [(lightness: Double, chroma: Double, hueDegrees: Double)] = [
      (0.52, 0.14, 255), (0.64, 0.17, 50), (0.58, 0.13, 160), (0.5, 0.17, 330), (0.75, 0.14, 90),
      (0.7, 0.1, 220),
    ]
    let color = colors[index % colors.count]
    return PictureColor(
      nearestLightness: color.lightness, chroma: color.chroma, hueDegrees: color.hueDegrees)
  }
}
