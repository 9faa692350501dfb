import Foundation

/// The folder of a listening test: what is where.
package struct TestFolder: Sendable, Hashable {
  /// The folder itself.
  package let path: String

  package init(_ path: String) { self.path = path }

  /// What listeners get: `index.html`, `test.json` and `audio/`.
  package var listener: String { "\(path)/listener" }
  /// ``TestDescription``.
  package var description: String { "\(listener)/test.json" }
  /// ``TestKey``.
  package var key: String { "\(path)/key.csv" }
  /// How the test was made.
  package var manifest: String { "\(path)/manifest.json" }
  /// ``ListenerAnswers``, a file for each listener.
  package var answers: String { "\(path)/answers" }
  /// Folders for other programs.
  package var hosts: String { "\(path)/hosts" }
  /// The texts that can be edited.
  package var texts: String { "\(path)/texts" }

  /// The largest description that is read: a test that embeds its audio has that in its page alone.
  private static let sizeLimit = 256 << 20

  /// Reads the description of the test.
  ///
  /// - Throws: ``ListeningTestError`` `.notFound`, `.unreadable` or `.malformed`.
  package func readDescription() throws(ListeningTestError) -> TestDescription {
    let data = try BoundedFile.bytes(at: description, sizeLimit: Self.sizeLimit)
    guard let test = try? JSONDecoder().decode(TestDescription.self, from: data), test.format == 1
    else {
      throw ListeningTestError(
        .malformed, description,
        "is not the description of a listening test that this version can read; export it again")
    }
    return test
  }

  /// Reads what the stimuli really are.
  ///
  /// - Throws: ``ListeningTestError`` `.notFound`, `.unreadable` or `.malformed`.
  package func readKey() throws(ListeningTestError) -> TestKey { try TestKey(ofFile: key) }
}
