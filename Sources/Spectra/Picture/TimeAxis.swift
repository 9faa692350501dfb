/// The horizontal axis of a clip's picture: in ms, s or minutes, as the clip is long.
package struct TimeAxis: Sendable, Hashable {
  /// How long the clip is, in seconds.
  package let durationSeconds: Double
  /// What the axis counts, with its unit.
  package let title: String
  /// The times that are written, in seconds, within the clip.
  package let ticks: [AxisTick]

  /// An axis from 0 to the end of a clip: in ms under 0.1 s, in minutes and seconds from two
  /// minutes on, in seconds between.
  ///
  /// - Parameters:
  ///   - durationSeconds: the time at the end of the axis, which begins at 0.
  ///   - count: the most ticks that have room, at least 2.
  package init(durationSeconds: Double, count: Int) {
    self.durationSeconds = durationSeconds
    if durationSeconds < 0.1 {
      title = "Time (ms)"
      ticks = AxisTick.round(in: 0...durationSeconds * 1_000, count: count).map {
        AxisTick(value: $0.value / 1_000, label: $0.label)
      }
    } else if durationSeconds < 120 {
      title = "Time (s)"
      ticks = AxisTick.round(in: 0...durationSeconds, count: count)
    } else {
      let isHours = durationSeconds >= 7_200
      title = isHours ? "Time (h:min:s)" : "Time (min:s)"
      let step = Self.clockStep(durationSeconds / Double(max(count - 1, 1)))
      ticks = stride(from: 0, through: durationSeconds, by: step).map {
        AxisTick(value: $0, label: Self.clock($0, isHours: isHours))
      }
    }
  }

  /// The shortest step of a clock's face, or of whole hours, that is no shorter than `seconds`.
  private static func clockStep(_ seconds: Double) -> Double {
    let steps = [1.0, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_200, 1_800]
    return steps.first { $0 >= seconds } ?? 3_600 * (seconds / 3_600).rounded(.up)
  }

  private static func clock(_ seconds: Double, isHours: Bool) -> String {
    let whole = Int(seconds.rounded())
    func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return isHours
      ? "\(whole / 3_600):\(twoDigits(whole / 60 % 60)):\(twoDigits(whole % 60))"
      : "\(whole / 60):\(twoDigits(whole % 60))"
  }

  /// A length of time in the unit that suits it: 6.25 ms, 1.02 s, 3 min 4 s.
  package static func text(seconds: Double) -> String {
    if seconds < 0.1 { return "\(DecimalText.significant(seconds * 1_000)) ms" }
    if seconds < 120 { return "\(DecimalText.significant(seconds)) s" }
    let whole = Int(seconds.rounded())
    if whole < 7_200 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3_600) h \(whole / 60 % 60) min"
  }

  /// A length of time in few letters: 45 s, 12 min, 3.5 h.
  package static func shortText(seconds: Double) -> String {
    let (value, unit) =
      seconds < 120
      ? (seconds, "s") : seconds < 7_200 ? (seconds / 60, "min") : (seconds / 3_600, "h")
    return "\(DecimalText.significant(value, digits: 2)) \(unit)"
  }
}
