import Foundation
import WaveGAN

extension TrainCommand {
  /// What `train --json` writes.
  struct Report: Encodable {
    /// The folder.
    var run: String
    var id: String
    /// Steps of the run.
    var step: Int
    /// Seconds of training, pauses excluded.
    var seconds: Double
    /// `finished`, `settled` or `interrupted`.
    var outcome: String
    /// The last line of `metrics.jsonl`; nil where there is none yet.
    var metrics: MetricsLine?

    /// The object, with its keys in alphabetical order.
    func json() throws -> String {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}

extension RunFolder {
  /// The last line of `metrics.jsonl`, if there is one.
  var lastMetrics: MetricsLine? {
    guard let text = FileManager.default.contents(atPath: metrics),
      let line = text.split(separator: 0x0A).last
    else { return nil }
    return try? JSONDecoder().decode(MetricsLine.self, from: line)
  }
}
