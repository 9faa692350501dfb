import Foundation

/// Measures a training's time, pauses excluded, and its speed.
///
/// A pause is the time between a stop and a resume, or while the computer sleeps.
struct TrainingClock {
  private let base: Double
  private let start = SuspendingClock.now
  private var stamps: [Double] = []

  /// Steps over which the speed is measured.
  private static let speedWindow = 20

  /// - Parameter seconds: of training before this clock started.
  init(after seconds: Double) { base = seconds }

  /// Seconds of training so far.
  var elapsedSeconds: Double {
    base + (SuspendingClock.now - start) / .seconds(1)
  }

  /// Marks the end of a step.
  mutating func markStep() {
    stamps.append(elapsedSeconds)
    if stamps.count > Self.speedWindow + 1 { stamps.removeFirst() }
  }

  /// Steps a second over the last steps; 0 before there are two.
  var stepsPerSecond: Double {
    guard let first = stamps.first, let last = stamps.last, last > first else { return 0 }
    return Double(stamps.count - 1) / (last - first)
  }
}
