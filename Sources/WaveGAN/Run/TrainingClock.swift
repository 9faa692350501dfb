import Foundation

/// Measures a training's time, pauses excluded, and its speed.
///
/// A pause is the time between a stop and a resume, while the computer sleeps, or while the program
/// is suspended, as by Ctrl-Z. Nobody tells of the last, but it shows: a step then takes many times as
/// long as those before it. What is over `longestCounted` does not count.
package struct TrainingClock {
  private var elapsed: Double
  private var lastMark: Double
  /// Seconds of the last steps, at most ``speedWindow`` of them; without the first after a start, which
  /// brings memory and files into place.
  private var durations: [Double] = []
  private var isFirstStep = true
  private let now: () -> Double

  /// Steps over which the speed is measured.
  private static let speedWindow = 20

  /// - Parameters:
  ///   - seconds: of training before this clock started.
  ///   - now: seconds from any beginning.
  package init(after seconds: Double, now: @escaping () -> Double = Self.systemSeconds) {
    elapsed = seconds
    self.now = now
    lastMark = now()
  }

  /// Seconds from a beginning of the system's, without those that the computer slept.
  package static let systemSeconds: @Sendable () -> Double = {
    let start = SuspendingClock.now
    return { (SuspendingClock.now - start) / .seconds(1) }
  }()

  /// The most that a step can count for: ten times the median of the last ones, and ten seconds at
  /// least, which saving may take. Before there are steps to compare with, everything counts.
  private var longestCounted: Double {
    guard !durations.isEmpty else { return .infinity }
    return max(10, 10 * durations.sorted()[durations.count / 2])
  }

  /// Seconds since the last mark, as far as they count.
  private var pending: Double { min(now() - lastMark, longestCounted) }

  /// Seconds of training so far.
  package var elapsedSeconds: Double { elapsed + pending }

  /// Marks the end of a step.
  package mutating func markStep() {
    let duration = pending
    elapsed += duration
    lastMark = now()
    if !isFirstStep { durations.append(duration) }
    isFirstStep = false
    if durations.count > Self.speedWindow { durations.removeFirst() }
  }

  /// Steps a second over the last steps; 0 before there are two.
  package var stepsPerSecond: Double {
    let total = durations.reduce(0, +)
    return total > 0 ? Double(durations.count) / total : 0
  }
}
