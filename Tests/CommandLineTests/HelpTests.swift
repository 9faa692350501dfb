import Foundation
import Testing

/// The help of each command, word for word as in `Help/`, so that a change of it is a decision.
///
/// After one: `for name in inspect …; do wavegan $name --help >Help/$name.txt; done`.
@Suite("Help")
struct HelpTests {
  @Test(
    "What a command says of itself",
    arguments: ["wavegan", "inspect", "spectrogram", "features", "train", "render", "evaluate"])
  func text(name: String) throws {
    try check(name == "wavegan" ? [] : [name], against: name)
  }

  @Test("What a command of listening tests says of itself", arguments: ["score"])
  func listeningTestText(name: String) throws {
    try check(["listening-test", name], against: "listening-test-\(name)")
  }

  @Test(
    "What a command of the benchmark says of itself",
    arguments: ["", "train-step", "render", "convolution", "stft", "load", "scaling"])
  func benchmarkText(name: String) throws {
    try check(
      name.isEmpty ? [] : [name], against: name.isEmpty ? "benchmark" : "benchmark-\(name)",
      program: "wavegan-benchmark")
  }

  private func check(
    _ command: [String], against name: String, program: String = "wavegan"
  ) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Help/\(name).txt")
    let outcome = try Program.run(command + ["--help"], program: program)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output == String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }
}
