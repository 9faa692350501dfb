/// A series made ready to be drawn: cut at its gaps and, where it has more numbers than a line can
/// show, summed up over stretches of steps.
package struct CurveSummary: Sendable, Hashable {
  /// The numbers of one stretch, or one number.
  package struct Point: Sendable, Hashable {
    /// The mean step.
    package var step: Double
    /// The lowest number.
    package var low: Double
    /// The highest number.
    package var high: Double
    /// The mean.
    package var mean: Double
  }

  /// Runs without a gap.
  package let segments: [[Point]]
  /// Whether points stand for several numbers each.
  package let isDense: Bool

  /// - Parameters:
  ///   - series: the numbers; those that are not finite end a run.
  ///   - steps: the ends of the axis.
  ///   - isLogarithmic: whether numbers that are not positive count as gaps too.
  ///   - stretchCount: the stretches that the axis is cut into, if there are more numbers.
  package init(
    _ series: CurvesPanel.Series, steps: ClosedRange<Double>, isLogarithmic: Bool = false,
    stretchCount: Int
  ) {
    let isDense = series.values.count > stretchCount
    let length = steps.upperBound - steps.lowerBound
    var segments: [[Point]] = []
    var stretch = -1
    var count = 0.0
    var isGap = true
    for (step, value) in zip(series.steps, series.values) {
      guard value.isFinite, value > 0 || !isLogarithmic else {
        isGap = true
        continue
      }
      let place = (Double(step) - steps.lowerBound) / length * Double(stretchCount)
      let next = min(max(Int(place), 0), stretchCount - 1)
      let new = Point(step: Double(step), low: value, high: value, mean: value)
      if isGap {
        segments.append([new])
        count = 1
      } else if isDense, next == stretch {
        // Running means of what the stretch holds so far.
        count += 1
        let run = segments.count - 1
        let last = segments[run].count - 1
        segments[run][last].step += (Double(step) - segments[run][last].step) / count
        segments[run][last].mean += (value - segments[run][last].mean) / count
        segments[run][last].low = min(segments[run][last].low, value)
        segments[run][last].high = max(segments[run][last].high, value)
      } else {
        segments[segments.count - 1].append(new)
        count = 1
      }
      isGap = false
      stretch = next
    }
    self.segments = segments
    self.isDense = isDense
  }
}
