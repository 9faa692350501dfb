package import Foundation

/// An open safetensors file, whose numbers stay on the disk until they are asked for.
///
/// It goes on to read the same file when another takes its name.
package struct SafetensorsReader {
  /// What the file holds.
  package let header: SafetensorsHeader

  private let handle: FileHandle

  /// Reads a file's header; see ``SafetensorsHeader`` for what is checked.
  ///
  /// - Throws: ``SafetensorsError``.
  package init(_ handle: FileHandle) throws(SafetensorsError) {
    guard let length = try? handle.seekToEnd() else { throw Self.unreadable }
    header = try SafetensorsHeader(fileLength: Int(length)) { range throws(SafetensorsError) in
      try Self.bytes(range, of: handle)
    }
    self.handle = handle
  }

  /// Reads some numbers of a tensor.
  ///
  /// - Parameters:
  ///   - place: the tensor's, from ``header``.
  ///   - range: which of its numbers; all if nothing is said.
  /// - Throws: ``SafetensorsError`` when the file has become shorter or cannot be read.
  /// - Precondition: the tensor has so many numbers; checked in every build.
  package func numbers(
    of place: SafetensorsHeader.Place, _ range: Range<Int>? = nil
  ) throws(SafetensorsError) -> [Float] {
    let count = place.bytes.count / 4
    let range = range ?? 0..<count
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count, "\(range) is not in \(count) numbers")
    let start = place.bytes.lowerBound
    let bytes = start + 4 * range.lowerBound..<start + 4 * range.upperBound
    return SafetensorsFile.numbers(in: try Self.bytes(bytes, of: handle))
  }

  private static func bytes(
    _ range: Range<Int>, of handle: FileHandle
  ) throws(SafetensorsError) -> Data {
    guard !range.isEmpty else { return Data() }
    guard (try? handle.seek(toOffset: UInt64(range.lowerBound))) != nil,
      let bytes = try? handle.read(upToCount: range.count), bytes.count == range.count
    else { throw unreadable }
    return bytes
  }

  private static var unreadable: SafetensorsError {
    SafetensorsError("it cannot be read to its end")
  }
}
