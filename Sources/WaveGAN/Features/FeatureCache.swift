import AudioFiles
import Foundation
import Spectra

/// A folder of features that were made before, so that a recording is decoded once.
///
/// There is one small file for each recording and settings. Its name is the key: the SHA-256 digest
/// of the format of features, of the settings, of this program's version and of the recording's own
/// digest. In it are:
///
///     32 bytes    SHA-256 of the key's bytes and all that follows
///     8, 8 bytes  frames T and numbers in a frame F, little-endian
///     4·T·F       the features, float32, little-endian
///
/// So an entry that is damaged, cut short or under another's name is not an entry, and is made
/// again. Entries appear whole; on one machine with the same libraries, two programs that make the
/// same one write the same bytes. Elsewhere the last digits may differ, so a cache is best not shared
/// between machines.
///
/// The folder holds ``sizeLimit`` at most: when a job ends, well or not, and it holds more, the
/// entries that were not used for longest go, until it is three quarters full.
public struct FeatureCache: Sendable {
  /// Where the entries are; made when the first is written.
  public let folder: String

  /// Bytes in the folder after a job, at most: a day and a half of sound in log-mel features.
  public static let sizeLimit = 2 << 30

  /// Bytes in the folder after a job, at most.
  let limit: Int

  /// A cache in a folder.
  public init(folder: String) { self.init(folder: folder, limit: Self.sizeLimit) }

  /// A cache in a folder that holds no more than `limit` bytes after a job.
  package init(folder: String, limit: Int) {
    self.folder = folder
    self.limit = limit
  }

  /// The folder that is used when no other is named: `$XDG_CACHE_HOME/wavegan/features`, or
  /// `~/.cache/wavegan/features`; nil where there is no home either. Source: XDG Base Directory
  /// Specification, which ignores a relative path.
  public static var `default`: FeatureCache? {
    let environment = ProcessInfo.processInfo.environment
    func folder(_ name: String) -> String? {
      environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    return (folder("XDG_CACHE_HOME") ?? folder("HOME").map { $0 + "/.cache" })
      .map { FeatureCache(folder: $0 + "/wavegan/features") }
  }

  /// The format of features: to be raised with every change of their numbers, so that those which an
  /// earlier build of the same version has kept are not taken for them.
  private static let format = 1

  /// The name of what a recording has under some settings.
  struct Key: Sendable, Hashable {
    let digest: ContentDigest

    /// - Throws: `EncodingError`, for settings that no ``FeatureSettings`` can hold.
    init(recording: ContentDigest, settings: FeatureSettings) throws {
      let parts = [
        Array("features \(format)".utf8), Array(try JSONEncoder.forFiles.encode(settings)),
        Array(ProgramVersion.current.utf8), recording.bytes,
      ]
      digest = ContentDigest(of: Array(parts.joined(separator: [0])))
    }
  }

  func path(of key: Key) -> String { "\(folder)/\(key.digest)" }

  // MARK: Entries

  private static let headerSize = 32 + 2 * MemoryLayout<UInt64>.size

  /// What was stored under a key; nil if there is nothing, or nothing that is whole.
  ///
  /// - Parameter frameSize: numbers in a frame.
  func features(for key: Key, frameSize: Int) -> Spectrogram? {
    let path = path(of: key)
    guard let data = FileManager.default.contents(atPath: path), data.count >= Self.headerSize
    else { return nil }
    let body = data.dropFirst(32)
    guard data.prefix(32).elementsEqual(Self.check(key, body).bytes) else { return nil }
    let counts = body.prefix(16).withUnsafeBytes { bytes in
      [0, 8].map { bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self).littleEndian }
    }
    // A product of counts that a file may hold can be too large; a quotient cannot.
    let (frameCount, rest) = (body.count - 16).quotientAndRemainder(dividingBy: 4 * frameSize)
    guard rest == 0, counts[0] == frameCount, counts[1] == frameSize else { return nil }
    let values = body.dropFirst(16).withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 4).map {
        Float(bitPattern: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self).littleEndian)
      }
    }
    // The time of change is the time of the last use, by which old entries go.
    utimes(path, nil)
    return Spectrogram(frameCount: frameCount, binCount: frameSize, values: values)
  }

  /// Stores features; where that fails, they are not there the next time, and that is all.
  func store(_ features: Spectrogram, for key: Key) {
    var body = Data(capacity: 16 + 4 * features.values.count)
    for count in [features.frameCount, features.binCount] {
      withUnsafeBytes(of: UInt64(count).littleEndian) { body.append(contentsOf: $0) }
    }
    for value in features.values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { body.append(contentsOf: $0) }
    }
    let bytes = Self.check(key, body).bytes + body
    try? AtomicFile.makeFolder(folder)
    try? AtomicFile.write(
      [UInt8](bytes), to: path(of: key), overwrites: true, survivesPowerLoss: false)
  }

  private static func check(_ key: Key, _ body: Data) -> ContentDigest {
    let hasher = ContentHasher()
    hasher.update(key.digest.bytes.span.bytes)
    body.withUnsafeBytes { hasher.update($0.bytes) }
    return hasher.finish()
  }
}
