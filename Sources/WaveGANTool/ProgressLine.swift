import Foundation
import WaveGAN

/// One line on a terminal's standard error that counts up, and is gone at the end; nothing when
/// standard error is no terminal.
package struct ProgressLine: Sendable {
  private let isShown: Bool

  init(isQuiet: Bool) {
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
  }

  /// A function that shows `doing 12 of 345, 1:40 left`, at most a hundred times.
  ///
  /// The time left counts from this call, and is told once it can be guessed.
  func counting(_ doing: String) -> @Sendable (_ done: Int, _ total: Int) -> Void {
    let begin = ContinuousClock.now
    return { done, total in
      guard isShown, done == total || done.isMultiple(of: max(1, total / 100)) else { return }
      let left = Self.timeLeft(after: ContinuousClock.now - begin, done: done, total: total)
      StandardError.write("\r\u{1B}[K\(doing) \(done.grouped) of \(total.grouped)\(left)")
    }
  }

  /// `, 1:40 left`; nothing in the first two seconds, or when nothing is left.
  package static func timeLeft(after elapsed: Duration, done: Int, total: Int) -> String {
    guard elapsed > .seconds(2), done > 0, done < total else { return "" }
    let left = elapsed / done * (total - done)
    return ", \(TrainingFigures.clock(left / .seconds(1))) left"
  }

  /// Does some work and removes the line after it, also when it throws: an error stands on a line of
  /// its own.
  func during<Result>(_ work: () throws -> Result) rethrows -> Result {
    defer { clear() }
    return try work()
  }

  /// Removes the line.
  func clear() {
    if isShown { StandardError.write("\r\u{1B}[K") }
  }
}
