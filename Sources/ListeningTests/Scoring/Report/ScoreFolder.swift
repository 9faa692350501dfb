import AudioFiles
import Foundation
import WaveGAN

/// Writes a score into a folder:
///
///     report.html     the report
///     score.json      the object that `--json` prints
///     *.csv           its figures, and every judgement joined with the key
package struct ScoreFolder: Sendable {
  /// The folder that receives the files.
  package let path: String
  private let overwrites: Bool

  /// Makes the folder, and makes sure that it can be filled, before any work is done for it.
  ///
  /// - Throws: `AudioFileError` `.exists` when one of the files is there and must not be replaced, or
  ///   `.cannotCreate`.
  package init(path: String, overwrites: Bool) throws {
    self.path = path
    self.overwrites = overwrites
    try AtomicFile.makeFolder(path)
    AtomicFile.removeAbandoned(in: path)
    if !overwrites {
      try AtomicFile.checkNothingIs(
        at: (["report.html", "score.json"] + ScoreTables.fileNames).map { "\(path)/\($0)" })
    }
  }

  /// Fills the folder. Tables of an earlier score that this one has not are removed.
  ///
  /// - Throws: `AudioFileError`.
  package func write(_ score: ListeningTestScore, sheets: [AnswerSheet]) throws {
    try write(ScorePage(score).html, to: "report.html")
    try AtomicFile.writeJSON(score, to: "\(path)/score.json", overwrites: overwrites)
    let tables = ScoreTables(score, sheets: sheets).files
    for table in tables { try write(table.text, to: table.name) }
    for name in ScoreTables.fileNames where !tables.contains(where: { $0.name == name }) {
      try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }
  }

  private func write(_ text: String, to name: String) throws {
    try AtomicFile.write(Array(text.utf8), to: "\(path)/\(name)", overwrites: overwrites)
  }
}
