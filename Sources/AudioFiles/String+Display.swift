extension String {
  /// The text with everything that could garble a terminal or a table written as an escape:
  /// control characters (`\n`, `\t`, `\u{1B}`), line separators, and characters that turn the
  /// direction of writing.
  ///
  /// File names can hold all of these; they are shown in this form only.
  public var escapedForDisplay: String {
    var shown = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": shown += "\\n"
      case "\r": shown += "\\r"
      case "\t": shown += "\\t"
      case _ where scalar.garblesDisplay:
        shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// A name that is not UTF-8 made visible: printable ASCII as it is, any other byte as `\xNN`.
  init(displayingBytes bytes: [UInt8]) {
    self = bytes.reduce(into: "") { shown, byte in
      if (0x20..<0x7F).contains(byte) {
        shown.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        shown += "\\x" + (digits.count == 1 ? "0" : "") + digits
      }
    }
  }
}

extension Unicode.Scalar {
  fileprivate var garblesDisplay: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
