extension String {
  /// The text with all that HTML or XML could take for markup written as references.
  var escapedForMarkup: String {
    // By scalars, as browsers read: a quotation mark with a combining mark ends an attribute too.
    unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }
}
