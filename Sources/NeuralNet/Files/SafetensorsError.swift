/// Why bytes are not a safetensors file that can be read.
package struct SafetensorsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, as the end of the sentence "the file …".
  package let reason: String

  init(_ reason: String) { self.reason = reason }

  package var description: String { "not a usable safetensors file: \(reason)" }
}
