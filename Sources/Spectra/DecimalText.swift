import Foundation

/// Writes numbers for people, the same in every locale.
package enum DecimalText {
  /// What stands before a negative number: a true minus sign, as wide as a plus.
  package static let minus = "−"

  /// A whole number with commas between thousands: 16,384.
  package static func grouped(_ value: some BinaryInteger) -> String {
    (value < 0 ? minus : "") + withCommas(String(value.magnitude))
  }

  /// So many of something: 1 clip, 1,200 clips.
  package static func counted(_ count: some BinaryInteger, _ noun: String) -> String {
    "\(grouped(count)) \(noun)" + (count == 1 ? "" : "s")
  }

  /// A number with so many decimals and commas between thousands: 12,345.60.
  package static func fixed(_ value: Double, decimals: Int = 0) -> String {
    guard value.isFinite else { return "–" }
    guard abs(value) < 1e15 else { return "\(value)" }
    let digits = String(format: "%.\(max(decimals, 0))f", abs(value))
    let parts = digits.split(separator: ".")
    let whole = withCommas(parts[0])
    let number = parts.count > 1 ? "\(whole).\(parts[1])" : whole
    // No minus before what is written as zero.
    let isZero = digits.allSatisfy { $0 == "0" || $0 == "." }
    return value < 0 && !isZero ? minus + number : number
  }

  /// A number with as many decimals as it takes to show `digits` significant ones, without zeros at
  /// the end: 0.312, 32, 1,024.
  package static func significant(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite, value != 0 else { return fixed(value) }
    var text = fixed(value, decimals: digits - 1 - Int(log10(abs(value)).rounded(.down)))
    guard text.contains(".") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private static func withCommas(_ digits: some StringProtocol) -> String {
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0 && (digits.count - place).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
