import CSndfile
import Synchronization

/// A sound file open for reading, by libsndfile: the one owner of its handle.
///
/// What makes the unsafe calls safe: the handle lives exactly as long as this object, the descriptor
/// under it a little longer, and libsndfile is never asked for more frames than the buffer holds.
final class SoundFileReader {
  let path: String
  let info: AudioFileInfo

  /// The header promised more sound than the file's length allows; libsndfile corrected it.
  let promisesTooMuch: Bool

  private let handle: OpaquePointer
  private let file: ReadableFile

  // The reason for a failed opening is one global variable of libsndfile, so openings take turns.
  private static let opening = Mutex(())

  /// Opens a regular file and checks its header.
  ///
  /// libsndfile is given a descriptor, not a name, so that it cannot guess headerless formats from
  /// file extensions.
  init(path: String) throws(AudioFileError) {
    let file = try ReadableFile(path: path)
    guard file.byteCount > 0 else {
      throw AudioFileError(.empty, path: path, reason: "is empty: it has no bytes")
    }
    var header = SF_INFO()
    let descriptor = file.descriptor
    let opened = Self.opening.withLock { _ -> Result<OpaquePointer, AudioFileError> in
      guard let handle = sf_open_fd(descriptor, Int32(SFM_READ), &header, Int32(SF_FALSE)) else {
        return .failure(Self.openingFailure(path: path))
      }
      return .success(handle)
    }
    let handle = try opened.get()
    do throws(AudioFileError) {
      try Self.check(header, path: path)
    } catch {
      sf_close(handle)
      throw error
    }
    self.path = path
    self.file = file
    self.handle = handle
    info = AudioFileInfo(
      sampleRate: Int(header.samplerate), channelCount: Int(header.channels),
      frameCount: Int(header.frames), container: SoundFormatNames.container(header.format),
      encoding: SoundFormatNames.encoding(header.format),
      comment: sf_get_string(handle, Int32(SF_STR_COMMENT)).map { String(cString: $0) })
    promisesTooMuch = Self.logMentionsShortData(handle)
  }

  deinit { sf_close(handle) }

  /// Decodes the next frames, scaled to ±1 (integers of n bits by 2^(n−1)); floats as they are.
  ///
  /// - Parameter buffer: a multiple of the channel count, interleaved `[T, C]`.
  /// - Returns: the number of frames; 0 at the end, and where the rest is damaged.
  func read(into buffer: inout [Float]) throws(AudioFileError) -> Int {
    let capacity = buffer.count / info.channelCount
    let count = buffer.withUnsafeMutableBufferPointer {
      sf_readf_float(handle, $0.baseAddress, sf_count_t(capacity))
    }
    if count < capacity, sf_error(handle) == SF_ERR_SYSTEM {
      let words = String(cString: sf_strerror(handle))
      throw AudioFileError(
        .unreadable, path: path, reason: "cannot be read to its end: \(words)")
    }
    return max(0, Int(count))
  }

  /// Rejects lies in a header before anything is allocated for them.
  private static func check(_ header: SF_INFO, path: String) throws(AudioFileError) {
    guard AudioFileInfo.channelCounts.contains(Int(header.channels)) else {
      throw AudioFileError(
        .damaged, path: path, reason: "claims to have \(header.channels) channels")
    }
    guard AudioFileInfo.sampleRates.contains(Int(header.samplerate)) else {
      throw AudioFileError(
        .damaged, path: path,
        reason: "claims a sample rate of \(header.samplerate) Hz, "
          + "outside \(AudioFileInfo.sampleRates.lowerBound) Hz to "
          + "\(AudioFileInfo.sampleRates.upperBound / 1_000_000) MHz")
    }
    guard header.frames >= 0 else {
      throw AudioFileError(.damaged, path: path, reason: "claims a negative length")
    }
  }

  private static func openingFailure(path: String) -> AudioFileError {
    let words = String(cString: sf_strerror(nil))
    switch sf_error(nil) {
    case Int32(SF_ERR_UNRECOGNISED_FORMAT):
      return AudioFileError(
        .notAudio, path: path, reason: "is not an audio file of a kind that libsndfile knows")
    case Int32(SF_ERR_SYSTEM):
      return AudioFileError(.unreadable, path: path, reason: "cannot be read: \(words)")
    case Int32(SF_ERR_UNSUPPORTED_ENCODING):
      return AudioFileError(
        .unsupported, path: path,
        reason: "stores its sound in an encoding that is not read here; convert it to PCM")
    default:
      return AudioFileError(
        .damaged, path: path,
        reason: "has a header that is damaged or of an unknown kind (libsndfile: “\(words)”)")
    }
  }

  /// Whether libsndfile noted, in its log of the header, that the sound data ends before its stated
  /// length: a line such as `data : 2000 (should be 100)`. Nothing else in its API tells.
  private static func logMentionsShortData(_ handle: OpaquePointer) -> Bool {
    var log = [CChar](repeating: 0, count: 16_384)
    sf_command(handle, Int32(SFC_GET_LOG_INFO), &log, Int32(log.count))
    let text = String(decoding: log.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.split(separator: "\n").contains { line in
      let name = line.drop { $0 == " " }
      return (name.hasPrefix("data") || name.hasPrefix("SSND")) && line.contains("should be")
    }
  }
}
