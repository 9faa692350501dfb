/// Why a file or folder of recordings cannot be used, or a file cannot be written.
///
/// The same value reports the failure of a command (its ``description`` is the message) and the
/// reason for which one file of many is left out while the rest goes on.
public struct AudioFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of thing went wrong.
  public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing is at the path.
    case notFound
    /// The system refuses to open or read it.
    case unreadable
    /// A folder, FIFO, device or socket where a file is wanted.
    case notRegularFile
    /// Its name is not valid UTF-8.
    case badName
    /// It was reached before, under another name.
    case duplicate
    /// Its content, or its name, says that it is not sound.
    case notAudio
    /// Sound, in a form that is not read or written here.
    case unsupported
    /// It says that it is sound, but contradicts itself.
    case damaged
    /// It holds no frames.
    case empty
    /// A sample is infinite or not a number.
    case notFinite
    /// Nothing in it is loud enough to hear.
    case silent
    /// A file that must not be overwritten is there.
    case exists
    /// The system refuses to make the file.
    case cannotCreate
    /// Writing began and failed.
    case writeFailed
  }

  public let code: Code

  /// The path as given, not escaped.
  public let path: String

  /// What is wrong and what to do, as the rest of a sentence that begins with the path:
  /// “holds no samples”.
  public let reason: String

  public init(_ code: Code, path: String, reason: String) {
    self.code = code
    self.path = path
    self.reason = reason
  }

  /// One sentence on one line, safe to print on a terminal whatever the file's name is.
  public var description: String {
    let sentence = "\(path.escapedForDisplay) \(reason)"
    return sentence.hasSuffix(".") ? sentence : sentence + "."
  }
}
