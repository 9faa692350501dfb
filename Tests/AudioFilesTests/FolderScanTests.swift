import AudioFiles
import Foundation
import TestSupport
import Testing

@Suite("Scanning folders")
struct FolderScanTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func make(_ names: String...) throws {
    for name in names { try folder.write([1], to: name) }
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.file(name), withDestinationPath: target)
  }

  private func scan(_ names: String...) throws -> FolderScan {
    try FolderScan(paths: names.isEmpty ? [folder.path] : names.map { folder.path + "/" + $0 })
  }

  private func reasons(_ scan: FolderScan) -> [String] {
    scan.rejected.map { "\($0.code): " + $0.path.dropFirst(folder.path.count + 1) }
  }

  @Test("files come in the order of the bytes of their relative paths")
  func order() throws {
    try make("b.wav", "a/z.wav", "a.wav", "a-b/c.wav", "B.wav", "ä.wav", "a/b/c.wav")
    let found = try scan()
    #expect(
      found.entries.map(\.relativePath)
        == ["B.wav", "a-b/c.wav", "a.wav", "a/b/c.wav", "a/z.wav", "b.wav", "ä.wav"])
    #expect(found.rejected.isEmpty)
    let deep = found.entries[3]
    #expect(deep.components == ["a", "b", "c.wav"] && deep.root == folder.path)
    #expect(deep.path == folder.path + "/a/b/c.wav")
  }

  @Test("roots keep the order given; a file's root is its folder")
  func roots() throws {
    try make("z/1.wav", "a/2.wav", "m.wav")
    let found = try scan("z", "m.wav", "a/")
    #expect(found.entries.map(\.relativePath) == ["1.wav", "m.wav", "2.wav"])
    #expect(found.entries[1].root == folder.path)
    #expect(found.entries[2].path == folder.path + "/a/2.wav")
  }

  @Test("a link back into the tree ends, and real names win over links")
  func loops() throws {
    try make("z/1.wav")
    try link("a", to: "z")
    try link("z/up", to: "..")
    try link("0.wav", to: "z/1.wav")
    let found = try scan()
    #expect(found.entries.map(\.relativePath) == ["z/1.wav"])
    #expect(reasons(found) == ["duplicate: 0.wav", "duplicate: a", "duplicate: z/up"])
  }

  @Test("links to other places are followed")
  func links() throws {
    try make("outside/1.wav", "outside/deep/2.wav", "root/3.wav")
    try link("root/a", to: "../outside")
    try link("root/b.wav", to: "../outside/1.wav")
    let found = try scan("root")
    // The link to the file comes with the folder's links, so it is seen before the folder's content.
    #expect(found.entries.map(\.relativePath) == ["3.wav", "a/deep/2.wav", "b.wav"])
    #expect(reasons(found) == ["duplicate: root/a/1.wav"])
  }

  @Test("the same file by a hard link or a root given twice is used once")
  func duplicates() throws {
    try make("a.wav")
    try FileManager.default.linkItem(
      atPath: folder.path + "/a.wav", toPath: folder.path + "/b.wav")
    let found = try FolderScan(paths: [folder.path, folder.path + "/a.wav"])
    #expect(found.entries.map(\.relativePath) == ["a.wav"])
    #expect(reasons(found) == ["duplicate: b.wav", "duplicate: a.wav"])
    #expect(found.rejected[0].reason == "is the same file as \(folder.path)/a.wav")
  }

  @Test("hidden things are passed over; side files, pipes and dead links are rejected")
  func others() throws {
    try make("a.wav", ".hidden/b.wav", ".c.wav", "LICENSES.tsv", "README", "x.Png", "noise")
    #expect(mkfifo(folder.path + "/pipe.wav", 0o600) == 0)
    try link("dead.wav", to: "nowhere")
    try link("self.wav", to: "self.wav")
    let found = try scan()
    #expect(found.entries.map(\.relativePath) == ["a.wav", "noise"])
    #expect(
      reasons(found) == [
        "notAudio: LICENSES.tsv", "notAudio: README", "notRegularFile: pipe.wav",
        "notAudio: x.Png", "notFound: dead.wav", "unreadable: self.wav",
      ])
  }

  @Test("a run below a root is passed over with its reason; named as a root it is looked through")
  func runs() throws {
    try make("a.wav", "my.run/run.json", "my.run/previews/step-00000001/00.wav", "z/run.json.wav")
    let found = try scan()
    #expect(found.entries.map(\.relativePath) == ["a.wav", "z/run.json.wav"])
    #expect(reasons(found) == ["notAudio: my.run"])
    #expect(found.rejected[0].reason.hasSuffix("is a run of wavegan, not recordings"))
    let named = try scan("my.run")
    #expect(named.entries.map(\.relativePath) == ["previews/step-00000001/00.wav"])
    // A folder with its own run.json may hold recordings: it is a root.
    try make("run.json")
    #expect(try scan().entries.map(\.relativePath) == ["a.wav", "z/run.json.wav"])
  }

  @Test("a name that is not UTF-8 is rejected and shown by its bytes; a control character is kept")
  func names() throws {
    try make("new\nline.wav")
    let path = folder.path.utf8CString.dropLast() + "/bad\u{1}".utf8CString.dropLast() + [-1, 0]
    let file = path.withUnsafeBufferPointer { open($0.baseAddress!, O_CREAT | O_WRONLY, 0o600) }
    #expect(file >= 0)
    close(file)
    let found = try scan()
    #expect(found.entries.map(\.relativePath) == ["new\nline.wav"])
    #expect(found.entries[0].path.escapedForDisplay == folder.path + "/new\\nline.wav")
    #expect(
      found.rejected.map(\.description)
        == ["\(folder.path)/bad\\x01\\xFF has a name that is not valid UTF-8; rename it."])
  }

  @Test("a folder that may not be read says so", .enabled(if: geteuid() != 0, "root may read all"))
  func unreadable() throws {
    try make("a.wav", "locked/b.wav")
    chmod(folder.path + "/locked", 0)
    defer { chmod(folder.path + "/locked", 0o700) }
    let found = try scan()
    #expect(found.entries.map(\.relativePath) == ["a.wav"])
    #expect(reasons(found) == ["unreadable: locked"])
  }

  @Test("a path that is not there is an error")
  func missing() throws {
    try make("a.wav")
    let error = #expect(throws: AudioFileError.self) { try scan("a.wav", "none") }
    #expect(error?.code == .notFound)
  }
}
