package import AudioFiles
package import Foundation

extension JSONEncoder {
  /// Writes JSON whose bytes depend on the value alone.
  package static var forFiles: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  /// The same, laid out for people.
  package static var forReading: JSONEncoder {
    let encoder = forFiles
    encoder.outputFormatting.insert(.prettyPrinted)
    return encoder
  }
}

extension AtomicFile {
  /// Writes a value as JSON, whole or not at all.
  package static func writeJSON(_ value: some Encodable, to path: String, overwrites: Bool) throws {
    let bytes = try JSONEncoder.forReading.encode(value) + [0x0A]
    try write(Array(bytes), to: path, overwrites: overwrites)
  }
}
