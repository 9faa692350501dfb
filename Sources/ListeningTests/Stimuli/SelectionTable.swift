import WaveGAN

/// Which clips a user chose: a table with the columns `condition` and `clip`.
struct SelectionTable {
  private var names: [String: [String]] = [:]
  private static let sizeLimit = 64 << 20

  /// - Returns: nil when clips are chosen otherwise.
  /// - Throws: ``ListeningTestError`` `.notFound`, `.unreadable` or `.malformed`.
  init?(_ settings: TestSettings) throws(ListeningTestError) {
    guard case .file(let path) = settings.selection else { return nil }
    var records = CSVRecords(try BoundedFile.text(at: path, sizeLimit: Self.sizeLimit))
    guard let columns = records.next(), let condition = columns.firstIndex(of: "condition"),
      let clip = columns.firstIndex(of: "clip")
    else {
      throw ListeningTestError(
        .malformed, path,
        "does not choose clips: give random, best, or a table whose first line has the columns "
          + "condition and clip")
    }
    while let fields = records.next() {
      guard fields.count > max(condition, clip) else { continue }
      names[fields[condition], default: []].append(fields[clip])
    }
  }

  /// The clips of a condition, in the table's order; nil: the table does not speak of it.
  func names(ofCondition name: String) -> [String]? { names[name] }
}
