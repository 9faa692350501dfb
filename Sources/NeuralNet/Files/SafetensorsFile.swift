package import Foundation

/// Named arrays of 32-bit numbers with a shape, in the safetensors format.
///
///     8 bytes, little-endian: length N of the header
///     N bytes of JSON: {"name": {"dtype": "F32", "shape": […], "data_offsets": [from, to]}, …,
///                       "__metadata__": {"key": "value"}}
///     the numbers, little-endian, without gaps
///
/// Written files list their tensors by name, so equal contents are equal bytes. Of files by others,
/// tensors of another type than F32 are refused.
///
/// All numbers are in memory. A large file is written in pieces, `head(shapes:metadata:length:)`
/// and then `bytes(of:)` of some numbers after others, and read with ``SafetensorsReader``.
///
/// Source: the format's description in github.com/huggingface/safetensors.
package struct SafetensorsFile: Sendable, Hashable {
  /// One array.
  package struct Entry: Sendable, Hashable {
    /// Lengths of the axes; the last is contiguous.
    package var shape: [Int]
    package var numbers: [Float]

    /// - Precondition: `numbers` has as many elements as the shape says; checked in every build.
    package init(shape: [Int], numbers: [Float]) {
      precondition(shape.reduce(1, *) == numbers.count, "\(numbers.count) numbers are not \(shape)")
      self.shape = shape
      self.numbers = numbers
    }
  }

  package var tensors: [String: Entry]

  /// Strings that go with the tensors.
  package var metadata: [String: String]

  package init(tensors: [String: Entry] = [:], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  // MARK: Reading

  /// Reads a file's bytes; see ``SafetensorsHeader`` for what is checked.
  ///
  /// - Throws: ``SafetensorsError``.
  package init(_ bytes: Data) throws(SafetensorsError) {
    func part(_ range: Range<Int>) -> Data {
      bytes.dropFirst(range.lowerBound).prefix(range.count)
    }
    let header = try SafetensorsHeader(fileLength: bytes.count, read: part)
    metadata = header.metadata
    tensors = header.tensors.mapValues {
      Entry(shape: $0.shape, numbers: Self.numbers(in: part($0.bytes)))
    }
  }

  /// Numbers from the bytes that hold them in a file.
  static func numbers(in bytes: Data) -> [Float] {
    bytes.withUnsafeBytes { raw in
      (0..<raw.count / 4).map {
        Float(
          bitPattern: UInt32(
            littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
      }
    }
  }

  // MARK: Writing

  /// The beginning of a file, with its header; the numbers of its tensors follow, by name.
  ///
  /// - Parameters:
  ///   - shapes: of each tensor, by name.
  ///   - metadata: strings that go with the tensors.
  ///   - length: how many bytes to make it at least, by spaces after the header: for a file whose
  ///     shapes become smaller after it was begun.
  package static func head(
    shapes: [String: [Int]], metadata: [String: String], length: Int = 0
  ) throws -> Data {
    var header: [String: SafetensorsHeaderEntry] = [:]
    if !metadata.isEmpty { header["__metadata__"] = .metadata(metadata) }
    var offset = 0
    for (name, shape) in shapes.sorted(by: { $0.key < $1.key }) {
      let end = offset + 4 * shape.reduce(1, *)
      header[name] = .tensor(type: "F32", shape: shape, from: offset, to: end)
      offset = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var json = try encoder.encode(header)
    // Spaces after the header put the numbers on a multiple of 8 bytes.
    let filled = max(length - 8, (json.count + 7) / 8 * 8)
    json.append(contentsOf: [UInt8](repeating: 0x20, count: filled - json.count))
    return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) } + json
  }

  /// Numbers as a file holds them.
  package static func bytes(of numbers: [Float]) -> Data {
    // A closure: a key path of two steps would be followed number by number.
    numbers.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Data($0) }
  }

  /// The whole file.
  package func encoded() throws -> Data {
    var bytes = try Self.head(shapes: tensors.mapValues(\.shape), metadata: metadata)
    for (_, entry) in tensors.sorted(by: { $0.key < $1.key }) {
      bytes.append(Self.bytes(of: entry.numbers))
    }
    return bytes
  }
}
