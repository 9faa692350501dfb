import Spectra

extension Report {
  /// The report for people: what was measured, a line for each measurement, then the figures.
  var table: String {
    let choices = settings.map { "\($0.name) \($0.value.text)" }.joined(separator: ", ")
    var machine = "\(Machine.processor), \(DecimalText.counted(threadCount, "thread"))"
    if let peak { machine += ", sgemm \(Self.text(peak)) GFLOP/s" }
    let rows =
      [["", "median", "quartiles"] + (measurements.first?.figures ?? []).map(\.label)]
      + measurements.map { measurement in
        let (lower, upper) = measurement.timing.quartiles
        return [
          measurement.name, Self.duration(measurement.timing.median),
          "\(Self.duration(lower)) … \(Self.duration(upper))",
        ] + measurement.figures.map { Self.text($0.value) }
      }
    let all =
      figures + [
        Figure(key: "peak_memory_mib", label: "peak memory, MiB", value: Machine.peakMemory)
      ]
    return """
      \(command): \(choices)
      \(machine)

      \(Self.aligned(rows))

      \(Self.aligned(all.map { [$0.label, Self.text($0.value)] }))
      """
  }

  /// Columns two spaces apart; all but the first are set to the right.
  private static func aligned(_ rows: [[String]]) -> String {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, text in
        let space = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + space : space + text
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// A time to three digits, in the unit that suits it.
  private static func duration(_ seconds: Double) -> String {
    switch seconds {
    case 1...: "\(text(seconds)) s"
    case 1e-3...: "\(text(seconds * 1e3)) ms"
    default: "\(text(seconds * 1e6)) µs"
    }
  }

  /// A number to three digits, or whole where it is larger.
  private static func text(_ value: Double) -> String {
    DecimalText.fixed(value, decimals: value < 10 ? 2 : value < 100 ? 1 : 0)
  }
}

extension Report.Value {
  /// The value for people.
  fileprivate var text: String {
    switch self {
    case .whole(let value): DecimalText.grouped(value)
    case .number(let value): DecimalText.significant(value)
    case .numbers(let values): values.map { DecimalText.significant($0) }.joined(separator: " ")
    case .text(let value): value
    }
  }
}
