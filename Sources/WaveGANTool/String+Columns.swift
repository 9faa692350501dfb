extension String {
  /// The text with spaces before it, up to a length in characters.
  func rightAligned(to length: Int) -> String {
    String(repeating: " ", count: max(0, length - count)) + self
  }

  /// The text with spaces after it, up to a length in characters.
  func leftAligned(to length: Int) -> String {
    self + String(repeating: " ", count: max(0, length - count))
  }
}
