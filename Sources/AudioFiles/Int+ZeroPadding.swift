extension Int {
  /// The number with zeros before it, so that names sort as numbers do: 7 with 4 digits is `0007`.
  ///
  /// - Parameter digitCount: how many digits there are at least.
  package func zeroPadded(to digitCount: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, digitCount - digits.count)) + digits
  }
}
