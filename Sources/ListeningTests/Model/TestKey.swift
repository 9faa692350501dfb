import AudioFiles
import Foundation
import WaveGAN

/// What every stimulus really is: the table `key.csv`, which lies beside what listeners get.
package struct TestKey: Sendable, Hashable {
  /// A row for each stimulus.
  package var rows: [KeyRow]

  package init(rows: [KeyRow]) { self.rows = rows }

  /// The rows, by stimulus.
  package var byStimulus: [String: KeyRow] {
    Dictionary(rows.map { ($0.stimulus, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The text of the table.
  package var csv: String {
    ([KeyRow.columns.joined(separator: ",")] + rows.map(\.csvLine)).map { $0 + "\n" }.joined()
  }

  /// The largest table that is read, in bytes.
  private static let sizeLimit = 64 << 20

  /// Reads the table; columns may have any order, and others may be among them.
  ///
  /// - Throws: ``ListeningTestError`` `.notFound`, `.unreadable` or `.malformed`.
  package init(ofFile path: String) throws(ListeningTestError) {
    let text = try BoundedFile.text(at: path, sizeLimit: Self.sizeLimit)
    var records = CSVRecords(text)
    guard let columns = records.next(), Set(columns).count == columns.count,
      ["stimulus", "condition", "clip", "kind"].allSatisfy(columns.contains)
    else {
      throw ListeningTestError(
        .malformed, path,
        "is not the key of a listening test: its first line has not the columns of one; name the "
          + "folder that export made")
    }
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    var seen: Set<String> = []
    rows = []
    while let fields = records.next() {
      guard fields.count == columns.count,
        let row = KeyRow(field: { name in places[name].map { fields[$0] } ?? "" }),
        seen.insert(row.stimulus).inserted
      else {
        throw ListeningTestError(
          .malformed, path,
          "is damaged at its row \(rows.count + 2): it is not a row of a key, or its stimulus has one "
            + "already; take the file that export wrote")
      }
      rows.append(row)
    }
  }
}
