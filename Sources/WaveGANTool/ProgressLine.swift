import Foundation
import WaveGAN

/// One line on a terminal's standard error that counts up, and is gone at the end; nothing when
/// standard error is no terminal.
struct ProgressLine: Sendable {
  private let isShown: Bool

  init(isQuiet: Bool) {
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
  }

  /// A function that shows `doing 12 of 345`, at most a hundred times.
  func counting(_ doing: String) -> @Sendable (_ done: Int, _ total: Int) -> Void {
    { done, total in
      guard isShown, done == total || done.isMultiple(of: max(1, total / 100)) else { return }
      StandardError.write("\r\u{1B}[K\(doing) \(done.grouped) of \(total.grouped)")
    }
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
