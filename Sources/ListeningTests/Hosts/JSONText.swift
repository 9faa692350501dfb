import Foundation
import WaveGAN

/// Values of several kinds for JSON.
enum JSONValue: Encodable {
  case text(String)
  case number(Int)
  case flag(Bool)
  case list([JSONValue])
  case object([String: JSONValue])

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// The value as people read it, with keys in order.
  var written: String {
    get throws {
      String(decoding: try JSONEncoder.forReading.encode(self), as: UTF8.self)
    }
  }
}
