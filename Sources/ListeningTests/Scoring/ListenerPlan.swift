import Foundation

/// How many listeners it takes to see a difference: the plan of a test.
///
/// A difference is seen when a two-sided t test of listeners' differences, at a level of 5 % shared
/// equally by all comparisons (Bonferroni: no test that Holm's correction passes needs more), finds it
/// in four of five tests that have one as large.
package struct ListenerPlan: Sendable, Hashable, Codable {
  /// The difference to be seen, in the unit of the scale.
  package var difference: Double
  /// The standard deviation of listeners' own differences.
  package var deviation: Double
  /// How many comparisons share the level.
  package var comparisons: Int
  /// Listeners needed; nil for more than ``listenerLimit``, and where nothing varies.
  package var listeners: Int?

  /// The chance of seeing the difference that is asked for.
  package static let power = 0.8
  /// The most listeners that are considered.
  package static let listenerLimit = 10_000

  /// A plan from a deviation that was seen, or assumed.
  package init(difference: Double, deviation: Double, comparisons: Int) {
    self.difference = difference
    self.deviation = deviation
    self.comparisons = comparisons
    // What never varied in a few listeners may vary in the next.
    guard varies else { return }
    let level = Interval.miss / Double(max(comparisons, 1))
    listeners = Self.least(2...Self.listenerLimit) {
      Self.power(listeners: $0, difference: difference, deviation: deviation, level: level)
        >= Self.power
    }
  }

  /// Whether listeners' differences vary, by more than rounding.
  package var varies: Bool { deviation > 1e-9 }

  /// How often a t test of n differences finds one of this size: of the noncentral t distribution
  /// with n − 1 degrees of freedom and δ = √n · difference / deviation, the part beyond ∓ t.
  package static func power(
    listeners: Int, difference: Double, deviation: Double, level: Double
  ) -> Double {
    guard deviation > 0 else { return difference == 0 ? 0 : 1 }
    let count = Double(listeners)
    let student = StudentDistribution(degreesOfFreedom: count - 1)
    let t = student.quantile(1 - level / 2)
    let shift = count.squareRoot() * difference / deviation
    return 1 - student.cumulative(t, noncentrality: shift)
      + student.cumulative(-t, noncentrality: shift)
  }

  /// The smallest number from which on a condition holds, if it holds for all larger ones.
  static func least(_ range: ClosedRange<Int>, _ holds: (Int) -> Bool) -> Int? {
    guard holds(range.upperBound) else { return nil }
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
