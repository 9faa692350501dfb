import AudioFiles
import Foundation

/// The folder of a test in the making, which appears whole or not at all.
struct ExportFolder {
  private let path: String
  private let isReplaced: Bool

  private var partial: String { sibling("partial") }
  private func sibling(_ word: String) -> String {
    let url = URL(fileURLWithPath: path)
    return url.deletingLastPathComponent().path + "/.\(url.lastPathComponent).\(word)"
  }

  /// Makes sure, before any work is done for it, that the folder can be made.
  ///
  /// - Throws: ``ListeningTestError`` `.cannotCreate` when something is there that must not be
  ///   replaced; `AudioFileError` `.cannotCreate`.
  init(_ folder: TestFolder, overwrites: Bool) throws {
    path = folder.path
    let files = FileManager.default
    var isFolder: ObjCBool = false
    guard files.fileExists(atPath: path, isDirectory: &isFolder) else {
      isReplaced = false
      return
    }
    guard isFolder.boolValue, let names = try? files.contentsOfDirectory(atPath: path) else {
      throw ListeningTestError(.cannotCreate, path, "is not a folder; choose another name")
    }
    isReplaced = !names.isEmpty
    guard isReplaced else { return }
    guard overwrites else {
      throw ListeningTestError(
        .cannotCreate, path,
        "exists already; choose another folder, or replace the test in it with --force")
    }
    guard let manifest = try? Self.manifest(of: folder) else {
      throw ListeningTestError(
        .cannotCreate, path, "holds something other than a listening test; choose another folder")
    }
    if let answers = try? files.contentsOfDirectory(atPath: folder.answers), !answers.isEmpty {
      throw ListeningTestError(
        .cannotCreate, path,
        "holds answers of listeners, which are not replaced; choose another folder")
    }
    let texts = (try? files.contentsOfDirectory(atPath: folder.texts)) ?? []
    for name in texts.sorted() {
      let digest = try? ContentDigest(ofFile: "\(folder.texts)/\(name)")
      guard manifest.files["texts/\(name)"] == digest?.description else {
        throw ListeningTestError(
          .cannotCreate, "\(folder.texts)/\(name)",
          "was edited, and would be lost; move the folder texts away, and use it with --texts")
      }
    }
  }

  /// What is read of an earlier manifest.
  private struct Manifest: Decodable {
    var test: String
    var files: [String: String]
  }

  private static func manifest(of folder: TestFolder) throws -> Manifest {
    try JSONDecoder().decode(
      Manifest.self, from: BoundedFile.bytes(at: folder.manifest, sizeLimit: 64 << 20))
  }

  /// Makes the folder with these files.
  ///
  /// - Throws: `AudioFileError`.
  func fill(_ contents: [(String, [UInt8])], emptyFolders: [String]) throws {
    let files = FileManager.default
    try? files.removeItem(atPath: partial)
    do {
      for folder in emptyFolders { try AtomicFile.makeFolder("\(partial)/\(folder)") }
      for (name, bytes) in contents {
        let file = "\(partial)/\(name)"
        try AtomicFile.makeFolder((file as NSString).deletingLastPathComponent)
        try AtomicFile.write(bytes, to: file, overwrites: false, survivesPowerLoss: false)
      }
      for (name, _) in contents { Self.synchronize("\(partial)/\(name)") }
      try putInPlace()
    } catch {
      try? files.removeItem(atPath: partial)
      throw error
    }
  }

  /// Waits until a file is on the disk; all together, after they are written, this is soon done.
  private static func synchronize(_ file: String) {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func putInPlace() throws {
    let old = sibling("replaced")
    try? FileManager.default.removeItem(atPath: old)
    if isReplaced { _ = rename(path, old) }
    // A folder without anything in it gives way by itself.
    guard rename(partial, path) == 0 else {
      let words = String(cString: strerror(errno))
      if isReplaced { _ = rename(old, path) }
      throw ListeningTestError(.cannotCreate, path, "cannot be made: \(words)")
    }
    try? FileManager.default.removeItem(atPath: old)
  }
}
