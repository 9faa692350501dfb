import Foundation

/// Parts of SVG pictures; how they look is up to the page's style.
enum SVGText {
  /// How wide pictures are: narrow enough to be read on a phone, so names stand above what they name.
  static let width = 440.0
  /// What is left free beside the axis, for half of its outermost numbers.
  static let margin = 20.0

  /// A picture that scales with the page and says what it shows.
  static func picture(height: Double, title: String, _ parts: [String]) -> String {
    """
    <svg viewBox="0 0 \(number(width)) \(number(height))" role="img" aria-label="\
    \(title.escapedForMarkup)">
    \(parts.joined(separator: "\n"))
    </svg>
    """
  }

  static func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String
  ) -> String {
    "<line class=\"\(style)\" x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" "
      + "y2=\"\(number(y2))\"/>"
  }

  static func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String
  ) -> String {
    "<rect class=\"\(style)\" x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" "
      + "height=\"\(number(height))\"/>"
  }

  static func circle(_ x: Double, _ y: Double, _ radius: Double, _ style: String) -> String {
    "<circle class=\"\(style)\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\"/>"
  }

  static func text(_ text: String, _ x: Double, _ y: Double, _ style: String) -> String {
    "<text class=\"\(style)\" x=\"\(number(x))\" y=\"\(number(y))\">\(text.escapedForMarkup)</text>"
  }

  /// The text, or as much of it as `limit` characters hold.
  static func short(_ text: String, _ limit: Int) -> String {
    text.count > max(limit, 2) ? text.prefix(max(limit, 2) - 1) + "…" : text
  }

  /// A tenth of a point is finer than anyone sees.
  private static func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
