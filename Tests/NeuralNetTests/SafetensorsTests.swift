import Foundation
import NeuralNet
import Testing

@Suite("Safetensors files")
struct SafetensorsTests {
  private let example = SafetensorsFile(
    tensors: [
      "b": .init(
        shape: [2, 2], numbers: [1, -2.5, .leastNonzeroMagnitude, .greatestFiniteMagnitude]),
      "a": .init(shape: [], numbers: [3]), "empty": .init(shape: [0, 4], numbers: []),
      "ä\"\\\n": .init(shape: [1], numbers: [-0.0]),
    ],
    metadata: ["step": "12", "note": "{\"x\": \"ü\"}"])

  @Test("What is written is read back, and written again as the same bytes")
  func roundTrip() throws {
    let bytes = try example.encoded()
    let read = try SafetensorsFile(bytes)
    #expect(read == example)
    #expect(try read.encoded() == bytes)
    // Also from bytes that do not begin at index 0.
    #expect(try SafetensorsFile((Data([9]) + bytes).dropFirst()) == example)
  }

  @Test("The file of one tensor, byte for byte")
  func byHand() throws {
    let file = SafetensorsFile(tensors: ["w": .init(shape: [2], numbers: [1, -2])])
    let header = #"{"w":{"data_offsets":[0,8],"dtype":"F32","shape":[2]}}"#
    // 54 bytes of JSON and 2 spaces; 1 is 3F800000 and −2 is C0000000.
    #expect(
      try file.encoded() == Data([56, 0, 0, 0, 0, 0, 0, 0]) + Data(header.utf8) + Data("  ".utf8)
        + Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]))
  }

  @Test("A file without tensors")
  func empty() throws {
    let file = SafetensorsFile()
    #expect(try SafetensorsFile(file.encoded()) == file)
  }

  /// A file that is not what it says.
  struct Lie: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: Data

    /// A header before as many bytes of numbers.
    init(_ name: String, _ header: String, body: Int) {
      self.init(name, Data(header.utf8), body: body)
    }

    init(_ name: String, _ header: Data, body: Int) {
      self.init(name, length: UInt64(header.count), rest: header + Data(count: body))
    }

    init(_ name: String, length: UInt64, rest: Data) {
      testDescription = name
      bytes = withUnsafeBytes(of: length.littleEndian) { Data($0) } + rest
    }
  }

  private static func entry(_ name: String, shape: String, _ from: String, _ to: String) -> String {
    #""\#(name)":{"dtype":"F32","shape":\#(shape),"data_offsets":[\#(from),\#(to)]}"#
  }

  private static func lie(_ name: String, shape: String, _ from: String, _ to: String, body: Int)
    -> Lie
  {
    Lie(name, "{\(entry("w", shape: shape, from, to))}", body: body)
  }

  static let lies: [Lie] = [
    Lie("header of 2⁶³ bytes", length: 1 << 63, rest: Data("{}".utf8)),
    Lie("header of 2⁶⁴ − 1 bytes", length: .max, rest: Data("{}".utf8)),
    Lie("header one byte longer than the file", length: 3, rest: Data("{}".utf8)),
    Lie("header of no bytes", length: 0, rest: Data()),
    Lie("header that is no JSON", "nonsense", body: 0),
    Lie("header that is an array", "[1, 2]", body: 0),
    Lie("header cut short", #"{"w":{"dtype":"F32""#, body: 0),
    Lie(
      "header that is not UTF-8", Data([0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D]), body: 0),
    Lie(
      "header in UTF-16", Data("{}".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }), body: 0),
    Lie(
      "header nested 100,000 deep",
      #"{"w":"# + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        + "}",
      body: 0),
    Lie(
      "objects nested 100,000 deep",
      String(repeating: #"{"w":"#, count: 100_000) + "1" + String(repeating: "}", count: 100_000),
      body: 0),
    Lie("tensor that is a number", #"{"w":1}"#, body: 0),
    Lie("tensor without a type", #"{"w":{"shape":[1],"data_offsets":[0,4]}}"#, body: 4),
    Lie(
      "tensor of another type", #"{"w":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#, body: 4),
    Lie("metadata that are no strings", #"{"__metadata__":{"a":1}}"#, body: 0),
    Lie("one offset", #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, body: 4),
    Lie("three offsets", #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}"#, body: 4),
    lie("body cut short", shape: "[2]", "0", "8", body: 7),
    lie("bytes left over", shape: "[2]", "0", "8", body: 9),
    lie("negative offsets", shape: "[1]", "-4", "0", body: 4),
    lie("offsets in the wrong order", shape: "[1]", "4", "0", body: 4),
    lie("offsets beyond 64 bits", shape: "[1]", "0", "18446744073709551620", body: 4),
    lie("offsets that are no whole numbers", shape: "[1]", "0.5", "4.5", body: 4),
    lie("an end near 2⁶³", shape: "[1]", "9223372036854775800", "9223372036854775804", body: 4),
    lie("a gap at the beginning", shape: "[1]", "4", "8", body: 8),
    lie("shape larger than its bytes", shape: "[3]", "0", "8", body: 8),
    lie("shape smaller than its bytes", shape: "[1]", "0", "8", body: 8),
    lie("shape of 2⁶⁰ numbers", shape: "[1152921504606846976]", "0", "4", body: 4),
    lie("shape whose product is 2⁶⁴ + 1", shape: "[274177, 67280421310721]", "0", "4", body: 4),
    lie("shape whose bytes are 2⁶⁴", shape: "[2147483648, 2147483648]", "0", "0", body: 0),
    lie("negative shape", shape: "[-1]", "0", "4", body: 4),
    lie("negative shape with a positive product", shape: "[-1, -1]", "0", "4", body: 4),
    Lie(
      "tensors that overlap",
      "{\(entry("v", shape: "[2]", "0", "8")),\(entry("w", shape: "[2]", "4", "12"))}", body: 12),
    Lie(
      "two tensors at one place",
      "{\(entry("v", shape: "[1]", "0", "4")),\(entry("w", shape: "[1]", "0", "4"))}", body: 4),
    Lie(
      "a gap between tensors",
      "{\(entry("v", shape: "[1]", "0", "4")),\(entry("w", shape: "[1]", "8", "12"))}", body: 12),
    Lie(
      "one name for two tensors",
      "{\(entry("w", shape: "[1]", "0", "4")),\(entry("w", shape: "[1]", "4", "8"))}", body: 8),
  ]

  // None of these claims may be believed: memory for them could not even be had.
  @Test("A file that is not what it says is refused", arguments: lies)
  func lie(_ lie: Lie) {
    #expect(throws: SafetensorsError.self) { try SafetensorsFile(lie.bytes) }
  }

  @Test("Every beginning of a file is refused")
  func beginnings() throws {
    let bytes = try example.encoded()
    for length in 0..<bytes.count {
      #expect(throws: SafetensorsError.self) { try SafetensorsFile(bytes.prefix(length)) }
    }
  }

  @Test("A file with one wrong byte is read or refused, but never believed beyond its size")
  func wrongBytes() throws {
    let bytes = try example.encoded()
    for place in bytes.indices {
      for value: UInt8 in [0, 0x22, 0x2D, 0x39, 0x7B, 0xFF] {
        var damaged = bytes
        damaged[place] = value
        guard let file = try? SafetensorsFile(damaged) else { continue }
        #expect(file.tensors.values.reduce(0) { $0 + 4 * $1.numbers.count } < bytes.count)
      }
    }
  }
}
