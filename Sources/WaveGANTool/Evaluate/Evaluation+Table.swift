import AudioFiles
import Spectra
import WaveGAN

extension Evaluation {
  /// The report for people: a column for each comparison, then what may be copied, then remarks.
  ///
  /// - Parameter columns: the width of sentences; the table has 79 columns in any case.
  func table(columns: Int = 80) -> String {
    let page = ReportPage(columns: columns)
    var lines = page.wrapped(heading, indent: 0) + [""]
    lines.append(line("", rows.map(\.comparison.columnNames.0)))
    lines.append(line("", rows.map(\.comparison.columnNames.1)))
    lines.append(line("Clips on each side", rows.map(\.count.grouped)))
    lines += Self.figures.map { name, text in line(name, rows.map { text($0.figures) }) }
    lines += [""] + distanceLines + [""] + page.wrapped(nearest.verdict, indent: 0)
    for remark in remarks { lines += page.wrapped(remark, indent: 0) }
    return lines.joined(separator: "\n")
  }

  private var heading: String {
    let step = generated.step.map { " after \($0.grouped) steps" } ?? ""
    let settings = reference.settings
    return "\(generated.path.escapedForDisplay)\(step): \(generated.clips.counted("clip")) against "
      + "\(reference.training.counted("training clip")), beside \(reference.heldOut.grouped) held "
      + "out; the first \(settings.windowLength.grouped) samples at "
      + "\(settings.sampleRate.grouped) Hz."
  }

  private var distanceLines: [String] {
    func quantiles(_ name: String, _ quantiles: Quantiles?) -> String {
      line(name, [quantiles?.low, quantiles?.median, quantiles?.high].map { Self.text($0, 2) })
    }
    return [
      line("To the nearest of all training clips, dB", ["5 %", "median", "95 %"]),
      quantiles("  held-out clips", nearest.heldOutDistances),
      quantiles("  generated clips", nearest.generatedDistances),
    ]
  }

  private func line(_ name: String, _ values: [String]) -> String {
    // A long name takes the room of the first column, when that has nothing to say.
    let room = Self.nameWidth + (values.count == 3 ? 2 * Self.columnWidth : 0)
    return name.leftAligned(to: room)
      + values.map { $0.rightAligned(to: Self.columnWidth) }.joined()
  }

  private static let nameWidth = 24
  private static let columnWidth = 11

  /// The figures in their order: the name, with an arrow to the better side, and its text.
  private static var figures: [(String, (ComparisonFigures) -> String)] {
    [
      ("Fréchet distance ↓ dB²", { text($0.frechetDistance) }),
      ("Kernel distance ↓", { text($0.kernelDistance, 2) }),
      ("Precision ↑", { text($0.precision, 3) }),
      ("Recall ↑", { text($0.recall, 3) }),
      ("Density ↑", { text($0.density, 3) }),
      ("Coverage ↑", { text($0.coverage, 3) }),
      ("|D|self, dB", { text($0.selfDistance, 2) }),
      ("|D|train, dB", { text($0.trainDistance, 2) }),
      (
        "Different bins ↓",
        { figures in
          guard let count = figures.differentBins, let bins = figures.binCount else { return "–" }
          return "\(count) of \(bins)"
        }
      ),
      ("Pair distance, dB", { text($0.pairDistance, 2) }),
      ("Variety", { text($0.variety, 3) }),
      ("Loudness, LUFS", { text($0.loudness, 1) }),
      ("Centroid, kHz", { text($0.centroidHz, 2, per: 1_000) }),
      ("Duration, s", { text($0.durationSeconds, 2) }),
    ]
  }

  private static func text(_ value: Double?, _ decimals: Int) -> String {
    value.map { DecimalText.fixed($0, decimals: decimals) } ?? "–"
  }

  private static func text(_ value: Double?) -> String {
    value.map { DecimalText.significant($0) } ?? "–"
  }

  /// Mean and deviation, in a unit of so many of the figure's own.
  private static func text(
    _ value: MeanAndDeviation?, _ decimals: Int, per unit: Double = 1
  ) -> String {
    value.map {
      text($0.mean / unit, decimals) + "±"
        + DecimalText.fixed($0.deviation / unit, decimals: decimals)
    } ?? "–"
  }
}

extension EvaluationRow.Comparison {
  /// What stands over a column, in two lines.
  fileprivate var columnNames: (String, String) {
    switch self {
    case .training: ("training", "")
    case .heldOut: ("held-out", "")
    case .generated: ("generated", "")
    case .allTraining: ("training", "all")
    case .allGenerated: ("generated", "all")
    }
  }
}
