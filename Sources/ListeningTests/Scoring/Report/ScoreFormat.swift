import Spectra

/// How figures of a score are written for people.
package struct ScoreFormat: Sendable {
  private let decimals: Int
  private let isPart: Bool

  /// Two decimals where a scale has few steps, one where it has a hundred; parts as percentages.
  package init(_ scale: RatingScore.Scale) {
    isPart = scale == .right
    decimals = [.category, .grade].contains(scale) ? 2 : 1
  }

  /// A figure: 3.42, 61.0, 48.3 %.
  package func text(_ value: Double) -> String { number(value) + (isPart ? " %" : "") }

  private func number(_ value: Double) -> String {
    DecimalText.fixed(isPart ? 100 * value : value, decimals: decimals)
  }

  /// The size of a difference: 0.42, 3.0; of parts 12.5 points, which are not per cent of anything.
  package func size(_ difference: Double) -> String {
    number(abs(difference)) + (isPart ? " points" : "")
  }

  /// A difference with its sign: +0.42, −3.0, −12.5 points.
  package func signed(_ difference: Double) -> String {
    (difference >= 0 ? "+" : "") + number(difference) + (isPart ? " points" : "")
  }

  /// Both ends: 3.20 to 3.64; of a difference, with their signs.
  package func text(_ interval: Interval, signed isSigned: Bool = false) -> String {
    isSigned
      ? "\(interval.low >= 0 ? "+" : "")\(number(interval.low)) to \(signed(interval.high))"
      : "\(text(interval.low)) to \(text(interval.high))"
  }

  /// A probability: p = 0.031, p < 0.001.
  package static func probability(_ p: Double) -> String {
    p < 0.001 ? "p < 0.001" : "p = \(DecimalText.fixed(p, decimals: 3))"
  }
}
