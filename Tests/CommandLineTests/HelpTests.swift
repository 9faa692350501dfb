import Foundation
import Testing

/// The help of each command, word for word as in `Help/`, so that a change of it is a decision.
///
/// After one: `for name in inspect …; do wavegan $name --help >Help/$name.txt; done`.
@Suite("Help")
struct HelpTests {
  @Test(
    "What a command says of itself",
    arguments: ["wavegan", "inspect", "spectrogram", "features", "train", "render"])
  func text(name: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Help/\(name).txt")
    let arguments = name == "wavegan" ? ["--help"] : [name, "--help"]
    let outcome = try Program.run(arguments)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output == String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }
}
