extension String {
  /// The text in lines that are broken between words.
  ///
  /// - Parameters:
  ///   - width: characters in a line; only a longer word passes it.
  ///   - hanging: spaces before every line but the first.
  package func wrapped(width: Int, hanging: Int) -> [String] {
    guard count > width else { return [self] }
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      if line.contains(where: { $0 != " " }) {
        if line.count + 1 + word.count <= width {
          line += " " + word
          continue
        }
        lines.append(line)
        line = String(repeating: " ", count: hanging)
      }
      line += word
    }
    return lines + [line]
  }
}
