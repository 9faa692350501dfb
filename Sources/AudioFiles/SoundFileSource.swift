import CSndfile
import Foundation

/// What libsndfile reads a file through: callbacks on a descriptor that stays ours.
///
/// libsndfile is not given the descriptor itself, because some of its versions close it when a file
/// is refused, and by then the number may belong to a file of another thread. Without a name it
/// cannot guess headerless formats from file extensions either.
///
/// libsndfile reads headers a few bytes and samples a few thousand at a time, so the file is read in
/// blocks, and it is given parts of them: most recordings are one block, read once.
///
/// What makes the unsafe calls safe: `user` is always the address of a `SoundFileSource` that
/// ``SoundFileReader`` holds longer than its handle; the block is allocated and freed here alone, and
/// nothing past the bytes that were read into it is copied.
final class SoundFileSource {
  private let file: ReadableFile
  private var position = 0

  private let block: UnsafeMutableRawBufferPointer

  /// The part of the file that the block holds.
  private var blockRange = 0..<0

  /// Bytes read at a time; fewer for a shorter file.
  private static let blockSize = 1 << 16

  /// The system's error in reading, which callbacks cannot hand on.
  private(set) var failure: Int32?

  /// Opens a file and reads its first block.
  init(path: String) throws(AudioFileError) {
    file = try ReadableFile(path: path)
    block = .allocate(byteCount: min(Self.blockSize, max(1, file.byteCount)), alignment: 16)
    readBlock(at: 0)
  }

  deinit { block.deallocate() }

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
    var done = 0
    // Nothing past the size that libsndfile was told: the file may be growing.
    while done < Int(count) && position < byteCount {
      if !blockRange.contains(position) { readBlock(at: position) }
      let part = min(Int(count) - done, blockRange.upperBound - position)
      guard part > 0 else { break }
      (target + done).copyMemory(
        from: block.baseAddress! + (position - blockRange.lowerBound), byteCount: part)
      position += part
      done += part
    }
    return sf_count_t(done)
  }

  /// Reads the block that begins at a place in the file; it is empty at the end and after a failure.
  private func readBlock(at offset: Int) {
    switch file.read(into: block, at: offset) {
    case .success(let count): blockRange = offset..<offset + count
    case .failure(let error):
      failure = error.value
      blockRange = offset..<offset
    }
  }

  /// The digest of the whole file.
  ///
  /// - Throws: ``AudioFileError`` `.unreadable`.
  func digest(path: String) throws(AudioFileError) -> ContentDigest {
    let hasher = ContentHasher()
    if blockRange.lowerBound > 0 { readBlock(at: 0) }
    while !blockRange.isEmpty {
      hasher.update(UnsafeRawBufferPointer(rebasing: block[..<blockRange.count]).bytes)
      if blockRange.upperBound == byteCount { break }
      readBlock(at: blockRange.upperBound)
    }
    if let failure { throw AudioFileError(opening: path, errno: failure) }
    return hasher.finish()
  }
}
