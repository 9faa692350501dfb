/// What a sound file says about itself, before anything is decoded.
public struct AudioFileInfo: Sendable, Hashable, Codable {
  /// Frames per second, in Hz, within ``sampleRates``.
  public var sampleRate: Int

  /// Channels in a frame, within ``channelCounts``.
  public var channelCount: Int

  /// Frames that the header promises; a damaged file can hold fewer.
  public var frameCount: Int

  /// The kind of file: “WAV”, “AIFF”, “FLAC”, “OGG”.
  public var container: String

  /// How samples are stored: “16-bit PCM”, “Vorbis”.
  public var encoding: String

  /// The comment field's text, if there is one: anyone may have written it, so it is shown with
  /// `escapedForDisplay`.
  public var comment: String?

  /// The sample rates that are read: from recorders of whales to recorders of bats, in Hz. A rate
  /// outside says that the header is damaged, and resampling it could take for ever.
  public static let sampleRates = 100...2_000_000

  /// The channel counts that are read; libsndfile's own limit.
  public static let channelCounts = 1...1_024

  /// Reads the header of a regular file.
  ///
  /// - Throws: ``AudioFileError`` `.notFound`, `.notRegularFile`, `.unreadable`, `.notAudio`,
  ///   `.unsupported` or `.damaged`.
  public init(path: String) throws(AudioFileError) {
    self = try SoundFileReader(path: path).info
  }

  /// Reads the header of a regular file and digests its bytes, with one opening.
  ///
  /// - Throws: as ``init(path:)``.
  package static func withDigest(
    path: String
  ) throws(AudioFileError) -> (info: AudioFileInfo, digest: ContentDigest) {
    let file = try SoundFileReader(path: path)
    return (file.info, try file.digest())
  }

  init(
    sampleRate: Int, channelCount: Int, frameCount: Int, container: String, encoding: String,
    comment: String?
  ) {
    self.sampleRate = sampleRate
    self.channelCount = channelCount
    self.frameCount = frameCount
    self.container = container
    self.encoding = encoding
    self.comment = comment
  }

  /// `T / sampleRate`, as promised by the header.
  public var durationSeconds: Double { Double(frameCount) / Double(sampleRate) }
}
