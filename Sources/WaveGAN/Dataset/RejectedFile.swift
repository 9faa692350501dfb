package import AudioFiles

/// A file that cannot be used, or was not asked for, and why.
public struct RejectedFile: Codable, Sendable, Hashable {
  /// Where it is, as found.
  public var path: String

  /// The kind of reason, for programs: an `AudioFileError.Code`, or `same-content` or
  /// `other-label`.
  public var code: String

  /// The rest of a sentence that begins with the path: "holds no samples".
  public var reason: String

  init(path: String, code: String, reason: String) {
    self.path = path
    self.code = code
    self.reason = reason
  }

  package init(_ error: AudioFileError) {
    self.init(path: error.path, code: error.code.rawValue, reason: error.reason)
  }
}
