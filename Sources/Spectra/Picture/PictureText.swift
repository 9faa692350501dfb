/// Makes text from outside, a file's name say, fit to be drawn.
package enum PictureText {
  /// The text on one line: control characters become spaces, and what is beyond 300 characters goes.
  package static func oneLine(_ text: String) -> String {
    let scalars = text.prefix(300).unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? " " : scalar
    }
    var line = String.UnicodeScalarView()
    line.append(contentsOf: scalars)
    return String(line)
  }

  /// The text cut in the middle, where file names differ least, until `width` of it is no more than
  /// `limit`.
  package static func fitted(_ text: String, limit: Double, width: (String) -> Double) -> String {
    let line = oneLine(text)
    guard width(line) > limit else { return line }
    let characters = Array(line)
    // The most characters that fit, by halving: width grows with every one.
    var (fitting, tooMany) = (0, characters.count)
    while tooMany - fitting > 1 {
      let middle = (fitting + tooMany) / 2
      if width(shortened(characters, to: middle)) <= limit {
        fitting = middle
      } else {
        tooMany = middle
      }
    }
    return shortened(characters, to: fitting)
  }

  private static func shortened(_ characters: [Character], to count: Int) -> String {
    let head = (count + 1) / 2
    return String(characters.prefix(head)) + "…" + String(characters.suffix(count - head))
  }
}
