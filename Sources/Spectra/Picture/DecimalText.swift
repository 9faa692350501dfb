import Foundation

/// Writes numbers for people, the same in every locale.
package enum DecimalText {
  /// A number with so many decimals and commas between thousands: 12,345.60.
  package static func fixed(_ value: Double, decimals: Int = 0) -> String {
    guard value.isFinite else { return "–" }
    guard abs(value) < 1e15 else { return "\(value)" }
    let digits = String(format: "%.\(max(decimals, 0))f", abs(value))
    let parts = digits.split(separator: ".")
    var whole = ""
    for (index, digit) in parts[0].enumerated() {
      if index > 0, (parts[0].count - index).isMultiple(of: 3) { whole.append(",") }
      whole.append(digit)
    }
    let number = parts.count > 1 ? "\(whole).\(parts[1])" : whole
    // No minus before what is written as zero; a true minus sign, as wide as a plus, otherwise.
    let isZero = digits.allSatisfy { $0 == "0" || $0 == "." }
    return value < 0 && !isZero ? "−\(number)" : number
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
}
