/// An amount of memory, written as people write it: `512M`, `2G`, `1.5 GB`, or a number of bytes.
public struct ByteCount: Sendable, Hashable, CustomStringConvertible {
  /// Bytes, 0 or more.
  public var bytes: Int

  /// So many bytes, 0 or more.
  public init(bytes: Int) { self.bytes = bytes }

  private static let units: [(letter: Character, size: Int)] = [
    ("T", 1 << 40), ("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10),
  ]

  /// Reads a number and a unit: none or `B` for bytes; `K`, `M`, `G` or `T`, alone or followed by
  /// `B` or `iB`, for powers of 1,024. Capitals do not matter.
  ///
  /// - Returns: nil when `text` is not such an amount, is negative, or does not fit an `Int`.
  public init?(_ text: String) {
    let compact = text.uppercased().filter { $0 != " " }
    let digits = compact.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    var unit = compact.dropFirst(digits.count)
    var size = 1
    if let known = Self.units.first(where: { $0.letter == unit.first }) {
      size = known.size
      unit = unit.dropFirst()
      if unit == "IB" { unit = "B" }
    }
    guard unit.isEmpty || unit == "B", let number = Double(digits) else { return nil }
    let total = number * Double(size)
    guard total.isFinite, total >= 0, total < 0x1p62 else { return nil }
    bytes = Int(total)
  }

  /// The amount in the largest unit that it fills, with one decimal at most: `1.5 GiB`.
  public var description: String {
    guard let unit = Self.units.first(where: { bytes >= $0.size }) else { return "\(bytes) bytes" }
    let tenths = Int((Double(bytes) / Double(unit.size) * 10).rounded())
    return tenths % 10 == 0
      ? "\(tenths / 10) \(unit.letter)iB" : "\(tenths / 10).\(tenths % 10) \(unit.letter)iB"
  }
}

/// In JSON: a number of bytes, or the text that ``init(_:)`` reads.
extension ByteCount: Decodable {
  /// - Throws: `DecodingError` for anything else.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let bytes = try? container.decode(Int.self), bytes >= 0 {
      self.init(bytes: bytes)
    } else if let amount = ByteCount(try container.decode(String.self)) {
      self = amount
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not an amount of memory")
    }
  }
}
