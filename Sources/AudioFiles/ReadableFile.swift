import Foundation

/// An open regular file, closed when its owner goes.
///
/// Anything else is refused without waiting: opening a FIFO would block until someone writes to it,
/// and opening some devices has effects. The kind is looked at before opening, and again after, for
/// the name may have come to mean something else in between.
struct ReadableFile: ~Copyable {
  let descriptor: Int32

  /// The file's size when it was opened.
  let byteCount: Int

  /// - Throws: ``AudioFileError`` `.notFound`, `.notRegularFile` or `.unreadable`.
  init(path: String) throws(AudioFileError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw AudioFileError(opening: path, errno: errno) }
    try Self.checkIsRegular(status, path: path)
    let opened = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard opened >= 0 else { throw AudioFileError(opening: path, errno: errno) }
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw AudioFileError(.unreadable, path: path, reason: "changed while it was being opened")
    }
    descriptor = opened
    byteCount = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Reads up to `buffer.count` bytes, fewer only at the end of the file.
  ///
  /// - Returns: how many were read; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer, path: String) throws(AudioFileError) -> Int
  {
    var count = 0
    while count < buffer.count {
      let part = Foundation.read(
        descriptor, buffer.baseAddress! + count, buffer.count - count)
      if part == 0 { break }
      if part < 0 {
        if errno == EINTR { continue }
        throw AudioFileError(opening: path, errno: errno)
      }
      count += part
    }
    return count
  }

  private static func checkIsRegular(_ status: stat, path: String) throws(AudioFileError) {
    let kind: String
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: kind = "a folder"
    case S_IFIFO: kind = "a pipe"
    case S_IFSOCK: kind = "a socket"
    default: kind = "a device"
    }
    throw AudioFileError(.notRegularFile, path: path, reason: "is \(kind), not a file")
  }
}

extension AudioFileError {
  /// A failure to look at, open or read something, in the system's own words.
  init(opening path: String, errno: Int32) {
    switch errno {
    case ENOENT, ENOTDIR:
      self.init(.notFound, path: path, reason: "is not there")
    default:
      let words = String(cString: strerror(errno))
      self.init(.unreadable, path: path, reason: "cannot be read: \(words)")
    }
  }
}
