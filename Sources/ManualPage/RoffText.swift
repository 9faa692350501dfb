import Foundation

/// Text in the language of manual pages, roff with the macros of man(7).
enum RoffText {
  /// Text as it is, on one line.
  static func literal(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\e"
      // These would be set as typographic characters, which cannot be typed.
      case "-": escaped += "\\-"
      case "'": escaped += "\\(aq"
      case "`": escaped += "\\(ga"
      case "^": escaped += "\\(ha"
      case "~": escaped += "\\(ti"
      case _ where scalar.isASCII: escaped.unicodeScalars.append(scalar)
      default: escaped += "\\[u\(String(format: "%04X", scalar.value))]"
      }
    }
    // At the beginning of a line, this would make it a request.
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }

  /// Running text, in lines of at most 80 characters: what stands between back quotes, and every
  /// option, is bold.
  static func prose(_ text: String) -> [String] {
    var result = ""
    for (index, part) in text.components(separatedBy: "`").enumerated() {
      result += index.isMultiple(of: 2) ? emphasized(part) : bold(part)
    }
    var lines: [String] = []
    for word in result.split(separator: " ") {
      if let line = lines.last, line.count + 1 + word.count <= 80 {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(word.hasPrefix(".") ? "\\&" + word : String(word))
      }
    }
    return lines
  }

  static func bold(_ text: String) -> String { text.isEmpty ? "" : "\\fB\(literal(text))\\fR" }

  static func italic(_ text: String) -> String { text.isEmpty ? "" : "\\fI\(literal(text))\\fR" }

  /// Hyphens between letters stay hyphens, where a line may be broken.
  private static func emphasized(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let option = rest.firstMatch(of: /--[a-z][a-z-]*[a-z]/) {
      result += running(rest[..<option.range.lowerBound]) + bold(String(option.output))
      rest = rest[option.range.upperBound...]
    }
    return result + running(rest)
  }

  private static func running(_ text: Substring) -> String {
    let isHyphen = /([A-Za-z])\\-([A-Za-z])/
    return literal(String(text)).replacing(isHyphen) { "\($0.1)-\($0.2)" }
  }
}
