import Foundation
import Testing
import WaveGAN

@Suite("Dataset: changed files")
struct DatasetFingerprintTests {
  private let folder: MadeFolder
  private let before: DatasetFingerprint

  init() throws {
    folder = try MadeFolder()
    for name in ["a", "b", "c"] {
      try folder.add("x/\(name).wav", seed: UInt64(name.utf8.first!), seconds: 0.01)
    }
    before = try DatasetFingerprint(of: DatasetSurvey(paths: [folder.path]))
  }

  private func now() throws -> DatasetFingerprint {
    try DatasetFingerprint(of: DatasetSurvey(paths: [folder.path]))
  }

  @Test("Nothing changed is no change, also after being written and read")
  func same() throws {
    let json = try JSONEncoder().encode(before)
    let stored = try JSONDecoder().decode(DatasetFingerprint.self, from: json)
    #expect(try now().changes(since: stored) == [])
    try now().check(against: stored)
  }

  @Test("Files with other names or in another place are the same, as long as labels are")
  func renamed() throws {
    let path = folder.path
    try FileManager.default.moveItem(atPath: path + "/x/a.wav", toPath: path + "/x/z.wav")
    #expect(try now().changes(since: before) == [])
    try FileManager.default.moveItem(atPath: path + "/x", toPath: path + "/y")
    #expect(try now().changes(since: before).count == 6)
  }

  @Test("A file that is no recording changes nothing")
  func irrelevant() throws {
    try folder.add("x/notes.txt", bytes: [1])
    #expect(try now().changes(since: before) == [])
  }

  @Test("Changed, missing and new files are told apart")
  func changes() throws {
    let path = folder.path
    try folder.add("x/a.wav", seed: 1_000, seconds: 0.01)
    try FileManager.default.removeItem(atPath: path + "/x/b.wav")
    try folder.add("x/d.wav", seed: 1_001, seconds: 0.01)
    #expect(
      try now().changes(since: before)
        == [.changed(path + "/x/a.wav"), .missing(path + "/x/b.wav"), .new(path + "/x/d.wav")])
    let error = #expect(throws: DatasetError.self) { try now().check(against: before) }
    #expect(
      error?.description
        == "\(path)/x/a.wav is not what it was when this run began, and 2 more files differ; "
        + "restore the recordings or start a new run from its weights with --from.")
  }
}
