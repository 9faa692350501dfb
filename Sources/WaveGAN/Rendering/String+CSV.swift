/// Rows of CSV files as RFC 4180 has them; the fields that are read do not hold line breaks.
extension String {
  /// The text as a field, in quotation marks where it needs them (RFC 4180, 2.6 and 2.7).
  package var csvField: String {
    // By scalars: a comma with a combining mark is one character, but parts fields all the same.
    guard
      unicodeScalars.contains(where: { $0 == "," || $0 == "\"" || Character($0).isNewline })
    else { return self }
    var quoted = "\"".unicodeScalars
    for scalar in unicodeScalars { quoted += scalar == "\"" ? [scalar, scalar] : [scalar] }
    return String(quoted) + "\""
  }

  /// The fields of a row.
  package var csvFields: [String] {
    var fields = [""]
    var isQuoted = false
    var last: Unicode.Scalar?
    for scalar in unicodeScalars {
      switch scalar {
      case "\"":
        // Two marks within a quoted field stand for one.
        if !isQuoted && last == "\"" { fields[fields.count - 1].unicodeScalars.append(scalar) }
        isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].unicodeScalars.append(scalar)
      }
      last = scalar
    }
    return fields
  }
}
