extension ListenerAnswers {
  /// Columns that every table of our own has before those of the questionnaire.
  static let columns = [
    "test", "listener", "order", "index", "trial", "training", "repeat", "question", "stimulus",
    "value", "plays", "seconds", "at",
  ]

  /// Reads the table that the page offers for download, or several below each other.
  ///
  /// - Parameters:
  ///   - text: what the file holds.
  ///   - file: where it comes from.
  /// - Returns: the answers of each listener in it.
  /// - Throws: ``ListeningTestError`` `.malformed`.
  static func read(csv text: String, file: String) throws(ListeningTestError) -> [ListenerAnswers] {
    let table = try CSVTable(text, file: file, needed: columns)
    let questions = table.columns.filter { !columns.contains($0) }
    var listeners: [ListenerAnswers] = []
    var places: [String: Int] = [:]
    // Of tables below each other, all but the first repeat their heading.
    for (number, row) in table.rows.enumerated() where row["test"] != "test" {
      guard let index = Int(row["index"]), let training = Self.truth(row["training"]),
        let isRepeat = Self.truth(row["repeat"])
      else {
        throw ListeningTestError(
          .malformed, file,
          "has no number of an answer, or not true or false, at its row \(number + 2); leave it out"
        )
      }
      let name = "\(row["test"]) \(row["listener"])"
      if places[name] == nil {
        places[name] = listeners.count
        listeners.append(
          ListenerAnswers(
            test: row["test"], listener: row["listener"], order: Int(row["order"]) ?? 0, began: "",
            questionnaire: Dictionary(
              questions.map { ($0, row[$0]) }, uniquingKeysWith: { first, _ in first })))
      }
      let (stimulus, value) = (row["stimulus"], row["value"])
      listeners[places[name]!].answers.append(
        Answer(
          index: index, trial: row["trial"], training: training, repeat: isRepeat,
          question: row["question"], stimulus: stimulus.isEmpty ? nil : stimulus,
          value: value.isEmpty ? nil : .text(value), seconds: Double(row["seconds"]) ?? 0,
          at: row["at"]))
    }
    return listeners
  }

  private static func truth(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "1": true
    case "false", "0": false
    default: nil
    }
  }
}
