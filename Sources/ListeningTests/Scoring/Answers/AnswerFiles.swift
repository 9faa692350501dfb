import AudioFiles
import Foundation

/// Finds and reads the files of answers to a test.
package struct AnswerFiles: Sendable {
  private let joiner: AnswerJoiner

  /// The largest file of answers that is read.
  private static let sizeLimit = 64 << 20

  package init(joiner: AnswerJoiner) { self.joiner = joiner }

  /// Reads answers: our own as JSON or CSV, and webMUSHRA's tables.
  ///
  /// A listener whose answers are there twice counts once, and one of two sittings that alone came to
  /// its end counts; a remark of the sheet names the other. Other different answers under one name are
  /// refused, as nobody can tell which count. webMUSHRA's tables complete each other.
  ///
  /// - Parameter paths: files, or folders of them.
  /// - Returns: a sheet for each listener, by listener.
  /// - Throws: ``ListeningTestError`` `.notFound`, `.unreadable` or `.malformed`; `.unusable` where
  ///   there are no answers.
  package func read(_ paths: [String]) throws(ListeningTestError) -> [AnswerSheet] {
    var sheets: [String: AnswerSheet] = [:]
    for path in paths {
      for file in try files(at: path) {
        let text = try BoundedFile.text(at: file, sizeLimit: Self.sizeLimit)
        let isOfWebMUSHRA = CSVRecords.first(of: text).first == WebMUSHRAResults.firstColumn
        let read =
          isOfWebMUSHRA
          ? try WebMUSHRAResults(joiner: joiner).sheets(csv: text, file: file)
          : try ownSheets(text, file: file)
        for sheet in read { try add(sheet, isOfWebMUSHRA: isOfWebMUSHRA, to: &sheets) }
      }
    }
    guard !sheets.isEmpty else {
      throw ListeningTestError(
        .unusable, paths.first ?? "",
        "holds no answers; name files that listeners downloaded, or the folder that collects them")
    }
    return sheets.values.sorted {
      ($0.listener.count, $0.listener) < ($1.listener.count, $1.listener)
    }
  }

  private func files(at path: String) throws(ListeningTestError) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ListeningTestError(.notFound, path, "is not there")
    }
    guard isFolder.boolValue else { return [path] }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw ListeningTestError(.unreadable, path, "cannot be read; see who may read it")
    }
    return names.sorted()
      .filter { !$0.hasPrefix(".") && ($0.hasSuffix(".json") || $0.hasSuffix(".csv")) }
      .map { "\(path)/\($0)" }
  }

  private func ownSheets(
    _ text: String, file: String
  ) throws(ListeningTestError) -> [AnswerSheet] {
    var answers: [ListenerAnswers]
    if text.first(where: { !$0.isWhitespace }) == "{" {
      do {
        answers = [try JSONDecoder().decode(ListenerAnswers.self, from: Data(text.utf8))]
      } catch {
        throw ListeningTestError(
          .malformed, file, "is not a file of answers\(Self.place(of: error)); leave it out")
      }
    } else {
      answers = try ListenerAnswers.read(csv: text, file: file)
    }
    var sheets: [AnswerSheet] = []
    for answers in answers { sheets.append(try joiner.sheet(of: answers, file: file)) }
    return sheets
  }

  /// Where in a file the fault is, as far as the decoder says.
  private static func place(of error: any Error) -> String {
    let path: [any CodingKey]
    switch error {
    case DecodingError.keyNotFound(let key, let context): path = context.codingPath + [key]
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      path = context.codingPath
    default: path = []
    }
    guard !path.isEmpty else { return "" }
    let words = path.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")
    return ": “\(words.prefix(80))” is missing, or not what it should be"
  }

  /// What became of another file of a listener's.
  private static func remark(_ other: AnswerSheet, _ fate: String, _ kept: AnswerSheet) -> String {
    "Of listener \(kept.listener), \(other.file) \(fate) \(kept.file).".escapedForDisplay
  }

  private func add(
    _ sheet: AnswerSheet, isOfWebMUSHRA: Bool, to sheets: inout [String: AnswerSheet]
  ) throws(ListeningTestError) {
    guard var earlier = sheets[sheet.listener] else {
      sheets[sheet.listener] = sheet
      return
    }
    if earlier.hasJudgements(of: sheet) {
      // The table of a page says less than its object.
      if earlier.isFinished != true {
        earlier.isFinished = sheet.isFinished ?? earlier.isFinished
        earlier.passedHeadphoneCheck = earlier.passedHeadphoneCheck ?? sheet.passedHeadphoneCheck
      }
      if let first = earlier.firstAnswered, let again = sheet.firstAnswered, first != again {
        earlier.remarks.append(
          Self.remark(
            sheet, "holds the same answers at another time, and counts once with", earlier))
      }
      sheets[sheet.listener] = earlier
      return
    }
    // Who began anew in another browser counts as who went to the end.
    if let wasFinished = earlier.isFinished, let isFinished = sheet.isFinished,
      wasFinished != isFinished
    {
      var (whole, begun) = isFinished ? (sheet, earlier) : (earlier, sheet)
      whole.remarks =
        earlier.remarks
        + [Self.remark(begun, "did not come to its end, and is left out for", whole)]
      sheets[sheet.listener] = whole
      return
    }
    guard isOfWebMUSHRA, earlier.file != sheet.file else {
      throw ListeningTestError(
        .malformed, sheet.file,
        "has other answers of listener \(sheet.listener.prefix(40)) than \(earlier.file); leave one "
          + "of them out")
    }
    earlier.ratings += sheet.ratings
    earlier.choices += sheet.choices
    earlier.namings += sheet.namings
    earlier.checks += sheet.checks
    earlier.repeats += sheet.repeats
    sheets[sheet.listener] = earlier
  }
}

extension CSVRecords {
  /// The fields of a text's first record.
  fileprivate static func first(of text: String) -> [String] {
    var records = CSVRecords(text)
    return records.next() ?? []
  }
}
