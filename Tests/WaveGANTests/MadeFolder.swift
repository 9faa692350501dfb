import AudioFiles
import TestSupport
import WaveGAN

/// A folder of recordings made from seeds.
final class MadeFolder {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var path: String { folder.path }

  /// Writes a noise burst; equal seeds and lengths give equal bytes.
  @discardableResult
  func add(
    _ name: String, seed: UInt64, seconds: Double = 0.1, sampleRate: Int = 16_000,
    channelCount: Int = 1
  ) throws -> String {
    let clip = MadeClips.noiseBurst(
      seed: seed, seconds: seconds, sampleRate: sampleRate, channelCount: channelCount)
    return try add(name, clip)
  }

  @discardableResult
  func add(_ name: String, _ clip: AudioClip) throws -> String {
    let path = try folder.file(name)
    try AudioWriter(container: .wav, encoding: .float32).write(clip, to: path, overwrites: true)
    return path
  }

  /// Writes something that is no recording.
  @discardableResult
  func add(_ name: String, bytes: [UInt8]) throws -> String {
    try folder.write(bytes, to: name)
  }

  /// Surveys and decodes everything in the folder.
  func dataset(
    _ settings: DataSettings, memory: ByteCount? = nil, threadCount: Int? = nil
  ) throws -> Dataset {
    try Dataset(
      decoding: DatasetSurvey(
        paths: [path], labels: settings.labels, onlyLabels: settings.onlyLabels),
      settings: settings, memoryLimit: memory, cacheFolder: path, threadCount: threadCount)
  }
}
