import Foundation

/// What standard error can show.
package struct TerminalTraits: Sendable, Hashable {
  /// Whether it is a terminal that can redraw lines.
  package var redraws: Bool
  /// Whether colours are wanted, after no-color.org.
  package var usesColor: Bool
  /// Whether it shows characters beyond ASCII.
  package var isUnicode: Bool

  /// - Parameters:
  ///   - isTerminal: whether standard error is a terminal.
  ///   - environment: the program's.
  package init(isTerminal: Bool, environment: [String: String]) {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    redraws = isTerminal && value("TERM") ?? "dumb" != "dumb"
    usesColor = redraws && value("NO_COLOR") == nil
    let locale = (value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") ?? "C").lowercased()
    isUnicode = locale.contains("utf-8") || locale.contains("utf8")
  }

  /// Those of this program's standard error.
  static var standardError: TerminalTraits {
    TerminalTraits(
      isTerminal: isatty(STDERR_FILENO) == 1, environment: ProcessInfo.processInfo.environment)
  }

  /// Whether the terminal is this program's to draw on: not while it runs in the background.
  static var isForeground: Bool {
    let group = tcgetpgrp(STDERR_FILENO)
    return group < 0 || group == getpgrp()
  }

  /// Those of standard error.
  static var size: (columns: Int, rows: Int) { size(of: STDERR_FILENO) }

  /// Columns and rows at this moment; 80 × 24 where there is no terminal, or it does not say.
  static func size(of descriptor: Int32) -> (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return (80, 24)
    }
    return (Int(size.ws_col), size.ws_row > 0 ? Int(size.ws_row) : 24)
  }
}
