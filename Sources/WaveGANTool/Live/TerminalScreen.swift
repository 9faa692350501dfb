/// A block of lines on a terminal that is drawn again in the same place.
///
/// Makes the characters to write; each frame is whole. The block stands below a line that is left
/// empty, and that is where the cursor rests between frames. A terminal whose width changes breaks
/// or joins the lines of the block, but keeps the cursor on the line that it was on: however many
/// rows the block takes then, the next frame finds its top. It also gives a place to the `^C` that
/// the terminal writes where the cursor is.
///
/// A frame hides the cursor and shows it again at its end, so that however the program ends, the
/// cursor is there; and it switches off the wrapping of long lines meanwhile, so that a wrong guess
/// at a character's width, or a width that has just changed, cannot move the block.
package struct TerminalScreen: Sendable {
  /// Lines that are there.
  private var drawnCount = 0
  /// Columns and rows of the terminal when they were drawn.
  private var drawnSize: (columns: Int, rows: Int)?
  private let usesColor: Bool

  private static let begin = "\u{1B}[?25l\u{1B}[?7l\r\u{1B}[2K"
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
    var move = ""
    if drawnCount > 0, let drawnSize, drawnSize.columns != columns, drawnSize.rows == rows {
      move = Self.moveDown(to: rows - lines.count)
    }
    drawnCount = lines.count
    drawnSize = (columns, rows)
    return move + Self.block(lines.map { $0.rendered(usesColor: usesColor) })
  }

  /// Clears the block, and goes to where the next one ends with the last row.
  ///
  /// A terminal that becomes narrower makes more rows of its lines and drops as many at the top,
  /// however many are empty at the bottom; with some (tmux), it takes several changes for the block
  /// itself to be among them, and what is out of sight cannot be cleared. At the bottom it is safe.
  private static func moveDown(to row: Int) -> String {
    begin + "\r\n" + clearDown + "\u{1B}[\(row);1H" + end
  }

  /// What removes the block and leaves the cursor above where it was; nothing where there is none.
  package mutating func removal() -> String {
    guard drawnCount > 0 else { return "" }
    defer { drawnCount = 0 }
    return Self.block(Array(repeating: "", count: drawnCount))
  }

  /// Lines below the cursor's, and nothing below them.
  ///
  /// Each is cleared on its own and the rest with the last, before it is written: some terminals
  /// take clearing all from the top corner down for clearing the screen, and keep a copy of what was
  /// there; and after a full line the cursor stands on its last character.
  private static func block(_ lines: [String]) -> String {
    let text = lines.enumerated().map { index, line in
      "\r\n" + (index == lines.count - 1 ? clearDown : clearLine) + line
    }
    return begin + text.joined() + up(lines.count) + end
  }

  private static func up(_ rows: Int) -> String { rows > 0 ? "\r\u{1B}[\(rows)A" : "\r" }
}
