import AudioFiles

/// A setting that cannot be used: which one, why, and what to do.
public struct SettingsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of thing is wrong, which decides the program's exit code.
  public enum Code: Sendable, Hashable {
    /// A settings file that is not there.
    case fileNotFound
    /// A settings file that the system refuses to read.
    case unreadableFile
    /// A settings file that is not one JSON object.
    case malformedFile
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
  /// What kind of thing is wrong.
  public var code: Code

  /// The option with its value, as typed (`--kernel 3`); its name in a settings file; or the file.
  public var subject: String

  /// What is wrong and what to do, without a full stop: for a file, the rest of a sentence that
  /// begins with it; for an option, a sentence after a colon.
  public var reason: String

  /// An error about an option or a settings file.
  public init(_ code: Code, _ subject: String, _ reason: String) {
    self.code = code
    self.subject = subject
    self.reason = reason
  }

  /// One sentence, safe to print on a terminal.
  public var description: String {
    let isAboutFile = [.fileNotFound, .unreadableFile, .malformedFile].contains(code)
    return "\(subject.escapedForDisplay)\(isAboutFile ? "" : ":") \(reason)."
  }
}
