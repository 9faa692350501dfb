/// Why a picture could not be made.
public struct PictureError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Code: Sendable, Hashable {
    /// Cairo could not draw or encode; in practice there was not enough memory.
    case drawingFailed
  }

  public let code: Code
  /// The picture's title.
  public let subject: String
  /// Cairo's own words.
  public let reason: String

  public var description: String {
    "The picture “\(subject)” could not be drawn (\(reason)); draw fewer or shorter clips at a time."
  }
}
