/// Writes clips to sound files: the same clip and settings give the same bytes.
///
/// Integers are rounded to the nearest step (ties to even) after scaling by 2^(bits−1), and clipped,
/// so that what was read from PCM of as many bits is written back exactly. No dither is added.
public struct AudioWriter: Sendable, Hashable {
  /// The kind of file.
  public enum Container: String, Sendable, Hashable, Codable, CaseIterable {
    case wav, flac, aiff, ogg
  }

  /// How samples are stored.
  public enum Encoding: String, Sendable, Hashable, Codable, CaseIterable {
    case pcm16, pcm24, float32
  }

  /// Longest comment, in bytes of UTF-8: libsndfile does not read longer ones back from WAV.
  public static let maximumCommentLength = 2_000

  public let container: Container

  /// Without meaning for Ogg, which holds Vorbis.
  public let encoding: Encoding

  /// - Throws: ``AudioFileError`` `.unsupported` for FLAC with `float32`, which it cannot hold.
  public init(container: Container, encoding: Encoding = .pcm16) throws(AudioFileError) {
    guard container != .flac || encoding != .float32 else {
      throw AudioFileError(
        .unsupported, path: "flac", reason: "files cannot hold float32; use pcm16 or pcm24")
    }
    self.container = container
    self.encoding = encoding
  }

  /// Makes the bytes of a file in memory.
  ///
  /// Samples beyond ±1 are clipped, except in `float32`.
  ///
  /// - Parameters:
  ///   - clip: the sound.
  ///   - comment: the text of the file's comment field, within ``maximumCommentLength`` and without
  ///     NUL characters.
  ///   - oggSerialNumber: an Ogg file's serial number, where the library would use the time of day.
  ///   - path: the subject of errors.
  /// - Throws: ``AudioFileError`` `.unsupported` when the kind of file cannot hold the clip's rate or
  ///   channels, or the comment; `.notFinite`.
  public func encode(
    _ clip: AudioClip, comment: String? = nil, oggSerialNumber: UInt32 = 0, path: String
  ) throws(AudioFileError) -> [UInt8] {
    if let comment, comment.utf8.count > Self.maximumCommentLength || comment.utf8.contains(0) {
      throw AudioFileError(
        .unsupported, path: path,
        reason: "cannot hold a comment of over \(Self.maximumCommentLength) bytes or with NULs")
    }
    let encoder = try SoundFileEncoder(
      container: container, encoding: encoding, channelCount: clip.channelCount,
      sampleRate: clip.sampleRate, comment: comment, path: path)
    var bytes = try encoder.encode(clip.samples)
    if container == .ogg { OggPages.setSerialNumber(oggSerialNumber, in: &bytes) }
    return bytes
  }

  /// Writes a clip to a file, whole or not at all.
  ///
  /// - Returns: the digest of the bytes written.
  /// - Throws: ``AudioFileError`` `.unsupported`, `.notFinite`, `.exists`, `.cannotCreate` or
  ///   `.writeFailed`.
  @discardableResult
  public func write(
    _ clip: AudioClip, to path: String, comment: String? = nil, oggSerialNumber: UInt32 = 0,
    overwrites: Bool = false
  ) throws(AudioFileError) -> ContentDigest {
    let bytes = try encode(clip, comment: comment, oggSerialNumber: oggSerialNumber, path: path)
    try AtomicFile.write(bytes, to: path, overwrites: overwrites)
    return ContentDigest(of: bytes)
  }

  /// What file names of this kind end in, without the dot.
  public var fileExtension: String { container.rawValue }
}
