import AudioFiles
import Foundation
import TestSupport
import Testing
import WaveGAN

@Suite("Pictures of recordings")
struct SpectrogramJobTests {
  private let recordings: MadeFolder
  private let room: TemporaryFolder

  init() throws {
    recordings = try MadeFolder()
    room = try TemporaryFolder()
    for (index, name) in ["a/kick/1.wav", "b/kick/1.wav", "c/snare/1.wav"].enumerated() {
      try recordings.add(name, seed: UInt64(index))
    }
  }

  private func scan(_ names: String...) throws -> FolderScan {
    try FolderScan(paths: names.map { recordings.path + "/" + $0 })
  }

  private func files() throws -> Set<String> {
    Set(
      try FileManager.default.subpathsOfDirectory(atPath: room.path).filter { $0.hasSuffix(".png") }
    )
  }

  @Test("Folders with the same name keep their pictures apart")
  func equalNames() throws {
    let result = try SpectrogramJob(folder: room.path, makesSheet: true)
      .run(scan("a/kick", "b/kick", "c/snare"))
    #expect(result.drawnCount == 3)
    #expect(
      try files() == ["kick/1.wav.png", "kick-2/1.wav.png", "snare/1.wav.png", "sheet.png"])
  }

  @Test("Nothing is drawn where a picture is already, unless it may be replaced")
  func existing() throws {
    try room.write([1], to: "c/snare/1.wav.png")
    var job = SpectrogramJob(folder: room.path)
    let error = #expect(throws: AudioFileError.self) { try job.run(scan("")) }
    #expect(error?.code == .exists)
    #expect(try files() == ["c/snare/1.wav.png"])
    job.overwrites = true
    #expect(try job.run(scan("")).drawnCount == 3)
  }
}
