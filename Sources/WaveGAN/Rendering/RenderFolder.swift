import AudioFiles
import Foundation

/// The folder that a render fills, kept from being filled by two at once.
///
/// The lock belongs to the open folder, so the system lets go of it however the program ends.
final class RenderFolder {
  let path: String
  private let descriptor: Int32

  /// Makes the folder, unless it is there, and locks it; removes what programs that were killed left
  /// half written.
  ///
  /// - Throws: `AudioFileError` `.cannotCreate`; ``RunError`` `.busy`.
  init(path: String) throws {
    try AtomicFile.makeFolder(path)
    self.path = path
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AudioFileError(
        .cannotCreate, path: path,
        reason: "cannot be opened: \(String(cString: strerror(errno))); choose another folder")
    }
    // Some file systems have no locks; they are no reason not to render.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      close(descriptor)
      throw RunError(
        .busy, path, "is being filled by another render; wait for it, or choose another folder")
    }
    AtomicFile.removeAbandoned(in: path)
  }

  deinit { close(descriptor) }

  /// Whether there is nothing in it, so that no name need be looked for.
  var isEmpty: Bool { FileManager.default.enumerator(atPath: path)?.nextObject() == nil }

  /// Removes an earlier render: the clips that its manifest lists, their pictures, its tables and
  /// its sheet, so that in the end the folder holds what the new manifest lists.
  ///
  /// Without a manifest, nothing is removed. Names that no render gives are left alone, whoever wrote
  /// them there.
  func removeEarlierRender() {
    let manifest = "\(path)/manifest.csv"
    guard let rows = TextLines(ofFile: manifest),
      rows.next()?.hasPrefix(RenderManifest.columns) == true
    else { return }
    for row in rows {
      let parts = row.prefix { $0 != "," }.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].count >= 4, parts[0].allSatisfy(\.isASCIIDigit),
        AudioWriter.Container(rawValue: String(parts[1])) != nil
      else { continue }
      unlink("\(path)/\(parts[0]).\(parts[1])")
      unlink("\(path)/\(parts[0]).png")
    }
    for name in ["sheet.png", "latents.safetensors", "manifest.csv"] { unlink("\(path)/\(name)") }
  }

  /// Makes sure that files here, with their names, survive a loss of power.
  ///
  /// For many small files this takes far less time at the end than one by one: the system has begun
  /// to write them by then, and what it keeps a journal of goes to the disk for all of them at once.
  ///
  /// - Throws: `AudioFileError` `.writeFailed`.
  func synchronize(_ names: some Sequence<String>) throws {
    for name in names {
      let file = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
      defer { close(file) }
      guard file >= 0, fsync(file) == 0 else {
        throw AudioFileError(
          .writeFailed, path: "\(path)/\(name)",
          reason:
            "cannot be brought to the disk: \(String(cString: strerror(errno))); see that there "
            + "is room, and render again with --force")
      }
    }
    try AtomicFile.synchronizeFolder(of: "\(path)/")
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
