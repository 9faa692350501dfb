import Foundation

/// The tables of an article of the documentation.
struct Article {
  private let lines: [Substring]

  /// Reads an article by the name of its file.
  init(_ name: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "Sources/WaveGAN/WaveGAN.docc/\(name).md")
    lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
  }

  /// The keys that are only in the table under a heading, or only written.
  func differences(under heading: String, from written: Set<String>) -> [String] {
    names(under: heading, header: "| key | type | unit | meaning |")
      .symmetricDifference(written).sorted()
  }

  /// The first column of the table under a heading that begins in some way.
  func names(under heading: String, header: String) -> Set<String> {
    let section = lines.drop { $0 != "## " + heading }.dropFirst().prefix { !$0.hasPrefix("## ") }
    let table = section.drop { !$0.hasPrefix(header) }.dropFirst(2).prefix { $0.hasPrefix("| `") }
    return Set(table.map { String($0.dropFirst(3).prefix { $0 != "`" }) })
  }
}
