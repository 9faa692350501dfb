/// Text within a page.
enum HTMLText {
  /// A table with a heading.
  ///
  /// - Parameters:
  ///   - columns: what stands over each column.
  ///   - rows: cells as markup; the first of each row is its heading.
  static func table(columns: [String], rows: [[String]]) -> String {
    let heading = columns.map { "<th scope=\"col\">\($0.escapedForMarkup)</th>" }.joined()
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
      ? "" : "<ul>\(sentences.map { "<li>\($0.escapedForMarkup)</li>" }.joined())</ul>"
  }
}
