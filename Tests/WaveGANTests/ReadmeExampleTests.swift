import Foundation
import Testing

@Suite("The README's example")
struct ReadmeExampleTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The first block of Swift in the README.
  private static var block: String? {
    let parts = try? text("README.md").components(separatedBy: "```swift\n")
    return parts?.dropFirst().first?.components(separatedBy: "```").first
  }

  @Test("is the program in Examples, which is built and run, word for word")
  func isBuilt() throws {
    let program = try Self.text("Examples/TrainAndRender/Sources/TrainAndRender/main.swift")
    #expect(Self.block == program)
  }
}
