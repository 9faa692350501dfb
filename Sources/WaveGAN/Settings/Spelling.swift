/// Finds what somebody probably meant.
enum Spelling {
  /// The candidate with the fewest insertions, deletions and replacements of one character from
  /// `word`; the first of equals.
  static func nearest(to word: String, in candidates: [String]) -> String? {
    // The distance costs the product of the lengths; nothing past 64 characters is a misspelling.
    let word = Array(word.prefix(64))
    return candidates.min { distance(word, Array($0)) < distance(word, Array($1)) }
  }

  /// Levenshtein's distance, one row of his table at a time.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for (i, character) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let replaced = diagonal + (character == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
