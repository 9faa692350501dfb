import Foundation

/// Keeps a second program from training the same run.
///
/// The lock belongs to the open file, so the system lets go of it however the program ends.
final class RunLock {
  private let descriptor: Int32

  /// Takes the lock of a run.
  ///
  /// - Throws: ``RunError`` `.busy` when another program has it, `.cannotWrite` when there can be none.
  init(of folder: RunFolder) throws(RunError) {
    descriptor = open(folder.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw RunError(
        .cannotWrite, folder.path, "cannot be written: \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw RunError(
        .busy, folder.path, "is being trained by another program; wait for it or stop it first")
    }
  }

  deinit { close(descriptor) }
}
