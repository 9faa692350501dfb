import CSndfile
import Foundation

/// What libsndfile reads a file through: callbacks on a descriptor that stays ours.
///
/// libsndfile is not given the descriptor itself, because some of its versions close it when a file
/// is refused, and by then the number may belong to a file of another thread. Without a name it
/// cannot guess headerless formats from file extensions either.
///
/// What makes the unsafe calls safe: `user` is always the address of a `SoundFileSource` that
/// ``SoundFileReader`` holds longer than its handle.
final class SoundFileSource {
  private let file: ReadableFile
  private var position = 0

  /// The system's error in reading, which callbacks cannot hand on.
  private(set) var failure: Int32?

  init(path: String) throws(AudioFileError) {
    file = try ReadableFile(path: path)
  }

  var byteCount: Int { file.byteCount }

  static var callbacks: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { user in sf_count_t(SoundFileSource.at(user).byteCount) },
      seek: { offset, whence, user in SoundFileSource.at(user).seek(offset, whence) },
      read: { target, count, user in SoundFileSource.at(user).read(target, count) },
      write: { _, _, _ in 0 },
      tell: { user in sf_count_t(SoundFileSource.at(user).position) })
  }

  private static func at(_ user: UnsafeMutableRawPointer?) -> SoundFileSource {
    Unmanaged<SoundFileSource>.fromOpaque(user!).takeUnretainedValue()
  }

  private func seek(_ offset: sf_count_t, _ whence: Int32) -> sf_count_t {
    let origin =
      switch whence {
      case SEEK_SET: 0
      case SEEK_CUR: position
      default: byteCount
      }
    // A hostile header can ask for any offset.
    let (target, overflows) = origin.addingReportingOverflow(Int(offset))
    guard !overflows, (0...Int(Int32.max) << 20).contains(target) else { return -1 }
    position = target
    return sf_count_t(target)
  }

  private func read(_ target: UnsafeMutableRawPointer?, _ count: sf_count_t) -> sf_count_t {
    guard let target, count > 0 else { return 0 }
    let buffer = UnsafeMutableRawBufferPointer(start: target, count: Int(count))
    switch file.read(into: buffer, at: position) {
    case .success(let done):
      position += done
      return sf_count_t(done)
    case .failure(let error):
      failure = error.value
      return 0
    }
  }
}
