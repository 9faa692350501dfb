/// A scale with guessing in its middle: how far to the right of it the discriminator knows better.
///
///     ───────────────┾━━━━━━━━━━╸────  85 % right
///     ───────────────┼───────────────  50 %: no better than guessing
///     ──────────╺━━━━┽───────────────  35 %: fooled
///
/// Where the two networks are in balance, nothing stands out from the middle.
package enum GuessingMeter {
  /// The scale with a value.
  ///
  /// - Parameters:
  ///   - part: how much is judged rightly, 0 ... 1.
  ///   - length: columns, odd.
  package static func line(_ part: Double, length: Int, isUnicode: Bool) -> StyledLine {
    let side = length / 2
    let halves = min(2 * side, Int((abs(part - 0.5) * Double(4 * side)).rounded()))
    let isRight = part > 0.5
    let empty = String(repeating: isUnicode ? "─" : ".", count: side)
    let fill =
      isUnicode ? filled(halves, isRight: isRight) : String(repeating: "#", count: halves / 2)
    let rest = empty.dropLast(fill.count)
    let mark = !isUnicode ? "|" : halves == 0 ? "┼" : isRight ? "┾" : "┽"
    return isRight
      ? StyledLine(empty, .faint) + StyledLine(mark, .strong) + StyledLine(fill, .accented)
        + StyledLine(String(rest), .faint)
      : StyledLine(String(rest), .faint) + StyledLine(fill, .accented) + StyledLine(mark, .strong)
        + StyledLine(empty, .faint)
  }

  private static func filled(_ halves: Int, isRight: Bool) -> String {
    let whole = String(repeating: "━", count: halves / 2)
    guard !halves.isMultiple(of: 2) else { return whole }
    return isRight ? whole + "╸" : "╺" + whole
  }

  /// What stands over the scale: its middle and, where there is room, its ends.
  package static func caption(length: Int) -> String {
    let (left, middle, right) = ("wrong", "guessing", "right")
    let before = length / 2 - middle.count / 2
    guard before >= 0 else { return String(repeating: " ", count: length) }
    let after = length - before - middle.count
    let hasEnds = left.count < before && right.count < after
    return (hasEnds ? left : "").leftAligned(to: before) + middle
      + (hasEnds ? right : "").rightAligned(to: after)
  }
}
