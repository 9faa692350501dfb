import Foundation

/// A number on an axis, and how it is written.
package struct AxisTick: Sendable, Hashable {
  /// The number, in the axis's unit.
  package let value: Double
  /// How it is written.
  package let label: String

  /// A number and how it is written.
  package init(value: Double, label: String) {
    self.value = value
    self.label = label
  }

  /// Round numbers in a range: multiples of 1, 2 or 5 times a power of ten.
  ///
  /// - Parameters:
  ///   - range: the ends of the axis.
  ///   - count: the most ticks that have room, at least 2.
  package static func round(in range: ClosedRange<Double>, count: Int) -> [AxisTick] {
    let length = range.upperBound - range.lowerBound
    guard length > 0, length.isFinite else {
      return [AxisTick(value: range.lowerBound, label: DecimalText.significant(range.lowerBound))]
    }
    let (step, decimals) = step(length: length, count: count)
    // A hair of slack, so that rounding does not lose the ends.
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard first <= last, last - first <= 1_000 else { return [] }
    let largest = max(abs(range.lowerBound), abs(range.upperBound))
    return stride(from: first, through: last, by: 1).map { multiple in
      let value = multiple * step
      let label =
        largest >= 1e8 || decimals > 6
        ? scientificLabel(value) : DecimalText.fixed(value, decimals: decimals)
      return AxisTick(value: value, label: label)
    }
  }

  /// The smallest round step that cuts `length` into fewer than `count` parts, and its decimals.
  package static func step(length: Double, count: Int) -> (step: Double, decimals: Int) {
    let rough = length / Double(max(count - 1, 1))
    let exponent = log10(rough).rounded(.down)
    let power = pow(10, exponent)
    let multiple = [1.0, 2, 5, 10].first { $0 * power >= rough * (1 - 1e-9) } ?? 10
    let decimals = Int(-exponent) - (multiple == 10 ? 1 : 0)
    return (multiple * power, max(decimals, 0))
  }

  /// Powers of ten in a range of positive numbers, with 2 and 5 between if there are few.
  package static func logarithmic(in range: ClosedRange<Double>, count: Int) -> [AxisTick] {
    let low = Int((log10(range.lowerBound) - 1e-9).rounded(.up))
    let high = Int((log10(range.upperBound) + 1e-9).rounded(.down))
    let powers = max(high - low + 1, 0)
    let every = max((powers + count - 1) / max(count, 1), 1)
    let multiples: [Double] = powers * 3 <= count ? [1, 2, 5] : [1]
    var ticks: [AxisTick] = []
    for exponent in stride(from: low - 1, through: high, by: every) {
      for multiple in multiples {
        let value = multiple * pow(10, Double(exponent))
        let isInside =
          value >= range.lowerBound * (1 - 1e-9) && value <= range.upperBound * (1 + 1e-9)
        if isInside { ticks.append(AxisTick(value: value, label: logarithmicLabel(value))) }
      }
    }
    return ticks
  }

  private static func logarithmicLabel(_ value: Double) -> String {
    guard (1e-4..<1e6).contains(value) else { return scientificLabel(value) }
    return DecimalText.fixed(value, decimals: max(Int(-log10(value * 1.000_001).rounded(.down)), 0))
  }

  /// 2.5e9: for numbers too long to be written out.
  private static func scientificLabel(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    let exponent = (log10(abs(value)) + 1e-9).rounded(.down)
    let mantissa = DecimalText.fixed(value / pow(10, exponent), decimals: 1)
    return (mantissa.hasSuffix(".0") ? String(mantissa.dropLast(2)) : mantissa)
      + "e\(Int(exponent))"
  }
}
