import Foundation
import Synchronization

// What makes this safe: the mapping lives as long as the object, every read is checked against the
// number of samples that were written before it, and what was written is never changed. One
// thread appends; others read only what it has handed to them.

/// A file without a name that holds samples which do not fit into memory.
///
/// It is removed from its folder as soon as it is open, so that nothing is left behind however the
/// program ends. Reading goes through a memory map: the system keeps in memory what is used.
final class SpillFile: Sendable {
  private let descriptor: Int32
  private let map: Mutex<UnsafeRawPointer>
  private let written = Mutex(0)

  /// Address space for the map, not memory; nobody has a file of 128 GiB of samples to train on.
  private static let largestSize = 1 << 37

  /// - Throws: ``DatasetError`` when no file can be made in `folder`.
  init(in folder: String) throws {
    var path = Array((folder + "/wavegan-XXXXXX").utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw Self.error(in: folder) }
    unlink(path)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let map = mmap(nil, Self.largestSize, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let map, map != MAP_FAILED else {
      defer { close(descriptor) }
      throw Self.error(in: folder)
    }
    self.descriptor = descriptor
    self.folder = folder
    self.map = Mutex(UnsafeRawPointer(map))
  }

  private let folder: String

  deinit {
    map.withLock { _ = munmap(UnsafeMutableRawPointer(mutating: $0), Self.largestSize) }
    close(descriptor)
  }

  /// How many samples there are.
  var count: Int { written.withLock { $0 } }

  /// Adds samples at the end.
  ///
  /// - Throws: ``DatasetError`` when the disk is full or fails.
  func append(_ samples: Span<Float>) throws {
    let start = count
    try samples.withUnsafeBytes { bytes in
      let offset = start * MemoryLayout<Float>.stride
      guard offset + bytes.count <= Self.largestSize else {
        errno = EFBIG
        throw Self.error(in: folder)
      }
      var done = 0
      while done < bytes.count {
        let part = pwrite(
          descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, offset + done)
        if part < 0 && errno == EINTR { continue }
        guard part > 0 else { throw Self.error(in: folder) }
        done += part
      }
    }
    written.withLock { $0 = start + samples.count }
  }

  /// Forgets all samples from the `count`-th on.
  func truncate(to count: Int) {
    written.withLock { $0 = count }
  }

  /// Calls `body` with `count` samples from the `start`-th on.
  ///
  /// - Precondition: they have been appended; checked in every build.
  func withSamples<Result>(
    at start: Int, count: Int, _ body: (Span<Float>) throws -> Result
  ) rethrows -> Result {
    let end = self.count
    precondition(
      start >= 0 && count >= 0 && start + count <= end,
      "samples \(start) ..< \(start + count) of \(end) were asked for")
    let base = map.withLock { $0 }
      .advanced(by: start * MemoryLayout<Float>.stride).assumingMemoryBound(to: Float.self)
    return try body(UnsafeBufferPointer(start: base, count: count).span)
  }

  private static func error(in folder: String) -> DatasetError {
    DatasetError(
      .cacheFailed, folder,
      "cannot hold the decoded recordings that do not fit into --memory "
        + "(\(String(cString: strerror(errno)))); free some space or raise --memory")
  }
}
