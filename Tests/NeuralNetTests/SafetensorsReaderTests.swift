import Foundation
import NeuralNet
import TestSupport
import Testing

@Suite("Safetensors files on the disk")
struct SafetensorsReaderTests {
  private let folder: TemporaryFolder
  private let path: String
  private let file = SafetensorsFile(
    tensors: [
      "a": .init(shape: [], numbers: [3]), "empty": .init(shape: [0, 4], numbers: []),
      "w": .init(shape: [2, 3], numbers: [1, -2.5, .infinity, 4, -0.0, 6]),
    ],
    metadata: ["step": "12"])

  init() throws {
    folder = try TemporaryFolder()
    path = try folder.write(Array(file.encoded()), to: "numbers.safetensors")
  }

  private func open() throws -> SafetensorsReader {
    try SafetensorsReader(#require(FileHandle(forReadingAtPath: path)))
  }

  @Test("It has the tensors and metadata that were written")
  func whole() throws {
    let reader = try open()
    #expect(reader.header.metadata == file.metadata)
    #expect(reader.header.tensors.mapValues(\.shape) == file.tensors.mapValues(\.shape))
    for (name, place) in reader.header.tensors {
      #expect(try reader.numbers(of: place) == file.tensors[name]?.numbers)
    }
  }

  @Test("Some numbers of a tensor are read in any order")
  func parts() throws {
    let reader = try open()
    let place = try #require(reader.header.tensors["w"])
    let numbers = try #require(file.tensors["w"]?.numbers)
    for range in [3..<6, 0..<2, 2..<3, 6..<6, 0..<6] {
      #expect(try reader.numbers(of: place, range) == Array(numbers[range]))
    }
  }

  @Test("A file that is not what it says is refused", arguments: SafetensorsTests.lies)
  func lie(_ lie: SafetensorsTests.Lie) throws {
    try lie.bytes.write(to: URL(filePath: path))
    #expect(throws: SafetensorsError.self) { try open() }
  }

  @Test("It is the file that was opened, also when another has its name")
  func replaced() throws {
    let reader = try open()
    try SafetensorsFile().encoded().write(to: URL(filePath: path), options: .atomic)
    let place = try #require(reader.header.tensors["w"])
    #expect(try reader.numbers(of: place) == file.tensors["w"]?.numbers)
  }

  @Test("A file that has become shorter gives an error, not numbers")
  func shortened() throws {
    let reader = try open()
    let place = try #require(reader.header.tensors["w"])
    #expect(truncate(path, off_t(place.bytes.upperBound - 1)) == 0)
    #expect(try reader.numbers(of: place, 0..<5) == [1, -2.5, .infinity, 4, -0.0])
    #expect(throws: SafetensorsError.self) { try reader.numbers(of: place) }
  }
}
