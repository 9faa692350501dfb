import AudioFiles

/// Why a listening test cannot be made, served or scored.
package struct ListeningTestError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of thing went wrong, which decides the program's exit code.
  package enum Code: Sendable, Hashable {
    /// What was asked for contradicts itself, or could answer nothing.
    case refused
    /// A file or folder is not there.
    case notFound
    /// The system refuses to read it.
    case unreadable
    /// A file is not what it should be.
    case malformed
    /// There are too few clips, or they do not suit the design.
    case unusable
    /// Something is where the test should be made, or it cannot be made.
    case cannotCreate
    /// The server cannot serve.
    case cannotServe
  }

  package let code: Code

  /// The option, file or folder.
  package let subject: String

  /// What is wrong and what to do, as the rest of a sentence that begins with the subject.
  package let reason: String

  package init(_ code: Code, _ subject: String, _ reason: String) {
    self.code = code
    self.subject = subject
    self.reason = reason
  }

  /// One sentence on one line, safe to print on a terminal whatever the file's name is, and whatever of
  /// its content the sentence quotes.
  package var description: String {
    let sentence = "\(subject) \(reason)".escapedForDisplay
    return sentence.hasSuffix(".") ? sentence : sentence + "."
  }
}
