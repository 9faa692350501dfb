extension String {
  /// A number with two decimals: `1.02`.
  package init(hundredthsOf value: Double) {
    self.init(value, decimals: 2)
  }

  /// A number with some decimals, rounded to the nearest; not for numbers past 10¹⁵.
  package init(_ value: Double, decimals: Int) {
    guard value.isFinite, abs(value) < 1e15 else {
      self = "\(value)"
      return
    }
    let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let (whole, part) = scaled.quotientAndRemainder(dividingBy: scale)
    let fraction = String(String(scale + part).dropFirst())
    self = (value < 0 && scaled > 0 ? "-" : "") + whole.grouped
    if decimals > 0 { self += "." + fraction }
  }
}
