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
    var builders: [AnswerSheetBuilder] = []
    var places: [String: Int] = [:]
    for (number, row) in table.rows.enumerated() {
      let listener = identity.map { row[$0] }.joined(separator: " / ")
      let place = places[listener] ?? builders.count
      if place == builders.count {
        places[listener] = place
        var empty = AnswerSheet(listener: listener, file: file)
        empty.questionnaire = Dictionary(
          asked.map { ($0, row[$0]) }, uniquingKeysWith: { first, _ in first })
        builders.append(AnswerSheetBuilder(empty, test: joiner.test))
      }
      do {
        for (judgement, question) in try judgements(row, of: table) {
          builders[place].add(judgement, trial: row["trial_id"], question: question)
        }
      } catch {
        throw ListeningTestError(
          .malformed, file,
          "\(error.words) at its row \(number + 2); give the results of the test that was exported")
      }
    }
    return builders.map(\.sheet)
  }

  /// What a row says, each with the name of the question.
  private func judgements(
    _ row: CSVTable.Row, of table: CSVTable
  ) throws(Judgement.Misfit) -> [(Judgement, String)] {
    if table.columns.contains("rating_score") { return [try rating(row)] }
    if table.columns.contains("choice_answer") { return try choices(row) }
    if table.columns.contains("rating_reference_score") { return [try grade(row)] }
    return try answers(row, in: table.columns.filter { $0.hasPrefix("stimuli_rating") })
  }

  private func rating(_ row: CSVTable.Row) throws(Judgement.Misfit) -> (Judgement, String) {
    let clip = try clip(row["rating_stimulus"], trial: row["trial_id"])
    let value = try number(row["rating_score"], in: 0...100)
    return (.rating(clip, value), joiner.test.questions.first?.name ?? "quality")
  }

  private func grade(_ row: CSVTable.Row) throws(Judgement.Misfit) -> (Judgement, String) {
    let clip = try clip(row["rating_non_reference"], trial: row["trial_id"])
    let reference = try number(row["rating_reference_score"], in: 1...5)
    let other = try number(row["rating_non_reference_score"], in: 1...5)
    return (.rating(clip, other - reference), AnswerSheet.differenceGrade)
  }

  /// The reference is the trial's other stimulus. Nothing where the listener was undecided.
  private func choices(_ row: CSVTable.Row) throws(Judgement.Misfit) -> [(Judgement, String)] {
    let trial = row["trial_id"]
    let other = try clip(row["choice_non_reference"], trial: trial)
    let question = joiner.test.questions.first?.name ?? "choice"
    switch try joiner.choice(of: other, in: trial) {
    case .choice(let found) where row["choice_answer"] == "correct":
      return [(try joiner.choice(of: found.other, in: trial), question)]
    case let found where row["choice_answer"] == "incorrect": return [(found, question)]
    default: return []
    }
  }

  /// Answers on scales of categories; none for `NA`.
  private func answers(
    _ row: CSVTable.Row, in columns: [String]
  ) throws(Judgement.Misfit) -> [(Judgement, String)] {
    let clip = try clip(row["stimuli"], trial: row["trial_id"])
    let questions = joiner.test.questions
    var judgements: [(Judgement, String)] = []
    for (place, column) in columns.enumerated() {
      let text = row[column].trimmingCharacters(in: .whitespaces)
      if text.isEmpty || text == "NA" { continue }
      // A page of one question is named for it where there are several.
      let named = questions.first { row["trial_id"].hasSuffix($0.name) }
      let question =
        columns.count == 1
        ? named ?? questions.first : place < questions.count ? questions[place] : nil
      guard let question else {
        throw Judgement.Misfit(words: "answers a question that the test has not")
      }
      judgements.append((try joiner.judgement(of: clip, .text(text), question), question.name))
    }
    return judgements
  }

  private func number(
    _ text: String, in range: ClosedRange<Double>
  ) throws(Judgement.Misfit) -> Double {
    guard let value = Double(text.trimmingCharacters(in: .whitespaces)), range.contains(value)
    else {
      throw Judgement.Misfit(
        words: "has a value that is not on the scale, “\(text.prefix(40))”,")
    }
    return value
  }

  /// The stimulus that webMUSHRA names by its key, or by its file; its own reference and anchors are
  /// those of the trial.
  private func clip(_ name: String, trial: String) throws(Judgement.Misfit) -> KeyRow {
    if let kind = KeyRow.Kind(rawValue: name), [.reference, .anchor35, .anchor70].contains(kind) {
      let row = joiner.test.trials[trial]?.stimuli.compactMap { joiner.key[$0] }
        .first { $0.kind == kind }
      return row ?? KeyRow(stimulus: "\(trial) \(name)", clip: trial, kind: kind)
    }
    let file = name.split(separator: "/").last.map(String.init) ?? name
    let stem = file.split(separator: ".").first.map(String.init) ?? file
    guard let row = joiner.key[stem] ?? joiner.key[String(stem.suffix(8))] else {
      throw Judgement.Misfit(
        words: "names a stimulus that the key has not, “\(name.prefix(40))”,")
    }
    return row
  }
}
