import Synchronization
import WaveGAN

/// One line on a terminal's standard error that counts up, and is gone at the end; nothing where
/// nothing can be redrawn.
///
///     Rendering 1,234 of 10,000  ━━━╸──────────────────────────  12 %  0:34 left
package struct ProgressLine: Sendable {
  private let traits = TerminalTraits.standardError
  private let isShown: Bool

  init(isQuiet: Bool) {
    isShown = !isQuiet && traits.redraws
  }

  /// A function that shows how far the work is, if it was not shown just now.
  ///
  /// The function may be called by several threads, and at any rate.
  func counting(_ doing: String) -> @Sendable (_ done: Int, _ total: Int) -> Void {
    let pace = Pace()
    return { [self] done, total in
      guard isShown, TerminalTraits.isForeground else { return }
      guard let seconds = pace.secondsIfDue(isLast: done == total) else { return }
      let line = Self.line(
        doing, done: done, of: total, after: seconds, width: TerminalTraits.size.columns,
        isUnicode: traits.isUnicode)
      // The cursor waits at the beginning: a terminal that becomes narrower breaks the line, but
      // keeps the cursor there.
      StandardError.write(
        Self.clearing + "\u{1B}[?7l" + line.rendered(usesColor: traits.usesColor) + "\u{1B}[?7h\r")
    }
  }

  private static let clearing = "\r\u{1B}[J"

  /// The widest form that fits.
  package static func line(
    _ doing: String, done: Int, of total: Int, after seconds: Double, width: Int, isUnicode: Bool
  ) -> StyledLine {
    let part = Double(done) / Double(max(1, total))
    let count = StyledLine("\(doing) \(done.grouped) of \(total.grouped)")
    // The first moments tell little about the rest.
    let left =
      seconds > 1 && done > 0 && done < total
      ? "  \(TrainingFigures.clock(seconds * Double(total - done) / Double(done))) left" : ""
    let percent = StyledLine("  \(TrainingFigures.percent(part))")
    // Room for all figures is kept, so that the bar does not change its length.
    let room = min(30, width - count.columnCount - 2 - 7 - 14)
    let bar = ProgressBar.line(part, length: max(0, room), isUnicode: isUnicode)
    let forms = [
      count + StyledLine("  ") + bar + percent + StyledLine(left),
      count + percent + StyledLine(left), count + percent, count,
    ]
    return .first(
      of: room >= 8 ? forms : Array(forms.dropFirst()), fitting: width, isUnicode: isUnicode)
  }

  /// Does some work and removes the line after it, also when it throws: an error stands on a line of
  /// its own.
  func during<Result>(_ work: () throws -> Result) rethrows -> Result {
    defer { clear() }
    return try work()
  }

  /// Removes the line.
  func clear() {
    if isShown && TerminalTraits.isForeground { StandardError.write(Self.clearing) }
  }
}

/// Says when a line may be drawn again: ten times a second, and at the end.
private final class Pace: Sendable {
  private struct State {
    var begin: ContinuousClock.Instant?
    var last: ContinuousClock.Instant?
  }
  private let state = Mutex(State())

  /// Seconds since the first call; nil if it is too early to draw.
  func secondsIfDue(isLast: Bool) -> Double? {
    state.withLock { state in
      let now = ContinuousClock.now
      let begin = state.begin ?? now
      state.begin = begin
      if !isLast, let last = state.last, now - last < .milliseconds(100) { return nil }
      state.last = now
      return (now - begin) / .seconds(1)
    }
  }
}
