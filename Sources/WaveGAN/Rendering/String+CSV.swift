/// Rows of CSV files as RFC 4180 has them; the fields that are read do not hold line breaks.
extension String {
  /// The text as a field, in quotation marks where it needs them (RFC 4180, 2.6 and 2.7).
  package var csvField: String {
    guard contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return self }
    return "\"" + replacing("\"", with: "\"\"") + "\""
  }

  /// The fields of a row.
  package var csvFields: [String] {
    var fields = [""]
    var isQuoted = false
    var last: Character?
    for character in self {
      switch character {
      case "\"":
        // Two marks within a quoted field stand for one.
        if !isQuoted && last == "\"" { fields[fields.count - 1].append(character) }
        isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
      last = character
    }
    return fields
  }
}
