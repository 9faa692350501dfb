/// A table whose first record names its columns.
struct CSVTable {
  /// The names of the columns, in order.
  let columns: [String]
  /// The records below.
  let rows: [Row]

  /// A record, whose fields are had by column.
  struct Row {
    fileprivate let fields: [String]
    fileprivate let places: [String: Int]

    /// A field; empty where the table has no such column.
    subscript(column: String) -> String { places[column].map { fields[$0] } ?? "" }
  }

  /// Most records that are read.
  private static let rowLimit = 1_000_000

  /// Takes a text apart.
  ///
  /// - Parameters:
  ///   - text: what the file holds.
  ///   - file: where it comes from.
  ///   - needed: columns that have to be there.
  /// - Throws: ``ListeningTestError`` `.malformed` where one is missing, or a record has more or fewer
  ///   fields than there are columns.
  init(_ text: String, file: String, needed: [String]) throws(ListeningTestError) {
    var records = CSVRecords(text)
    let columns = records.next() ?? []
    if let missing = needed.first(where: { !columns.contains($0) }) {
      throw ListeningTestError(
        .malformed, file,
        "has no column “\(missing)”, so it is not a table of answers; leave it out")
    }
    // Of two columns of one name the first counts: questionnaires can have that.
    let places = Dictionary(
      columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var rows: [Row] = []
    while let fields = records.next() {
      guard fields.count == columns.count, rows.count < Self.rowLimit else {
        throw ListeningTestError(
          .malformed, file,
          "has \(fields.count) fields at its row \(rows.count + 2), where its first line names "
            + "\(columns.count), or too many rows; leave it out")
      }
      rows.append(Row(fields: fields, places: places))
    }
    self.columns = columns
    self.rows = rows
  }
}
