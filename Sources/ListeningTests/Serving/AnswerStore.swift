import AudioFiles
package import Foundation

/// Keeps what listeners hand in, in `answers/`: a file for each sitting, whole or not at all.
///
/// The first sitting of listener 17 is kept as `17.json`. It is replaced when the same sitting hands
/// in more. Another sitting under that number, in another browser for instance, replaces nothing: it
/// becomes `17-2.json`.
package actor AnswerStore {
  private let folder: String
  private let test: TestDescription
  private var lastListener = 0

  /// The most bytes that a sitting can have; 2,000 judgements have about 500,000.
  package static let sizeLimit = 4 << 20

  /// How many sittings one number can have.
  private static let sittingLimit = 50

  /// Makes the folder unless it is there, and removes what an interrupted program may have left.
  ///
  /// - Throws: `AudioFileError` `.cannotCreate`; ``ListeningTestError`` `.cannotCreate` for a folder that
  ///   cannot be written to.
  package init(folder: TestFolder, test: TestDescription) throws {
    self.folder = folder.answers
    self.test = test
    try AtomicFile.makeFolder(folder.answers)
    // Before listeners have answered in vain.
    guard access(folder.answers, R_OK | W_OK | X_OK) == 0 else {
      throw ListeningTestError(
        .cannotCreate, folder.answers, "cannot be written to; see who may write there")
    }
    AtomicFile.removeAbandoned(in: folder.answers)
  }

  /// Why answers are not kept.
  package enum Refusal: Error, Sendable, Hashable {
    /// They are not answers of this listener to this test.
    case malformed
    /// They tell less than those that are kept.
    case older
    /// The listener's number has too many sittings.
    case tooMany
  }

  /// What was kept.
  package struct Kept: Sendable, Hashable {
    /// The name of the file.
    package var name: String
    package var answers: ListenerAnswers
    /// Whether the sitting was not known before.
    package var isNew: Bool
    /// Whether the sitting has come to its end just now.
    package var hasEnded: Bool
  }

  /// Keeps the text of a listener's answers as it came.
  ///
  /// - Throws: ``Refusal``; `AudioFileError` when the file cannot be written.
  package func keep(_ text: Data, ofListener listener: Int) throws -> Kept {
    guard text.count <= Self.sizeLimit, let answers = decoded(text),
      fits(answers, listener: listener)
    else { throw Refusal.malformed }
    // It may have been moved away since, with what a trial left in it.
    try AtomicFile.makeFolder(folder)
    for sitting in 1...Self.sittingLimit {
      let name = sitting == 1 ? "\(listener).json" : "\(listener)-\(sitting).json"
      let path = "\(folder)/\(name)"
      guard FileManager.default.fileExists(atPath: path) else {
        try AtomicFile.write([UInt8](text), to: path, overwrites: false)
        return Kept(name: name, answers: answers, isNew: true, hasEnded: answers.ended != nil)
      }
      guard let known = earlier(at: path), known.began == answers.began,
        known.agent == answers.agent
      else { continue }
      guard known.answers.count <= answers.answers.count,
        known.ended == nil || answers.ended != nil
      else { throw Refusal.older }
      try AtomicFile.write([UInt8](text), to: path, overwrites: true)
      return Kept(
        name: name, answers: answers, isNew: false,
        hasEnded: known.ended == nil && answers.ended != nil)
    }
    throw Refusal.tooMany
  }

  /// The lowest number that nobody has used, and that this did not give before.
  package func nextListener() -> Int {
    repeat {
      lastListener += 1
    } while FileManager.default.fileExists(
      atPath: "\(folder)/\(lastListener).json")
    return lastListener
  }

  private func earlier(at path: String) -> ListenerAnswers? {
    (try? BoundedFile.bytes(at: path, sizeLimit: Self.sizeLimit)).flatMap(decoded)
  }

  private func decoded(_ text: Data) -> ListenerAnswers? {
    try? JSONDecoder().decode(ListenerAnswers.self, from: text)
  }

  /// Whether answers are a listener's to this test, and about nothing that is not in it.
  private func fits(_ answers: ListenerAnswers, listener: Int) -> Bool {
    answers.format == 1 && answers.test == test.test && answers.listener == String(listener)
      && answers.order == test.order(ofListener: listener)
      && answers.answers.allSatisfy { answer in
        test.trials[answer.trial] != nil
          && answer.stimulus.map { test.stimuli[$0] != nil } ?? true
      }
  }
}
