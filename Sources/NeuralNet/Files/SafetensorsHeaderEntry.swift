import Foundation

/// One member of the object that is a safetensors file's header.
enum SafetensorsHeaderEntry: Codable {
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
