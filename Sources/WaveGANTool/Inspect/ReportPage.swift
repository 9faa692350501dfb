import Foundation
import WaveGAN

/// How wide a report is, and what is laid out by it.
struct ReportPage {
  /// Columns of a line; only words that are longer go beyond.
  let columns: Int

  /// - Parameter columns: kept within 40 and 120: longer lines are tiring to read.
  init(columns: Int) { self.columns = min(max(columns, 40), 120) }

  /// The width of the terminal that standard output is; 80 where it is none.
  static var outputColumns: Int { TerminalTraits.size(of: STDOUT_FILENO).columns }

  /// A name, cut to `width` characters, a count and a bar; what is not nothing has a bar.
  func barLine(_ name: String, width: Int, count: Int, of most: Int) -> String {
    let room = columns - 2 - width - 9
    let eighths = (count * room * 8 + most - 1) / most
    let blocks = Array("▏▎▍▌▋▊▉")
    let bar =
      String(repeating: "█", count: eighths / 8)
      + (eighths % 8 > 0 ? String(blocks[eighths % 8 - 1]) : "")
    let shown = name.count > width ? name.prefix(width - 1) + "…" : name
    let line = "  " + shown.leftAligned(to: width) + count.grouped.rightAligned(to: 7)
    return count == 0 ? line : line + "  " + bar
  }

  /// Breaks a text between words, so that no line is too wide where its words allow.
  func wrapped(_ text: String, indent: Int, hanging: Int? = nil) -> [String] {
    (String(repeating: " ", count: indent) + text)
      .wrapped(width: columns, hanging: hanging ?? indent)
  }
}
