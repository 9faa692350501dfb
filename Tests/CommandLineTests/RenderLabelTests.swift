import AudioFiles
import Foundation
import TestSupport
import Testing
import WaveGAN

/// `render --label`, of a run that was told the labels `kick` and `snare`.
@Suite("Labels of wavegan render")
struct RenderLabelTests {
  private let room: TemporaryFolder

  init() throws {
    room = try TemporaryFolder()
    for index in 0..<4 {
      let clip = MadeClips.noiseBurst(seed: UInt64(index), seconds: 0.2, sampleRate: 16_000)
      try AudioWriter(container: .wav).write(
        clip, to: room.file("clips/\(["kick", "snare"][index % 2])/\(index).wav"))
    }
    var options = TrainingOptions()
    options.windowLength = 4_096
    options.dim = 1
    options.latentSize = 4
    options.batchSize = 2
    options.steps = 1
    options.checkpointEvery = 1
    options.previewEvery = 1_000
    options.threads = 1
    for isConditional in [true, false] {
      options.isConditional = isConditional
      let run = RunFolder(room.path + (isConditional ? "/run" : "/plain"))
      _ = try TrainingRun(paths: [room.path + "/clips"], options: options, folder: run).train()
    }
  }

  private func render(_ run: String, _ out: String, _ options: String...) throws -> Program.Outcome
  {
    try Program.run(["render", run, "--out", out, "--quiet"] + options, in: room.path)
  }

  /// The column `label` of a render's manifest.
  private func labels(_ out: String) throws -> [String] {
    try String(contentsOf: URL(filePath: "\(room.path)/\(out)/manifest.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst()
      .map { String($0.split(separator: ",", omittingEmptySubsequences: false)[3]) }
  }

  @Test("All labels come in turn, or those that were asked for")
  func turns() throws {
    #expect(try render("run", "a", "--count", "3").exitCode == 0)
    #expect(try labels("a") == ["kick", "snare", "kick"])
    #expect(try render("run", "b", "--count", "2", "--label", "snare").exitCode == 0)
    #expect(try labels("b") == ["snare", "snare"])
    #expect(try render("run", "c", "--count", "3", "--label", "snare,kick").exitCode == 0)
    #expect(try labels("c") == ["snare", "kick", "snare"])
    #expect(
      try render("run", "d", "--count", "2", "--label", "snare", "--label", "kick").exitCode == 0)
    #expect(try labels("d") == ["snare", "kick"])
    #expect(try render("plain", "e", "--count", "2").exitCode == 0)
    #expect(try labels("e") == ["", ""])
  }

  @Test("A walk can go from a label to another, and a file keeps its own")
  func walks() throws {
    #expect(
      try render("run", "a", "--morph", "3", "3", "--label", "kick,snare", "--count", "3").exitCode
        == 0)
    let rows = try String(
      contentsOf: URL(filePath: "\(room.path)/a/manifest.csv"), encoding: .utf8)
    #expect(rows.contains(",morph of 3:0 kick and 3:0 snare at 1/2\n"))
    #expect(try render("run", "b", "--near", "a/0001.wav", "--count", "2").exitCode == 0)
    #expect(try render("run", "c", "--recall", "b/0001.wav").exitCode == 0)
    let isSame =
      try Data(contentsOf: URL(filePath: room.path + "/b/0001.wav"))
      == Data(contentsOf: URL(filePath: room.path + "/c/0001.wav"))
    #expect(isSame)
  }

  @Test("A label that is not there is exit 64, with what there is")
  func refusals() throws {
    let unknown = try render("run", "a", "--label", "hat")
    #expect(unknown.exitCode == 64)
    #expect(
      unknown.errors.hasSuffix(
        "--label hat: this run has the labels kick, snare; give one of these.\n"))
    let plain = try render("plain", "a", "--label", "kick")
    #expect(plain.exitCode == 64)
    #expect(plain.errors.contains("--label kick: this run was not told the labels"))
    #expect(!FileManager.default.fileExists(atPath: room.path + "/a"))
    let recalled = try render("run", "a", "--recall", "x.wav", "--label", "kick")
    #expect(recalled.exitCode == 64)
  }
}
