import Foundation

/// A file that appears whole or not at all.
///
/// Bytes go to a hidden temporary file in the same folder. ``commit(survivesPowerLoss:)`` makes sure
/// that they are on the disk (`fsync`), gives the file its name in one step, and makes sure that the
/// folder is on the disk too. Without a commit the temporary file is removed; after a crash it may be
/// left, and is never taken for the real one: ``removeAbandoned(in:)`` removes it.
package struct AtomicFile: ~Copyable {
  private let path: String
  private let temporaryPath: String
  private let descriptor: Int32
  private let overwrites: Bool
  private var isCommitted = false

  /// Creates the temporary file.
  ///
  /// - Throws: ``AudioFileError`` `.exists` or `.cannotCreate`.
  package init(path: String, overwrites: Bool) throws(AudioFileError) {
    try Self.checkIsFree(path, overwrites: overwrites)
    guard let partial = Self.makePartial(in: Self.folder(of: path)) else {
      throw AudioFileError(creating: path, errno: errno)
    }
    self.path = path
    temporaryPath = partial.path
    self.overwrites = overwrites
    descriptor = partial.descriptor
  }

  /// Takes over a temporary file that something else has written in the folder of `path`.
  ///
  /// - Throws: ``AudioFileError`` `.exists`, `.cannotCreate` or `.writeFailed`; the temporary file is
  ///   then removed.
  package init(
    adopting temporaryPath: String, path: String, overwrites: Bool
  ) throws(AudioFileError) {
    do throws(AudioFileError) {
      try Self.checkIsFree(path, overwrites: overwrites)
      let opened = open(temporaryPath, O_WRONLY | O_CLOEXEC)
      guard opened >= 0 else { throw AudioFileError(writing: path, errno: errno) }
      descriptor = opened
    } catch {
      unlink(temporaryPath)
      throw error
    }
    self.path = path
    self.temporaryPath = temporaryPath
    self.overwrites = overwrites
  }

  /// Makes sure that a file can be given this name, as far as can be told beforehand.
  ///
  /// - Throws: ``AudioFileError`` `.exists` or `.cannotCreate`.
  package static func checkIsFree(_ path: String, overwrites: Bool) throws(AudioFileError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw AudioFileError(
        .cannotCreate, path: path, reason: "is a folder; give the name of a file")
    }
    if !overwrites { throw AudioFileError(alreadyAt: path) }
  }

  deinit {
    close(descriptor)
    if !isCommitted { unlink(temporaryPath) }
  }

  /// Appends bytes.
  ///
  /// - Throws: ``AudioFileError`` `.writeFailed`, when the disk is full for instance.
  package func write(_ bytes: RawSpan) throws(AudioFileError) {
    try write(bytes, with: Foundation.write)
  }

  /// Replaces the file's first bytes.
  ///
  /// - Throws: ``AudioFileError`` `.writeFailed`.
  package func rewriteBeginning(_ bytes: RawSpan) throws(AudioFileError) {
    var offset = 0
    try write(bytes) { descriptor, bytes, count in
      let written = pwrite(descriptor, bytes, count, off_t(offset))
      offset += max(0, written)
      return written
    }
  }

  /// Hands over bytes until the system has taken all.
  private func write(
    _ bytes: RawSpan, with write: (Int32, UnsafeRawPointer?, Int) -> Int
  ) throws(AudioFileError) {
    let failure: Int32? = bytes.withUnsafeBytes { bytes in
      var rest = bytes
      while !rest.isEmpty {
        let count = write(descriptor, rest.baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return nil
    }
    if let failure { throw AudioFileError(writing: path, errno: failure) }
  }

  /// Makes the file appear under its name.
  ///
  /// - Parameter survivesPowerLoss: whether to wait until it is on the disk; without that, a file may
  ///   be there and damaged after a loss of power, so only what can be told and made again may do so.
  /// - Throws: ``AudioFileError`` `.exists` when something else appeared there meanwhile,
  ///   or `.writeFailed`.
  package consuming func commit(survivesPowerLoss: Bool = true) throws(AudioFileError) {
    if survivesPowerLoss {
      guard fsync(descriptor) == 0 else { throw AudioFileError(writing: path, errno: errno) }
    }
    if overwrites {
      guard rename(temporaryPath, path) == 0 else {
        throw AudioFileError(writing: path, errno: errno)
      }
    } else {
      try renameWithoutOverwriting()
    }
    isCommitted = true
    if survivesPowerLoss { try Self.synchronizeFolder(of: path) }
  }

  /// A hard link fails if the name is taken, in one step. File systems without hard links get a
  /// look and a rename.
  private func renameWithoutOverwriting() throws(AudioFileError) {
    if link(temporaryPath, path) == 0 {
      unlink(temporaryPath)
      return
    }
    if errno == EEXIST { throw AudioFileError(alreadyAt: path) }
    var status = stat()
    if lstat(path, &status) == 0 { throw AudioFileError(alreadyAt: path) }
    guard rename(temporaryPath, path) == 0 else {
      throw AudioFileError(writing: path, errno: errno)
    }
  }

  /// Writes bytes to a file, whole or not at all; see ``commit(survivesPowerLoss:)``.
  ///
  /// - Throws: ``AudioFileError`` `.exists`, `.cannotCreate` or `.writeFailed`.
  package static func write(
    _ bytes: [UInt8], to path: String, overwrites: Bool, survivesPowerLoss: Bool = true
  ) throws(AudioFileError) {
    let file = try AtomicFile(path: path, overwrites: overwrites)
    try file.write(bytes.span.bytes)
    try file.commit(survivesPowerLoss: survivesPowerLoss)
  }

  /// Makes sure that a change of names in the folder of `path` survives a loss of power.
  ///
  /// - Throws: ``AudioFileError`` `.writeFailed`.
  package static func synchronizeFolder(of path: String) throws(AudioFileError) {
    let opened = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw AudioFileError(writing: path, errno: errno) }
    defer { close(opened) }
    // Some file systems cannot synchronise a folder, and say so with EINVAL.
    guard fsync(opened) == 0 || errno == EINVAL else {
      throw AudioFileError(writing: path, errno: errno)
    }
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension AudioFileError {
  fileprivate init(alreadyAt path: String) {
    self.init(
      .exists, path: path, reason: "exists already; choose another name, or replace it with --force"
    )
  }

  init(creating path: String, errno: Int32) {
    let words = String(cString: strerror(errno))
    self.init(.cannotCreate, path: path, reason: "cannot be created: \(words)")
  }

  fileprivate init(writing path: String, errno: Int32) {
    let words = String(cString: strerror(errno))
    self.init(.writeFailed, path: path, reason: "cannot be written: \(words)")
  }
}
