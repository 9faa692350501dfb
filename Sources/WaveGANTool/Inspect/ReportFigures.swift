import Spectra
import WaveGAN

/// Numbers of a report as people read them.
enum ReportFigures {
  /// `36 ms`, `0.43 s`, `12 min 3 s`, `3 h 20 min`.
  static func duration(_ seconds: Double) -> String {
    if seconds < 60 { return length(seconds) }
    let whole = Int(seconds.rounded())
    return whole < 3600
      ? "\(whole / 60) min \(whole % 60) s" : "\((whole / 3600).grouped) h \(whole / 60 % 60) min"
  }

  /// `0.14 to 2.28 s, median 0.42 s`, or one figure where all are alike.
  static func lengths(_ durations: Summary) -> String {
    let (lowest, highest) = (length(durations.lowest), length(durations.highest))
    return lowest == highest
      ? lowest : "\(range(lowest, highest)), median \(length(durations.median))"
  }

  /// Two bounds of the histogram, with the decimals that they have: `0.2 to 0.3 s`.
  static func bounds(_ from: Double, _ to: Double) -> String {
    let isShort = to < 0.1 * (1 + 1e-9)
    let (unit, scale) = isShort ? ("ms", 1_000.0) : ("s", 1.0)
    func shown(_ seconds: Double) -> String { DecimalText.significant(seconds * scale) }
    return "\(shown(from)) to \(shown(to)) \(unit)"
  }

  /// Seconds, or milliseconds below a tenth, with as many decimals as tell something.
  private static func length(_ seconds: Double) -> String {
    seconds < 0.1
      ? DecimalText.significant(1_000 * seconds, digits: seconds < 0.01 ? 2 : 3) + " ms"
      : DecimalText.fixed(seconds, decimals: seconds < 100 ? 2 : 0) + " s"
  }

  /// `0.14 to 2.28 s`, or `36 ms to 1.02 s`.
  private static func range(_ lowest: String, _ highest: String) -> String {
    let unit = highest.drop { $0 != " " }
    return (lowest.hasSuffix(unit) ? String(lowest.dropLast(unit.count)) : lowest) + " to "
      + highest
  }

  /// Decibels with one decimal.
  static func level(_ decibels: Double) -> String {
    DecimalText.fixed(decibels, decimals: 1)
  }
}
