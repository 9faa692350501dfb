import Foundation
import WaveGAN

extension KeyRow {
  /// The columns of the table, in order.
  package static let columns = [
    "stimulus", "condition", "clip", "kind", "label", "twin", "source", "run", "checkpoint", "step",
    "seed", "index", "average", "spread", "file", "gain-db", "loudness", "loudness-method",
    "true-peak-db", "sha256", "expected",
  ]

  /// The row as a line of the table.
  var csvLine: String {
    func text(_ value: (some CustomStringConvertible)?) -> String {
      value.map { "\($0)" } ?? ""
    }
    func fixed(_ value: Double?) -> String { value.map { String(format: "%.2f", $0) } ?? "" }
    var fields = [stimulus, condition, clip, kind.rawValue, label, twin, source, run, checkpoint]
    fields += [text(step), text(seed), text(index), text(average), text(spread), file]
    fields += [fixed(gainDecibels), fixed(loudness), loudnessMethod, fixed(truePeakDecibels)]
    fields += [sha256, expected]
    return fields.map(\.csvField).joined(separator: ",")
  }

  /// Reads a row.
  ///
  /// - Parameter field: gives the field of a column; empty where there is none.
  /// - Returns: nil when the kind is not known, or a number is not one.
  init?(field: (String) -> String) {
    guard let kind = Kind(rawValue: field("kind")), !field("stimulus").isEmpty else { return nil }
    self.init(
      stimulus: field("stimulus"), condition: field("condition"), clip: field("clip"), kind: kind)
    label = field("label")
    twin = field("twin")
    source = field("source")
    run = field("run")
    checkpoint = field("checkpoint")
    file = field("file")
    loudnessMethod = field("loudness-method")
    sha256 = field("sha256")
    expected = field("expected")

    /// A value where there is text; false when that is not one.
    func read<Value: LosslessStringConvertible>(_ column: String, _ value: inout Value?) -> Bool {
      value = Value(field(column))
      return value != nil || field(column).isEmpty
    }
    guard read("step", &step), read("seed", &seed), read("index", &index),
      read("average", &average), read("spread", &spread), read("gain-db", &gainDecibels),
      read("loudness", &loudness), read("true-peak-db", &truePeakDecibels)
    else { return nil }
    let numbers = [spread, gainDecibels, loudness, truePeakDecibels].compactMap(\.self)
    guard numbers.allSatisfy(\.isFinite) else { return nil }
  }
}
