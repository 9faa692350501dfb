import CSndfile
import Foundation

/// A file in memory that libsndfile writes to through callbacks.
///
/// What makes the unsafe calls safe: `user` is always the address of a `MemoryFile` that
/// ``SoundFileEncoder`` holds, and no copy passes the end of `bytes`.
final class MemoryFile {
  private(set) var bytes: [UInt8] = []
  private var position = 0

  static var callbacks: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { user in sf_count_t(MemoryFile.at(user).bytes.count) },
      seek: { offset, whence, user in MemoryFile.at(user).seek(offset, whence) },
      read: { target, count, user in MemoryFile.at(user).read(target, count) },
      write: { source, count, user in MemoryFile.at(user).write(source, count) },
      tell: { user in sf_count_t(MemoryFile.at(user).position) })
  }

  private static func at(_ user: UnsafeMutableRawPointer?) -> MemoryFile {
    Unmanaged<MemoryFile>.fromOpaque(user!).takeUnretainedValue()
  }

  private func seek(_ offset: sf_count_t, _ whence: Int32) -> sf_count_t {
    let origin =
      switch whence {
      case SEEK_SET: 0
      case SEEK_CUR: position
      default: bytes.count
      }
    position = max(0, origin + Int(offset))
    return sf_count_t(position)
  }

  private func read(_ target: UnsafeMutableRawPointer?, _ count: sf_count_t) -> sf_count_t {
    let end = min(bytes.count, position + Int(count))
    guard let target, position < end else { return 0 }
    bytes.withUnsafeBytes {
      target.copyMemory(from: $0.baseAddress! + position, byteCount: end - position)
    }
    defer { position = end }
    return sf_count_t(end - position)
  }

  private func write(_ source: UnsafeRawPointer?, _ count: sf_count_t) -> sf_count_t {
    guard let source, count > 0 else { return 0 }
    let end = position + Int(count)
    if end > bytes.count { bytes.append(contentsOf: repeatElement(0, count: end - bytes.count)) }
    bytes.withUnsafeMutableBytes {
      ($0.baseAddress! + position).copyMemory(from: source, byteCount: Int(count))
    }
    position = end
    return count
  }
}
