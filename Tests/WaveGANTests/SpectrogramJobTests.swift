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
    #expect(result.pictures.count == 3)
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
    #expect(try job.run(scan("")).pictures.count == 3)
  }

  @Test("The pictures are the same bytes for any number of threads")
  func threads() throws {
    func bytes(_ threadCount: Int) throws -> [String: Data] {
      let out = try TemporaryFolder()
      _ = try SpectrogramJob(folder: out.path, makesSheet: true, threadCount: threadCount)
        .run(scan(""))
      return try FileManager.default.subpathsOfDirectory(atPath: out.path).reduce(into: [:]) {
        $0[$1] = FileManager.default.contents(atPath: out.path + "/" + $1)
      }
    }
    let one = try bytes(1)
    #expect(one.keys.contains("sheet.png") && one.keys.contains("a/kick/1.wav.png"))
    #expect(try bytes(3) == one)
  }

  @Test("A recording that cannot be read is told of, and the others are drawn")
  func broken() throws {
    try recordings.add("b/broken.wav", bytes: Array("junk".utf8))
    let result = try SpectrogramJob(folder: room.path, makesSheet: true).run(scan(""))
    #expect(result.pictures.count == 3 && result.sheet?.clipCount == 3)
    #expect(result.rejected.map(\.code) == [.notAudio])
    #expect(result.notCreated.isEmpty)
  }

  @Test("A sheet counts the recordings that could be drawn, and no others")
  func sheetOfSome() throws {
    func sheet() throws -> Data? {
      let job = SpectrogramJob(folder: room.path, makesSheet: true, overwrites: true)
      return try job.run(scan("c")).sheet.flatMap { FileManager.default.contents(atPath: $0.path) }
    }
    let whole = try #require(try sheet())
    try recordings.add("c/snare/broken.wav", bytes: Array("junk".utf8))
    #expect(try sheet() == whole)
  }

  @Test("A recording that is called like the sheet keeps its picture, and so does the sheet")
  func sheetName() throws {
    try recordings.add("c/sheet", seed: 9)
    let result = try SpectrogramJob(folder: room.path, makesSheet: true).run(scan("c"))
    #expect(try files() == ["sheet-2.png", "sheet.png", "snare/1.wav.png"])
    #expect(result.pictures.filter(\.isRenamed).map(\.path) == [room.path + "/sheet-2.png"])
    #expect(result.sheet?.path == room.path + "/sheet.png")
  }

  @Test("A name that is too long with .png is cut")
  func longNames() throws {
    let name = String(repeating: "ä", count: 125)
    for ending in ["1.wav", "2.wav"] { try recordings.add("c/" + name + ending, seed: 8) }
    let result = try SpectrogramJob(folder: room.path).run(scan("c"))
    // 118 letters of two bytes and an ellipsis are 239 bytes.
    let cut = String(repeating: "ä", count: 118) + "…"
    #expect(try files() == ["snare/1.wav.png", cut + ".png", cut + "-2.png"])
    #expect(result.pictures.map(\.isRenamed) == [false, true, true])
  }

  @Test("A picture that cannot be made is told of, and the others are made")
  func notCreated() throws {
    try room.write([1], to: "c")
    let result = try SpectrogramJob(folder: room.path).run(scan(""))
    #expect(result.pictures.map(\.label) == ["a", "b"])
    #expect(result.notCreated.map(\.code) == [.cannotCreate])
  }

  @Test("A sheet has the rate of most recordings, the higher of two, and no more than 48,000 Hz")
  func sheetRate() throws {
    func rate(_ rates: [Int]) throws -> Int? {
      let folder = try MadeFolder()
      for (index, rate) in rates.enumerated() {
        try folder.add("\(index).wav", seed: UInt64(index), sampleRate: rate)
      }
      let out = try TemporaryFolder()
      let scan = try FolderScan(paths: [folder.path])
      return try SpectrogramJob(folder: out.path, makesSheet: true).run(scan).sheet?.sampleRate
    }
    #expect(try rate([8_000, 44_100, 8_000]) == 8_000)
    #expect(try rate([8_000, 44_100]) == 44_100)
    #expect(try rate([96_000]) == 48_000)
  }

  @Test("Pictures have the labels that training would give them")
  func labels() throws {
    let job = SpectrogramJob(folder: room.path, labels: .prefix)
    #expect(try job.run(scan("a")).pictures.map(\.label) == ["1"])
    let folders = SpectrogramJob(folder: room.path, overwrites: true)
    #expect(try folders.run(scan("a")).pictures.map(\.label) == ["kick"])
  }
}
