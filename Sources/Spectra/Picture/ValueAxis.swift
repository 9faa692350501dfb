import Foundation

/// The vertical axis of a chart: its ends, and where each number lies between them.
package struct ValueAxis: Sendable, Hashable {
  /// The numbers at the bottom and the top.
  package let range: ClosedRange<Double>
  /// Whether equal heights are equal ratios.
  package let isLogarithmic: Bool
  /// The numbers that are written.
  package let ticks: [AxisTick]
  /// Whether rare peaks lie outside.
  package let isCut: Bool

  /// The height of a number: 0 is the bottom, 1 the top; not finite for what has no place.
  package func position(_ value: Double) -> Double {
    guard isLogarithmic else {
      return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }
    return log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
  }
}

extension CurvesPanel {
  /// The axis that shows this panel's numbers.
  ///
  /// It reaches from the lowest to the highest, and on to the next tick. If that is over four times
  /// the range of the middle 98 %, a few peaks would flatten all the rest, and they are cut.
  package func valueAxis() -> ValueAxis {
    let values = series.flatMap(\.values)
      .filter { $0.isFinite && abs($0) < 1e100 && (!isLogarithmic || $0 > 1e-100) }.sorted()
    guard let lowest = values.first, let highest = values.last else {
      return axis(range ?? (isLogarithmic ? 0.1...1 : 0...1), isCut: false)
    }
    if let range {
      return axis(range, isCut: lowest < range.lowerBound || highest > range.upperBound)
    }
    let low = values[values.count / 100]
    let high = values[values.count - 1 - values.count / 100]
    let isCut =
      isLogarithmic
      ? log(highest / lowest) > 4 * log(high / low) && high > low
      : highest - lowest > 4 * (high - low) && high > low
    return axis(isCut ? low...high : lowest...highest, isCut: isCut)
  }

  private func axis(_ wanted: ClosedRange<Double>, isCut: Bool) -> ValueAxis {
    var (low, high) = (wanted.lowerBound, wanted.upperBound)
    if isLogarithmic {
      // A little room at both ends, and for a constant more.
      let room = high / low < 1.5 ? 2 : pow(high / low, 0.05)
      if range == nil { (low, high) = (low / room, high * room) }
      return ValueAxis(
        range: low...high, isLogarithmic: true,
        ticks: AxisTick.logarithmic(in: low...high, count: 6), isCut: isCut)
    }
    if range == nil {
      // A constant gets room around it; what wavers in its last digits only counts as one.
      let least = max(abs(low), abs(high)) * 1e-6
      if high - low <= least {
        let room = low == 0 ? 1 : abs(low) * 0.5
        (low, high) = (low - room, high + room)
      }
      let (step, _) = AxisTick.step(length: high - low, count: 6)
      low = (low / step + 1e-9).rounded(.down) * step
      high = (high / step - 1e-9).rounded(.up) * step
    }
    return ValueAxis(
      range: low...high, isLogarithmic: false, ticks: AxisTick.round(in: low...high, count: 6),
      isCut: isCut)
  }
}
