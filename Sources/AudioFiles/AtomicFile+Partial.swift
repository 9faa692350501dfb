import Foundation

// A temporary file is locked while its ``AtomicFile`` lives, and the system lets go of the lock
// however the program ends: one that can be locked is nobody's.

extension AtomicFile {
  /// A hidden name that nothing else has, for what is not yet, or no longer, under its own.
  ///
  /// - Parameter purpose: its first part: `.partial-…`.
  package static func hiddenName(_ purpose: String) -> String {
    ".\(purpose)-" + String(UInt64.random(in: .min ... .max), radix: 36)
  }

  /// Creates a locked temporary file.
  ///
  /// - Returns: its path and descriptor; nil with `errno` set if the system refuses.
  static func makePartial(in folder: String) -> (path: String, descriptor: Int32)? {
    while true {
      let path = folder + "/" + hiddenName("partial")
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { return nil }
      // Some file systems have no locks; nothing is removed there.
      flock(descriptor, LOCK_EX)
      // Before it was locked, it may have been taken for abandoned.
      var status = stat()
      guard fstat(descriptor, &status) == 0 && status.st_nlink == 0 else {
        return (path, descriptor)
      }
      close(descriptor)
    }
  }

  /// Removes the temporary files that programs which were killed have left in a folder; those that
  /// are being written, by whatever program, stay.
  package static func removeAbandoned(in folder: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(".partial-") {
      let path = "\(folder)/\(name)"
      let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      // Files only: `unlink` leaves a folder alone.
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
    }
  }
}
