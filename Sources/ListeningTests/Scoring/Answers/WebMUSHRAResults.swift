import Foundation

/// Reads the five tables that webMUSHRA writes.
///
/// | file | is told by its column | holds |
/// | --- | --- | --- |
/// | mushra.csv | rating_score | ratings 0–100 of stimuli, of `reference`, `anchor35` and `anchor70` |
/// | paired_comparison.csv | choice_answer | whether the reference was found, or preferred |
/// | bs1116.csv | rating_reference_score | grades 1–5 of the reference and of another |
/// | lms.csv, lss.csv | stimuli_rating | answers on scales of categories, with spaces around them |
///
/// All but mushra.csv say nothing of who answered but by the questionnaire: a column `listener`, `pid`
/// or `participant` names the listener, or else all of the questionnaire together.
/// Source: webMUSHRA, `service/write.php`.
struct WebMUSHRAResults {
  let joiner: AnswerJoiner

  /// The column that all five tables begin with.
  static let firstColumn = "session_test_id"

  /// The columns after those of the questionnaire.
  private static let ownColumns: Set<String> = [
    firstColumn, "session_uuid", "trial_id", "rating_stimulus", "rating_score", "rating_time",
    "rating_comment", "choice_reference", "choice_non_reference", "choice_answer", "choice_time",
    "choice_comment", "rating_reference", "rating_non_reference", "rating_reference_score",
    "rating_non_reference_score", "stimuli_rating", "stimuli",
  ]

  /// Joins a table with the key.
  ///
  /// - Returns: a sheet for each listener in it.
  /// - Throws: ``ListeningTestError`` `.malformed`.
  func sheets(csv text: String, file: String) throws(ListeningTestError) -> [AnswerSheet] {
    let table = try CSVTable(text, file: file, needed: [Self.firstColumn, "trial_id"])
    let asked = table.columns.filter {
      !Self.ownColumns.contains($0) && !$0.hasPrefix("stimuli_rating")
    }
    let names =
      table.columns.contains("session_uuid")
      ? ["session_uuid"]
      : asked.filter { ["listener", "pid", "participant"].contains($0.lowercased()) }
    let identity = names.isEmpty ? asked : Array(names.prefix(1))
    guard !identity.isEmpty else {
      throw ListeningTestError(
        .malformed, file,
        "does not say which listener a row is of; ask for a name or number in webMUSHRA's "
          + "questionnaire, in a field “listener”")
    }
    var sheets: [AnswerSheet] = []
    var places: [String: Int] = [:]
    var seen: [[String]: Double] = [:]
    for (number, row) in table.rows.enumerated() {
      let listener = identity.map { row[$0] }.joined(separator: " / ")
      let place = places[listener] ?? sheets.count
      if place == sheets.count {
        places[listener] = place
        var sheet = AnswerSheet(listener: listener, file: file)
        sheet.questionnaire = Dictionary(
          asked.map { ($0, row[$0]) }, uniquingKeysWith: { first, _ in first })
        sheets.append(sheet)
      }
      do {
        try add(row, of: table, to: &sheets[place], seen: &seen)
      } catch {
        throw ListeningTestError(
          .malformed, file,
          "\(error.words) at its row \(number + 2); give the results of the test that was exported")
      }
    }
    return sheets
  }

  /// What does not fit, as the rest of a sentence.
  private struct Misfit: Error {
    var words: String
  }

  private func add(
    _ row: CSVTable.Row, of table: CSVTable, to sheet: inout AnswerSheet,
    seen: inout [[String]: Double]
  ) throws(Misfit) {
    if table.columns.contains("rating_score") {
      let clip = try clip(row["rating_stimulus"], trial: row["trial_id"])
      let value = try number(row["rating_score"], in: 0...100)
      add(clip, value, joiner.test.questions.first, row["trial_id"], to: &sheet, seen: &seen)
    } else if table.columns.contains("choice_answer") {
      try addChoice(row, to: &sheet)
    } else if table.columns.contains("rating_reference_score") {
      let clip = try clip(row["rating_non_reference"], trial: row["trial_id"])
      let reference = try number(row["rating_reference_score"], in: 1...5)
      let other = try number(row["rating_non_reference_score"], in: 1...5)
      sheet.gradePairs.append(.init(reference: reference, other: other))
      sheet.ratings.append(
        .init(question: Self.differenceGrade, clip: clip, value: other - reference))
    } else {
      try addLikert(row, of: table, to: &sheet, seen: &seen)
    }
  }

  /// The question of BS.1116's difference grades: the other's grade less that of the original, −4 to 0
  /// where the listener tells them apart.
  static let differenceGrade = "difference grade"

  private func add(
    _ clip: KeyRow, _ value: Double, _ question: Question?, _ trial: String,
    to sheet: inout AnswerSheet, seen: inout [[String]: Double]
  ) {
    let name = question?.name ?? "quality"
    let subject = [sheet.listener, name, trial, clip.stimulus]
    if let first = seen[subject] {
      sheet.repeats.append(.init(question: name, first: first, later: value))
    } else {
      seen[subject] = value
      joiner.add(AnswerSheet.Rating(question: name, clip: clip, value: value), to: &sheet)
    }
  }

  private func addChoice(_ row: CSVTable.Row, to sheet: inout AnswerSheet) throws(Misfit) {
    let other = try clip(row["choice_non_reference"], trial: row["trial_id"])
    let trial = joiner.test.trials.first { $0.value.stimuli.contains(other.stimulus) }
    guard let trial, trial.value.stimuli.count == 2,
      let reference = trial.value.stimuli.first(where: { $0 != other.stimulus }),
      let reference = joiner.key[reference]
    else { throw Misfit(words: "compares what no trial of the test compares") }
    let isReference: Bool
    switch row["choice_answer"] {
    case "correct": isReference = true
    case "incorrect": isReference = false
    // Undecided, or unknown: not a choice.
    default: return
    }
    joiner.add(
      AnswerSheet.Choice(
        trial: trial.key, chosen: isReference ? reference : other,
        other: isReference ? other : reference,
        isRight: joiner.test.design == .abx ? isReference : nil), to: &sheet)
  }

  private func addLikert(
    _ row: CSVTable.Row, of table: CSVTable, to sheet: inout AnswerSheet,
    seen: inout [[String]: Double]
  ) throws(Misfit) {
    let clip = try clip(row["stimuli"], trial: row["trial_id"])
    let columns = table.columns.filter { $0.hasPrefix("stimuli_rating") }
    let questions = joiner.test.questions
    for (place, column) in columns.enumerated() {
      let text = row[column].trimmingCharacters(in: .whitespaces)
      if text.isEmpty || text == "NA" { continue }
      // A page of one question is named for it where there are several.
      let named = questions.first { row["trial_id"].hasSuffix($0.name) }
      let question =
        columns.count == 1
        ? named ?? questions.first : place < questions.count ? questions[place] : nil
      guard let question else { throw Misfit(words: "answers a question that the test has not") }
      if let choices = question.choices, question.scale == .choice {
        guard choices.contains(text) else {
          throw Misfit(words: "has a choice that there was not, “\(text.prefix(40))”,")
        }
        joiner.add(AnswerSheet.Naming(clip: clip, answer: text), to: &sheet)
      } else {
        let value = try number(text, in: -1e9...1e9)
        guard question.allows(value) else {
          throw Misfit(words: "has a value that is not on the scale, “\(text.prefix(40))”,")
        }
        add(clip, value, question, row["trial_id"], to: &sheet, seen: &seen)
      }
    }
  }

  private func number(_ text: String, in range: ClosedRange<Double>) throws(Misfit) -> Double {
    guard let value = Double(text.trimmingCharacters(in: .whitespaces)), range.contains(value)
    else {
      throw Misfit(words: "has a value that is not on the scale, “\(text.prefix(40))”,")
    }
    return value
  }

  /// The stimulus that webMUSHRA names by its key, or by its file; its own reference and anchors are
  /// those of the trial.
  private func clip(_ name: String, trial: String) throws(Misfit) -> KeyRow {
    if let kind = KeyRow.Kind(rawValue: name), [.reference, .anchor35, .anchor70].contains(kind) {
      let row = joiner.test.trials[trial]?.stimuli.compactMap { joiner.key[$0] }
        .first { $0.kind == kind }
      return row ?? KeyRow(stimulus: "\(trial) \(name)", clip: trial, kind: kind)
    }
    let file = name.split(separator: "/").last.map(String.init) ?? name
    let stem = file.split(separator: ".").first.map(String.init) ?? file
    guard let row = joiner.key[stem] ?? joiner.key[String(stem.suffix(8))] else {
      throw Misfit(words: "names a stimulus that the key has not, “\(name.prefix(40))”,")
    }
    return row
  }
}
