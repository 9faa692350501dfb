/// Text within a page.
enum HTMLText {
  /// The text with all that a browser could take for markup written as references.
  static func escaped(_ text: String) -> String {
    // By scalars, as browsers read: a quotation mark with a combining mark ends an attribute too.
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
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

  /// A table with a heading.
  ///
  /// - Parameters:
  ///   - columns: what stands over each column.
  ///   - rows: cells as markup; the first of each row is its heading.
  static func table(columns: [String], rows: [[String]]) -> String {
    let heading = columns.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
    let body = rows.map { row in
      let cells = row.dropFirst().map { "<td>\($0)</td>" }.joined()
      return "<tr><th scope=\"row\">\(row.first ?? "")</th>\(cells)</tr>"
    }
    return """
      <div class="wide"><table>
      <thead><tr>\(heading)</tr></thead>
      <tbody>
      \(body.joined(separator: "\n"))
      </tbody>
      </table></div>
      """
  }

  /// Sentences as a list; nothing for none.
  static func list(_ sentences: [String]) -> String {
    sentences.isEmpty
      ? "" : "<ul>\(sentences.map { "<li>\(escaped($0))</li>" }.joined())</ul>"
  }
}
