import AudioFiles

/// Recordings that cannot become a dataset.
public struct DatasetError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: Sendable, Hashable {
    /// No file can be used.
    case nothingUsable
    /// The file for what does not fit into memory cannot be made or written.
    case cacheFailed
    /// Recordings are not what they were when a run began.
    case changed
  }
  public var code: Code

  /// The file or folder.
  public var subject: String

  /// What is wrong and what to do, as the rest of a sentence that begins with the subject.
  public var reason: String

  public init(_ code: Code, _ subject: String, _ reason: String) {
    self.code = code
    self.subject = subject
    self.reason = reason
  }

  /// One sentence, safe to print on a terminal.
  public var description: String { "\(subject.escapedForDisplay) \(reason)." }
}
