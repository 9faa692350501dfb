import Foundation

extension Encodable {
  /// The value as the object that `--json` prints: on several lines, with keys in alphabetical order.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  func reportJSON() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
