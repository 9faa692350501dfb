/// The labels that a folder's `manifest.csv`, written by `render`, gives its files.
package struct ManifestLabels: Sendable {
  private var labels: [String: String] = [:]

  /// Reads the table; without one, no file has a label.
  package init(ofFolder path: String) {
    guard let rows = TextLines(ofFile: "\(path)/manifest.csv"),
      let columns = rows.next()?.csvFields,
      let file = columns.firstIndex(of: "file"), let label = columns.firstIndex(of: "label")
    else { return }
    for row in rows {
      let fields = row.csvFields
      guard fields.count > max(file, label), !fields[label].isEmpty else { continue }
      labels[fields[file]] = fields[label]
    }
  }

  /// The label of a file, by its path within the folder; nil if the table says none.
  package subscript(file: String) -> String? { labels[file] }
}
