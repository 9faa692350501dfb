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

  /// The longest header that is read, in bytes: the format's own limit.
  private static let longestHeader = 100_000_000

  // MARK: Reading

  /// Reads a file's bytes.
  ///
  /// Every length and offset is checked against the bytes that are there before it is used, and the
  /// tensors must fill the file without overlap or gap.
  ///
  /// - Throws: ``SafetensorsError``.
  package init(_ bytes: Data) throws(SafetensorsError) {
    guard bytes.count >= 8 else { throw SafetensorsError("it is shorter than 8 bytes") }
    let headerLength = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard headerLength <= min(Self.longestHeader, bytes.count - 8) else {
      throw SafetensorsError("its header claims \(headerLength) bytes, which are not there")
    }
    let body = bytes.dropFirst(8 + Int(headerLength))
    let json = bytes.dropFirst(8).prefix(Int(headerLength))
    let header: [String: HeaderEntry]
    do {
      // The decoder also takes UTF-16 and UTF-32, where the format has UTF-8; in those, the
      // characters of JSON have bytes of zero.
      guard !json.contains(0) else { throw SafetensorsError("its header is not UTF-8") }
      header = try JSONDecoder().decode([String: HeaderEntry].self, from: json)
    } catch {
      throw SafetensorsError("its header is not the JSON that the format asks for")
    }

    tensors = [:]
    metadata = [:]
    var ranges: [Range<Int>] = []
    for (name, entry) in header {
      switch entry {
      case .metadata(let strings): metadata = strings
      case .tensor(let type, let shape, let from, let to):
        guard type == "F32" else {
          throw SafetensorsError("\(name) holds \(type), and only F32 is read")
        }
        guard let count = Self.product(of: shape), from >= 0, to >= from, to <= body.count,
          to - from == 4 * count
        else {
          throw SafetensorsError("\(name) with shape \(shape) cannot lie at \(from) ..< \(to)")
        }
        ranges.append(from..<to)
        tensors[name] = Entry(
          shape: shape, numbers: Self.numbers(in: body.dropFirst(from).prefix(to - from)))
      }
    }
    var end = 0
    for range in ranges.sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }) {
      guard range.lowerBound == end else {
        throw SafetensorsError("its tensors overlap or leave gaps at byte \(end)")
      }
      end = range.upperBound
    }
    guard end == body.count else {
      throw SafetensorsError("\(body.count - end) bytes at its end belong to no tensor")
    }
  }

  /// The product of a shape's axes, unless it is negative or too large for any file.
  private static func product(of shape: [Int]) -> Int? {
    var product = 1
    for length in shape {
      let (next, overflows) = product.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflows, next <= Int.max / 8 else { return nil }
      product = next
    }
    return product
  }

  private static func numbers(in bytes: Data) -> [Float] {
    bytes.withUnsafeBytes { raw in
      (0..<raw.count / 4).map {
        Float(
          bitPattern: UInt32(
            littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
      }
    }
  }

  // MARK: Writing

  /// The file, piece by piece: the header, then each tensor.
  ///
  /// - Parameter receive: takes the pieces in their order.
  package func write(to receive: (Data) throws -> Void) throws {
    try receive(Self.head(shapes: tensors.mapValues(\.shape), metadata: metadata))
    for (_, entry) in tensors.sorted(by: { $0.key < $1.key }) {
      try receive(Self.bytes(of: entry.numbers))
    }
  }

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
    var header: [String: HeaderEntry] = [:]
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
    numbers.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
  }

  /// The whole file.
  package func encoded() throws -> Data {
    var bytes = Data()
    try write { bytes.append($0) }
    return bytes
  }
}

/// One member of the header's object.
private enum HeaderEntry: Codable {
  case tensor(type: String, shape: [Int], from: Int, to: Int)
  case metadata([String: String])

  private enum CodingKeys: String, CodingKey {
    case type = "dtype"
    case shape
    case offsets = "data_offsets"
  }

  init(from decoder: any Decoder) throws {
    if decoder.codingPath.last?.stringValue == "__metadata__" {
      self = .metadata(try [String: String](from: decoder))
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let offsets = try container.decode([Int].self, forKey: .offsets)
    guard offsets.count == 2 else {
      throw DecodingError.dataCorruptedError(
        forKey: .offsets, in: container, debugDescription: "two offsets are needed")
    }
    self = .tensor(
      type: try container.decode(String.self, forKey: .type),
      shape: try container.decode([Int].self, forKey: .shape), from: offsets[0], to: offsets[1])
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .metadata(let strings):
      try strings.encode(to: encoder)
    case .tensor(let type, let shape, let from, let to):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(type, forKey: .type)
      try container.encode(shape, forKey: .shape)
      try container.encode([from, to], forKey: .offsets)
    }
  }
}
