/// A line of text for a terminal, in pieces of different looks.
package struct StyledLine: Sendable, Hashable {
  /// How a piece of text looks, where there are colours.
  package enum Look: Sendable, Hashable {
    case plain, faint, strong, accented

    /// The parameters of the terminal's SGR sequence (ECMA-48, 8.3.117).
    fileprivate var code: String {
      switch self {
      case .plain: ""
      case .faint: "2"
      case .strong: "1"
      case .accented: "36"
      }
    }
  }

  private var pieces: [Piece] = []

  private struct Piece: Sendable, Hashable {
    var text: String
    var look: Look
  }

  /// A line of one piece; of none where there is no text.
  package init(_ text: String, _ look: Look = .plain) {
    if !text.isEmpty { pieces = [Piece(text: text, look: look)] }
  }

  /// One line after another, on one line.
  package static func + (left: StyledLine, right: StyledLine) -> StyledLine {
    var sum = left
    sum.pieces += right.pieces
    return sum
  }

  /// Adds to the end of a line.
  package static func += (left: inout StyledLine, right: StyledLine) { left = left + right }

  /// The text alone.
  package var text: String { pieces.map(\.text).joined() }

  /// How wide it is shown.
  package var columnCount: Int { text.reduce(0) { $0 + $1.columnCount } }

  /// The first of several forms of a line that fits; where none does, the last one, cut.
  package static func first(
    of forms: [StyledLine], fitting columns: Int, isUnicode: Bool
  ) -> StyledLine {
    let form = forms.first { $0.columnCount <= columns } ?? forms.last ?? StyledLine("")
    return form.truncated(to: columns, mark: isUnicode ? "…" : ">")
  }

  /// The line, cut where it would not fit.
  package func truncated(to columns: Int, mark: String) -> StyledLine {
    guard columnCount > columns else { return self }
    var room = columns - mark.count
    guard room >= 0 else { return StyledLine("") }
    var result = StyledLine("")
    for piece in pieces {
      var kept = ""
      for character in piece.text {
        room -= character.columnCount
        if room < 0 { return result + StyledLine(kept + mark, piece.look) }
        kept.append(character)
      }
      result += StyledLine(kept, piece.look)
    }
    return result
  }

  /// The characters to write.
  package func rendered(usesColor: Bool) -> String {
    pieces.map { piece in
      usesColor && piece.look != .plain
        ? "\u{1B}[\(piece.look.code)m\(piece.text)\u{1B}[0m" : piece.text
    }.joined()
  }
}

extension Character {
  /// Columns that a terminal shows it in, at most.
  ///
  /// Letters of Chinese, Japanese and Korean, and pictures, take two. Terminals differ about the
  /// rest, so that beyond what this program itself draws with, a character counts as two: a line
  /// is cut too early rather than too late.
  fileprivate var columnCount: Int {
    let widths = unicodeScalars.map { scalar in
      switch scalar.value {
      case ..<0x1100, 0x2000..<0x2600: 1
      default: 2
      }
    }
    return widths.reduce(0, +)
  }
}
