import AudioFiles
import Foundation
import TestSupport
import Testing

@Suite("Reading recordings before a training")
struct LoadingTests {
  @Test(
    "A signal while recordings are read is exit 130, and leaves nothing",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func signal(number: Int32) throws {
    let folder = try TemporaryFolder()
    for index in 0..<8 { try addLongFile("kit/\(index).wav", in: folder, first: UInt8(index)) }
    let started = try StartedProgram(["train", "kit", "--run", "out"], in: folder)
    started.wait { started.hasOpen("/kit/") }
    let outcome = try started.end(with: number)
    #expect(outcome.exitCode == 130)
    #expect(outcome.output == "")
    #expect(
      outcome.errors == "Stopped while reading the recordings; nothing was written.\n")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["kit", "said"])
  }

  @Test("A signal while recordings are read ends inspect with 130 and a sentence")
  func inspection() throws {
    let folder = try TemporaryFolder()
    for index in 0..<8 { try addLongFile("kit/\(index).wav", in: folder, first: UInt8(index)) }
    let started = try StartedProgram(["inspect", "kit"], in: folder)
    started.wait { started.hasOpen("/kit/") }
    let outcome = try started.end(with: SIGTERM)
    #expect(outcome.exitCode == 130 && outcome.output == "")
    #expect(outcome.errors == "Interrupted while reading the recordings; there is no report.\n")
  }

  /// A file that takes a while to read but no room: all but its beginning is a hole.
  private func addLongFile(_ name: String, in folder: TemporaryFolder, first: UInt8) throws {
    let clip = MadeClips.noiseBurst(seed: UInt64(first), seconds: 0.1, sampleRate: 16_000)
    let path = try folder.file(name)
    try AudioWriter(container: .wav).write(clip, to: path)
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try file.truncate(atOffset: 200_000_000)
    try file.close()
  }
}
