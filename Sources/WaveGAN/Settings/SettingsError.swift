import AudioFiles

/// A setting that cannot be used: which one, why, and what to do.
public struct SettingsError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: Sendable, Hashable {
    /// A settings file that is not there.
    case fileNotFound
    /// A settings file that cannot be read, or is not one JSON object.
    case unreadableFile
    /// A name in a settings file that no option has.
    case unknownName
    /// A value of another type than the option's.
    case wrongType
    /// A value outside its range.
    case outOfRange
    /// Two values that exclude each other.
    case conflict
    /// A label that no file has.
    case unknownLabel
  }
  public var code: Code

  /// The option with its value, as typed (`--kernel 3`), or the file.
  public var subject: String

  /// What is wrong and what to do, without a full stop.
  public var reason: String

  public init(_ code: Code, _ subject: String, _ reason: String) {
    self.code = code
    self.subject = subject
    self.reason = reason
  }

  /// One sentence, safe to print on a terminal.
  public var description: String { "\(subject.escapedForDisplay): \(reason)." }
}
