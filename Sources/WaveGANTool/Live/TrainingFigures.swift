import Foundation
import Spectra
import WaveGAN

/// Numbers of a training as people read them.
enum TrainingFigures {
  /// `0:07`, `12:03`, `3:20:15`.
  static func clock(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "?" }
    let whole = Int(max(0, seconds).rounded())
    let (minutes, rest) = whole.quotientAndRemainder(dividingBy: 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return minutes < 60
      ? "\(minutes):\(two(rest))" : "\((minutes / 60).grouped):\(two(minutes % 60)):\(two(rest))"
  }

  /// `12 steps/s`, `3.2 steps/s` or, where a step takes longer, `4.1 s/step`.
  static func speed(_ stepsPerSecond: Double) -> String {
    func shown(_ value: Double) -> String {
      DecimalText.fixed(value, decimals: value < 9.95 ? 1 : 0)
    }
    return stepsPerSecond < 0.95
      ? "\(shown(1 / stepsPerSecond)) s/step" : "\(shown(stepsPerSecond)) steps/s"
  }

  /// Four digits or so, whatever the size: `−3.214`, `128.4`, `12,345`.
  static func loss(_ value: Double, isUnicode: Bool) -> String {
    guard value.isFinite else { return "?" }
    let size = abs(value)
    let text = DecimalText.fixed(value, decimals: size < 9.9995 ? 3 : size < 999.95 ? 1 : 0)
    return isUnicode ? text : text.replacingOccurrences(of: DecimalText.minus, with: "-")
  }

  /// `85 %`; 100 only for all, and 0 only for none.
  static func percent(_ part: Double) -> String {
    let rounded = Int((100 * part).rounded())
    return "\(part < 1 ? min(99, max(part > 0 ? 1 : 0, rounded)) : 100) %"
  }
}
