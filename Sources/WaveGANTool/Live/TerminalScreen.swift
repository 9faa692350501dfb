/// A block of lines at the bottom of a terminal that is drawn again in the same place.
///
/// Makes the characters to write; each frame is whole. It hides the cursor and shows it again at
/// its end, so that however the program ends, the cursor is there; and it switches off the wrapping
/// of long lines meanwhile, so that a wrong guess at a character's width cannot move the block.
package struct TerminalScreen: Sendable {
  /// Columns of each line that is there.
  private var drawn: [Int] = []
  private let usesColor: Bool

  private static let begin = "\u{1B}[?25l\u{1B}[?7l"
  private static let end = "\u{1B}[?7h\u{1B}[?25h"
  private static let clearDown = "\u{1B}[J"
  private static let clearLine = "\u{1B}[2K"

  /// A screen with nothing on it yet.
  package init(usesColor: Bool) { self.usesColor = usesColor }

  /// What draws these lines over the ones before.
  ///
  /// - Parameters:
  ///   - lines: none wider than the terminal.
  ///   - columns: the terminal's.
  ///   - rows: the terminal's; of a block that is too high, the first lines are shown.
  package mutating func frame(_ lines: [StyledLine], columns: Int, rows: Int) -> String {
    let lines = lines.prefix(max(0, rows - 1))
    let text = lines.map { Self.clearLine + $0.rendered(usesColor: usesColor) + "\r\n" }
    let top = Self.up(rowCount(columns: columns))
    drawn = lines.map(\.columnCount)
    return Self.begin + top + text.joined() + Self.clearDown + Self.end
  }

  /// What removes the block; nothing where there is none.
  ///
  /// Line by line, because some terminals take clearing all from the top corner down for clearing
  /// the screen, and keep a copy of what was there.
  package mutating func removal(columns: Int) -> String {
    guard !drawn.isEmpty else { return "" }
    let rows = rowCount(columns: columns)
    drawn = []
    let clearing = String(repeating: Self.clearLine + "\r\n", count: rows) + Self.clearDown
    return Self.begin + Self.up(rows) + clearing + Self.up(rows) + Self.end
  }

  /// Lets the next frame begin where the cursor is.
  package mutating func forget() { drawn = [] }

  /// Rows that the block takes: a terminal that has become narrower has broken its lines.
  private func rowCount(columns: Int) -> Int {
    drawn.reduce(0) { $0 + max(1, ($1 + columns - 1) / max(1, columns)) }
  }

  private static func up(_ rows: Int) -> String { rows > 0 ? "\r\u{1B}[\(rows)A" : "\r" }
}
