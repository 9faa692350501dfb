package import Foundation

/// The beginning of a safetensors file: what it holds, and where.
///
/// See ``SafetensorsFile`` for the format.
package struct SafetensorsHeader: Sendable, Hashable {
  /// Where one array is.
  package struct Place: Sendable, Hashable {
    /// Lengths of the axes; the last is contiguous.
    package let shape: [Int]

    /// Which of the file's bytes hold the numbers, four for each.
    package let bytes: Range<Int>
  }

  /// The arrays by name; together they fill what follows the header.
  package let tensors: [String: Place]

  /// Strings that go with the tensors.
  package let metadata: [String: String]

  /// The longest header that is read, in bytes: the format's own limit.
  private static let longestHeader = 100_000_000

  /// Reads the header of a file.
  ///
  /// Every length and offset is checked against the file's length before it is used, and the tensors
  /// must fill the file without overlap or gap.
  ///
  /// - Parameters:
  ///   - fileLength: of the whole file, in bytes.
  ///   - read: gives bytes of the file, all of which are there.
  /// - Throws: ``SafetensorsError``.
  package init(
    fileLength: Int, read: (Range<Int>) throws(SafetensorsError) -> Data
  ) throws(SafetensorsError) {
    guard fileLength >= 8 else { throw SafetensorsError("it is shorter than 8 bytes") }
    let jsonLength = try read(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard jsonLength <= min(Self.longestHeader, fileLength - 8) else {
      throw SafetensorsError("its header claims \(jsonLength) bytes, which are not there")
    }
    let start = 8 + Int(jsonLength)
    let entries = try Self.entries(in: read(8..<start))
    var metadata: [String: String] = [:]
    var tensors: [String: Place] = [:]
    for (name, entry) in entries {
      switch entry {
      case .metadata(let strings): metadata = strings
      case .tensor(let type, let shape, let from, let to):
        guard type == "F32" else {
          throw SafetensorsError("\(name) holds \(type), and only F32 is read")
        }
        guard let count = Self.product(of: shape), from >= 0, to >= from, to <= fileLength - start,
          to - from == 4 * count
        else {
          throw SafetensorsError("\(name) with shape \(shape) cannot lie at \(from) ..< \(to)")
        }
        tensors[name] = Place(shape: shape, bytes: start + from..<start + to)
      }
    }
    var end = start
    for range in tensors.values.map(\.bytes).sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }) {
      guard range.lowerBound == end else {
        throw SafetensorsError("its tensors overlap or leave gaps at byte \(end - start)")
      }
      end = range.upperBound
    }
    guard end == fileLength else {
      throw SafetensorsError("\(fileLength - end) bytes at its end belong to no tensor")
    }
    self.tensors = tensors
    self.metadata = metadata
  }

  private static func entries(
    in json: Data
  ) throws(SafetensorsError) -> [String: SafetensorsHeaderEntry] {
    // The decoder also takes UTF-16 and UTF-32, where the format has UTF-8; in those, the
    // characters of JSON have bytes of zero.
    guard !json.contains(0),
      let entries = try? JSONDecoder().decode([String: SafetensorsHeaderEntry].self, from: json)
    else {
      throw SafetensorsError("its header is not the JSON that the format asks for")
    }
    return entries
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
}
