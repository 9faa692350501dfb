import AudioFiles
import Foundation
import TestSupport
import Testing

@Suite("wavegan listening-test export")
struct ListeningTestExportTests {
  private let room: TemporaryFolder

  init() throws {
    room = try TemporaryFolder()
    for (place, condition) in ["old", "new"].enumerated() {
      for clip in 0..<6 {
        try AudioWriter(container: .wav).write(
          MadeClips.sine(
            frequencyHz: 300 + 200 * Double(place) + 5 * Double(clip), seconds: 0.5,
            sampleRate: 16_000),
          to: try room.file("\(condition)/\(clip).wav"))
      }
    }
  }

  private func export(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["listening-test", "export"] + arguments, in: room.path)
  }

  @Test("What the commands say of themselves", arguments: ["", "export"])
  func help(name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Help/listening-test\(name.isEmpty ? "" : "-\(name)").txt")
    let command = ["listening-test"] + (name.isEmpty ? [] : [name]) + ["--help"]
    let outcome = try Program.run(command)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output == String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }

  @Test("It says what it wrote, and notes its command but for the folder")
  func export() throws {
    let outcome = try export(
      "--design", "ab", "--condition", "old=old", "--condition", "new=new", "--count", "4",
      "--out", "test", "--listeners", "6", "--threads", "1")
    #expect(outcome.exitCode == 0)
    #expect(
      outcome.output == """
        Wrote test: 7 pages of 18 sounds, in orders for 6 listeners.
        A listener takes about 4 minutes for 6 pages, repeats included.
        Give listeners the folder listener, or: wavegan listening-test page test

        """)
    let manifest = try JSONSerialization.jsonObject(
      with: try Data(contentsOf: URL(filePath: "\(room.path)/test/manifest.json")))
    let command = (manifest as? [String: Any])?["command"] as? [String]
    #expect(
      command == [
        "listening-test", "export", "--design", "ab", "--condition", "old=old", "--condition",
        "new=new", "--count", "4", "--listeners", "6",
      ])
  }

  @Test(
    "What cannot be exported is refused with a sentence",
    arguments: [
      (["--condition", "old=old"], 64, "there is but one"),
      (["--condition", "old=old", "--condition", "new=nowhere"], 66, "neither a run nor a folder"),
      (["--condition", "old=old", "--condition", "new=new", "--count", "90"], 65, "90"),
      (["--condition", "old=old", "--condition", "new=new", "--loudness", "loud"], 64, "none"),
    ])
  func refusals(arguments: [String], code: Int32, words: String) throws {
    let outcome = try Program.run(
      ["listening-test", "export", "--design", "ab", "--out", "test"] + arguments, in: room.path)
    #expect(outcome.exitCode == code)
    #expect(outcome.errors.contains(words))
    #expect(!FileManager.default.fileExists(atPath: "\(room.path)/test"))
  }

  @Test("A folder that is there is not replaced without being told to")
  func exists() throws {
    let arguments = [
      "listening-test", "export", "--design", "mos", "--condition", "old=old", "--count", "2",
      "--out", "test", "--quiet",
    ]
    #expect(try Program.run(arguments, in: room.path).exitCode == 0)
    let second = try Program.run(arguments, in: room.path)
    #expect(second.exitCode == 73 && second.errors.contains("--force"))
    #expect(try Program.run(arguments + ["--force"], in: room.path).exitCode == 0)
  }
}
