/// A bar that is filled from the left as far as something is done.
package enum ProgressBar {
  /// A bar in half columns, or, without Unicode, in whole ones.
  ///
  /// - Parameters:
  ///   - part: 0 ... 1.
  ///   - length: columns.
  package static func line(_ part: Double, length: Int, isUnicode: Bool) -> StyledLine {
    let halves = Int((part * Double(2 * length)).rounded(.down))
    guard isUnicode else {
      return StyledLine(String(repeating: "#", count: halves / 2), .accented)
        + StyledLine(String(repeating: ".", count: length - halves / 2), .faint)
    }
    let hasHalf = !halves.isMultiple(of: 2)
    return StyledLine(String(repeating: "━", count: halves / 2) + (hasHalf ? "╸" : ""), .accented)
      + StyledLine(
        String(repeating: "─", count: length - halves / 2 - (hasHalf ? 1 : 0)), .faint)
  }
}
