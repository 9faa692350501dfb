import CSndfile
import Foundation
import Synchronization

/// A sound file open for reading, by libsndfile: the one owner of its handle.
///
/// What makes the unsafe calls safe: the handle lives exactly as long as this object, the source under
/// it a little longer, and libsndfile is never asked for more frames than the buffer holds.
final class SoundFileReader {
  let path: String
  let info: AudioFileInfo

  /// The header promised more sound than the file's length allows; libsndfile corrected it.
  let promisesTooMuch: Bool

  private let handle: OpaquePointer
  private let source: SoundFileSource

  // The reason for a failed opening is one global variable of libsndfile, so openings take turns.
  private static let opening = Mutex(())

  /// Opens a regular file and checks its header.
  init(path: String) throws(AudioFileError) {
    let source = try SoundFileSource(path: path)
    guard source.byteCount > 0 else {
      throw AudioFileError(.empty, path: path, reason: "is empty: it has no bytes")
    }
    var header = SF_INFO()
    var callbacks = SoundFileSource.callbacks
    let user = Unmanaged.passUnretained(source).toOpaque()
    var opened: OpaquePointer?
    var (code, words) = (Int32(0), "")
    Self.opening.withLock { _ in
      opened = sf_open_virtual(&callbacks, Int32(SFM_READ), &header, user)
      if opened == nil { (code, words) = (sf_error(nil), String(cString: sf_strerror(nil))) }
    }
    guard let handle = opened else {
      if let failure = source.failure { throw AudioFileError(opening: path, errno: failure) }
      throw Self.refusal(code: code, words: words, path: path)
    }
    do throws(AudioFileError) {
      try Self.check(header, path: path)
    } catch {
      withExtendedLifetime(source) { _ = sf_close(handle) }
      throw error
    }
    self.path = path
    self.source = source
    self.handle = handle
    info = AudioFileInfo(
      sampleRate: Int(header.samplerate), channelCount: Int(header.channels),
      frameCount: Int(header.frames), container: SoundFormatNames.container(header.format),
      encoding: SoundFormatNames.encoding(header.format),
      comment: sf_get_string(handle, Int32(SF_STR_COMMENT)).map { String(cString: $0) })
    promisesTooMuch = Self.logMentionsShortData(handle)
  }

  deinit { sf_close(handle) }

  /// The digest of the file's bytes, in which the reader's place does not change.
  ///
  /// - Throws: ``AudioFileError`` `.unreadable`.
  func digest() throws(AudioFileError) -> ContentDigest { try source.digest(path: path) }

  /// Decodes the next frames, scaled to ±1 (integers of n bits by 2^(n−1)); floats as they are.
  ///
  /// - Parameter buffer: a multiple of the channel count, interleaved `[T, C]`.
  /// - Returns: the number of frames; 0 at the end, and where the rest is damaged.
  func read(into buffer: inout [Float]) throws(AudioFileError) -> Int {
    let capacity = buffer.count / info.channelCount
    let count = buffer.withUnsafeMutableBufferPointer {
      sf_readf_float(handle, $0.baseAddress, sf_count_t(capacity))
    }
    if let failure = source.failure { throw AudioFileError(opening: path, errno: failure) }
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

  /// What libsndfile's error number and words mean for a file.
  private static func refusal(code: Int32, words: String, path: String) -> AudioFileError {
    switch code {
    case Int32(SF_ERR_UNRECOGNISED_FORMAT):
      return AudioFileError(
        .notAudio, path: path, reason: "is not an audio file of a kind that libsndfile knows")
    case Int32(SF_ERR_UNSUPPORTED_ENCODING):
      return AudioFileError(
        .unsupported, path: path,
        reason: "stores its sound in an encoding that is not read here; convert it to PCM")
    case _ where words.contains("SF_INFO"):
      // Its own words here speak to programmers.
      return AudioFileError(
        .damaged, path: path, reason: "has a header without a sample rate, channels or encoding")
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
    guard strstr(log, "should be") != nil else { return false }
    let text = String(decoding: log.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.split(separator: "\n").contains { line in
      let name = line.drop { $0 == " " }
      return (name.hasPrefix("data") || name.hasPrefix("SSND")) && line.contains("should be")
    }
  }
}
