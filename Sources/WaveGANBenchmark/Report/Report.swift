import Foundation

/// What a command measured, with all that is needed to measure it again.
struct Report {
  /// A value as JSON has it.
  enum Value: Encodable {
    case whole(Int)
    case number(Double)
    case numbers([Double])
    case text(String)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .whole(let value): try container.encode(value)
      case .number(let value): try container.encode(value)
      case .numbers(let value): try container.encode(value)
      case .text(let value): try container.encode(value)
      }
    }
  }

  /// An option's name without dashes, and what it was.
  typealias Setting = (name: String, value: Value)

  /// The command's name.
  let command: String
  let settings: [Setting]
  let threadCount: Int
  /// The rate of sgemm on as many threads, in GFLOP/s; nil where it says nothing about the work.
  var peak: Double?
  var measurements: [Measurement]
  /// What is told below the measurements.
  var figures: [Figure] = []

  /// The report as one JSON object, keys in alphabetical order.
  func json() throws -> String {
    var object: [String: Value] = [
      "command": .text(command), "processor": .text(Machine.processor),
      "threads": .whole(threadCount), "peak_memory_mib": .number(Machine.peakMemory),
    ]
    for setting in settings { object[setting.name] = setting.value }
    if let peak { object["sgemm_gflops"] = .number(peak) }
    for measurement in measurements {
      let (key, timing) = (measurement.key, measurement.timing)
      let quartiles = timing.quartiles
      object["\(key)_seconds"] = .number(timing.median)
      object["\(key)_seconds_quartiles"] = .numbers([quartiles.lower, quartiles.upper])
      object["\(key)_repeats"] = .whole(timing.seconds.count)
      for figure in measurement.figures { object["\(key)_\(figure.key)"] = .number(figure.value) }
    }
    for figure in figures { object[figure.key] = .number(figure.value) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(object), as: UTF8.self)
  }
}
