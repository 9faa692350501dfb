/// Why a picture could not be made.
public struct PictureError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Code: Sendable, Hashable {
    /// Cairo could not draw or encode; in practice there was not enough memory.
    case drawingFailed
  }

  /// What kind of failure it is.
  public let code: Code
  /// The picture's title.
  public let subject: String
  /// Cairo's own words.
  public let reason: String

  /// One sentence on one line that begins with the title.
  public var description: String {
    "\(PictureText.oneLine(subject)) cannot be drawn: \(reason); draw fewer or shorter clips at a time."
  }
}
