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

  /// Reads up to `buffer.count` bytes from a place in the file, fewer only at its end.
  ///
  /// - Returns: how many were read, or the system's error number.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Result<Int, ErrorNumber>
  {
    var count = 0
    while count < buffer.count {
      let part = pread(
        descriptor, buffer.baseAddress! + count, buffer.count - count, off_t(offset + count))
      if part == 0 { break }
      if part > 0 {
        count += part
      } else if errno != EINTR {
        return .failure(ErrorNumber(value: errno))
      }
    }
    return .success(count)
  }

  /// The system's `errno` after a failure.
  struct ErrorNumber: Error {
    let value: Int32
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
