/// The records of a CSV text, with line breaks within quotation marks (RFC 4180).
package struct CSVRecords: Sequence, IteratorProtocol {
  private var rest: Substring.UnicodeScalarView

  package init(_ text: String) {
    // A byte order mark, which spreadsheets write, is no part of the first field.
    rest = Substring(text).unicodeScalars
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
  }

  /// The fields of the next record that is not an empty line; nil after the last.
  package mutating func next() -> [String]? {
    while let scalar = rest.first, scalar == "\n" || scalar == "\r" { rest.removeFirst() }
    guard !rest.isEmpty else { return nil }
    var fields = [""]
    var isQuoted = false
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"" where isQuoted && rest.first == "\"":
        rest.removeFirst()
        fields[fields.count - 1].unicodeScalars.append(scalar)
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      case "\n" where !isQuoted: return fields
      case "\r" where !isQuoted && (rest.isEmpty || rest.first == "\n"): continue
      default: fields[fields.count - 1].unicodeScalars.append(scalar)
      }
    }
    return fields
  }
}
