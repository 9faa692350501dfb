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
  package func text(_ value: Double) -> String {
    DecimalText.fixed(isPart ? 100 * value : value, decimals: decimals) + (isPart ? " %" : "")
  }

  /// A figure with its sign: +0.42, −3.0.
  package func signed(_ value: Double) -> String {
    let text = text(value)
    return value >= 0 ? "+" + text : text
  }

  /// Both ends: 3.20 to 3.64.
  package func text(_ interval: Interval, signed isSigned: Bool = false) -> String {
    let ends = [interval.low, interval.high].map { isSigned ? signed($0) : text($0) }
    return "\(ends[0]) to \(ends[1])"
  }

  /// A probability: p = 0.031, p < 0.001.
  package static func probability(_ p: Double) -> String {
    p < 0.001 ? "p < 0.001" : "p = \(DecimalText.fixed(p, decimals: 3))"
  }
}
