import AudioFiles

/// Why a run cannot be started, read or continued.
public struct RunError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of thing went wrong, which decides the program's exit code.
  public enum Code: Sendable, Hashable {
    /// There is no such run or checkpoint.
    case notFound
    /// There is something already where a run should be made.
    case exists
    /// The folder of a run cannot be made.
    case cannotCreate
    /// A file of the run is damaged, or of another kind of run.
    case unusable
    /// A file of the run cannot be written.
    case cannotWrite
    /// Another program is training this run.
    case busy
    /// Training cannot go on: its numbers overflowed, or its output collapsed, again and again.
    case diverged
  }

  public let code: Code

  /// The file or folder.
  public let subject: String

  /// What is wrong and what to do, as the rest of a sentence that begins with the subject.
  public let reason: String

  init(_ code: Code, _ subject: String, _ reason: String) {
    self.code = code
    self.subject = subject
    self.reason = reason
  }

  /// One sentence on one line, safe to print on a terminal whatever the file's name is.
  public var description: String { "\(subject.escapedForDisplay) \(reason)." }
}
