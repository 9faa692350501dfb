extension String {
  /// The text in lines that are broken between words; all other spaces stay.
  ///
  /// - Parameters:
  ///   - width: characters in a line; only a longer word passes it.
  ///   - hanging: spaces before every line but the first.
  package func wrapped(width: Int, hanging: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var rest = self[...]
    while !rest.isEmpty {
      let gap = rest.prefix { $0 == " " }
      let word = rest.dropFirst(gap.count).prefix { $0 != " " }
      rest = rest.dropFirst(gap.count + word.count)
      let isFirst = line.allSatisfy { $0 == " " }
      if isFirst || line.count + gap.count + word.count <= width {
        line += gap + word
      } else {
        lines.append(line)
        line = String(repeating: " ", count: hanging) + word
      }
    }
    return lines + [line]
  }
}
