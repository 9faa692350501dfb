import AudioFiles
import Foundation
import Spectra
import TestSupport
import Testing
import WaveGAN

@Suite("Features for NumPy")
struct FeaturesTests {
  private let recordings: MadeFolder
  private let room: TemporaryFolder

  init() throws {
    recordings = try MadeFolder()
    room = try TemporaryFolder()
    for index in 0..<6 {
      try recordings.add(
        "\(index < 3 ? "kick" : "snare")/\(index).wav", seed: UInt64(index),
        seconds: 0.05 * Double(index + 1))
    }
  }

  private var cache: FeatureCache { FeatureCache(folder: room.path + "/cache") }

  /// Makes features of all recordings.
  @discardableResult
  private func make(
    _ name: String = "f.npz", _ settings: FeatureSettings? = nil, cache: FeatureCache? = nil,
    threadCount: Int? = nil
  ) throws -> FeatureJob.Result {
    let job = FeatureJob(
      settings: try settings ?? FeatureSettings(sampleRate: 16_000),
      file: "\(room.path)/\(name)", cache: cache, overwrites: true)
    return try job.run(DatasetSurvey(paths: [recordings.path]), threadCount: threadCount)
  }

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(room.path)/\(name)"))
  }

  private func cacheEntries() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: cache.folder).sorted()
  }

  // MARK: Numbers

  @Test("The default is the spectrum that the tool itself compares sounds by")
  func defaults() throws {
    for rate in [8_000, 16_000, 44_100] {
      let settings = try FeatureSettings(sampleRate: rate)
      let own = LogMelSpectrum(sampleRate: rate)
      let samples = MadeClips.noiseBurst(seed: 1, seconds: 0.3, sampleRate: rate).samples
      #expect(FeatureExtractor(settings).features(of: samples) == own.features(of: samples))
      #expect(settings.bandCount == 64 && settings.hopLength * 4 == settings.fftLength)
    }
  }

  @Test("A sine lands in the band of its frequency, at its level", arguments: [0.5, 0.01])
  func sine(amplitude: Double) throws {
    let extractor = FeatureExtractor(try FeatureSettings(sampleRate: 16_000, bandCount: 32))
    // Bin 128 of 1,024 at 16 kHz.
    let clip = MadeClips.sine(
      frequencyHz: 2_000, amplitude: amplitude, seconds: 0.5, sampleRate: 16_000)
    let features = extractor.features(of: clip.samples)
    let frame = (0..<32).map { features[features.frameCount / 2, $0] }
    let loudest = try #require(frame.indices.max { frame[$0] < frame[$1] })
    let nearest = try #require(
      (0..<32).min {
        abs(extractor.frequenciesHz[$0] - 2_000) < abs(extractor.frequenciesHz[$1] - 2_000)
      })
    #expect(loudest == nearest)
    // A Hann window gives a sine in a bin ½, 1 and ½ of its amplitude in three bins; the triangle
    // weighs them with at least ½ and at most 1, so that the band has ½ to 2 of the amplitude.
    #expect((0.5...2).contains(Double(exp(frame[loudest])) / amplitude))
  }

  @Test("Linear features are amplitudes: a sine in a bin has its own, and half in its neighbours")
  func amplitudes() throws {
    let settings = try FeatureSettings(kind: .linear, sampleRate: 16_000, fftLength: 256)
    let extractor = FeatureExtractor(settings)
    #expect(settings.bandCount == 129 && extractor.frequenciesHz[32] == 2_000)
    let clip = MadeClips.sine(
      frequencyHz: 2_000, amplitude: 0.25, seconds: 0.1, sampleRate: 16_000)
    let features = extractor.features(of: clip.samples)
    // Samples and results are rounded to float32, 6·10⁻⁸ of their size.
    for (bin, expected) in [(31, 0.125), (32, 0.25), (33, 0.125), (60, 0)] as [(Int, Float)] {
      #expect(abs(features[5, bin] - expected) < 1e-6)
    }
  }

  @Test("Silence is at the floor, and one sample is one frame", arguments: [1, 2])
  func short(channelCount: Int) throws {
    let settings = try FeatureSettings(sampleRate: 16_000, channelCount: channelCount)
    let extractor = FeatureExtractor(settings)
    let silence = extractor.features(of: [Float](repeating: 0, count: 1_000 * channelCount))
    #expect(silence.frameCount == 1 + 1_000 / 256)
    // The logarithm rounds to 5·10⁻⁷ at 11.5.
    #expect(silence.values.allSatisfy { abs($0 - log(1e-5)) < 1e-6 })
    let one = extractor.features(of: [Float](repeating: 1, count: channelCount))
    #expect(one.frameCount == 1 && one.binCount == 64 * channelCount)
    #expect(one.values.allSatisfy { $0 > log(1e-5) })
  }

  @Test("Two channels stand in each frame one after the other")
  func stereo() throws {
    let left = MadeClips.noiseBurst(seed: 1, seconds: 0.1, sampleRate: 16_000).samples
    let right = MadeClips.noiseBurst(seed: 2, seconds: 0.1, sampleRate: 16_000).samples
    let mono = FeatureExtractor(try FeatureSettings(sampleRate: 16_000))
    let stereo = FeatureExtractor(try FeatureSettings(sampleRate: 16_000, channelCount: 2))
    let features = stereo.features(of: zip(left, right).flatMap { [$0, $1] })
    for (offset, channel) in [(0, mono.features(of: left)), (64, mono.features(of: right))] {
      #expect(
        (0..<channel.frameCount).allSatisfy { frame in
          (0..<64).allSatisfy { features[frame, offset + $0] == channel[frame, $0] }
        })
    }
  }

  @Test("Settings that cannot be are refused")
  func refusals() throws {
    func code(_ make: () throws -> FeatureSettings) -> SettingsError.Code? {
      do { _ = try make() } catch { return (error as? SettingsError)?.code }
      return nil
    }
    #expect(code { try FeatureSettings(sampleRate: 100) } == .outOfRange)
    #expect(code { try FeatureSettings(sampleRate: 16_000, channelCount: 3) } == .outOfRange)
    #expect(code { try FeatureSettings(sampleRate: 16_000, fftLength: 511) } == .outOfRange)
    #expect(code { try FeatureSettings(sampleRate: 16_000, hopLength: 0) } == .outOfRange)
    #expect(code { try FeatureSettings(sampleRate: 16_000, bandCount: 0) } == .outOfRange)
    #expect(
      code { try FeatureSettings(kind: .linear, sampleRate: 16_000, bandCount: 8) } == .conflict)
    // Bins 250 Hz apart, bands closer than that.
    let narrow = try FeatureSettings(sampleRate: 16_000, fftLength: 64)
    #expect(FeatureExtractor(narrow).emptyBandCount > 0)
    #expect(FeatureExtractor(try FeatureSettings(sampleRate: 16_000)).emptyBandCount == 0)
  }

  // MARK: The file

  @Test("The file has the same bytes for any number of threads, with a cache and without")
  func sameBytes() throws {
    try make("one.npz", threadCount: 1)
    try make("four.npz", threadCount: 4)
    try make("fresh.npz", cache: cache, threadCount: 4)
    let result = try make("cached.npz", cache: cache)
    #expect(result.cachedCount == 6 && result.clipCount == 6)
    for name in ["four.npz", "fresh.npz", "cached.npz"] {
      #expect(try bytes(name) == bytes("one.npz"))
    }
  }

  @Test("A file that is there is left alone, and stopping leaves nothing")
  func notMade() throws {
    let survey = try DatasetSurvey(paths: [recordings.path])
    let settings = try FeatureSettings(sampleRate: 16_000)
    try room.write([1], to: "there.npz")
    var job = FeatureJob(settings: settings, file: room.path + "/there.npz", cache: nil)
    #expect(throws: AudioFileError.self) { try job.run(survey) }
    #expect(try bytes("there.npz") == Data([1]))
    job.file = room.path + "/new.npz"
    #expect(throws: CancellationError.self) { try job.run(survey, shouldStop: { true }) }
    // Once all recordings are read, only the writing is left to be stopped.
    let counter = Counter()
    #expect(throws: CancellationError.self) {
      try job.run(survey, threadCount: 1, shouldStop: { counter.next() > 6 })
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: room.path) == ["there.npz"])
  }

  @Test("A recording that cannot be decoded is told, and a silent one is used")
  func unusable() throws {
    try recordings.add("bad.wav", bytes: Array("RIFF".utf8))
    try recordings.add(
      "vast.wav",
      AudioClip(
        samples: [Float](repeating: 3e38, count: 9_000), channelCount: 1, sampleRate: 16_000))
    try recordings.add(
      "silent.wav",
      AudioClip(samples: [Float](repeating: 0, count: 9), channelCount: 1, sampleRate: 16_000))
    let result = try make()
    #expect(result.clipCount == 7)
    #expect(
      result.rejected.map { String($0.path.dropFirst(recordings.path.count + 1)) }
        == ["bad.wav", "vast.wav"])
  }

  // MARK: The cache

  @Test("What is damaged, cut short or under another's name is made again")
  func damage() throws {
    try make("good.npz", cache: cache)
    let entries = try cacheEntries().map { cache.folder + "/" + $0 }
    var bytes = try entries.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    bytes[0][bytes[0].count - 1] ^= 1
    bytes[1] = bytes[1].dropLast(4)
    bytes[2] = Data()
    bytes[3] = bytes[4]
    for (path, data) in zip(entries, bytes) { try data.write(to: URL(fileURLWithPath: path)) }
    #expect(try make("again.npz", cache: cache).cachedCount == 2)
    #expect(try self.bytes("again.npz") == self.bytes("good.npz"))
    #expect(try make(cache: cache).cachedCount == 6)
  }

  @Test("Other settings and changed recordings are other entries; moved recordings are the same")
  func keys() throws {
    try make(cache: cache)
    for settings in [
      try FeatureSettings(sampleRate: 8_000),
      try FeatureSettings(kind: .linear, sampleRate: 16_000),
      try FeatureSettings(sampleRate: 16_000, hopLength: 100),
      try FeatureSettings(sampleRate: 16_000, channelCount: 2),
    ] {
      #expect(try make("other.npz", settings, cache: cache).cachedCount == 0)
    }
    try recordings.add("kick/0.wav", seed: 77)
    try FileManager.default.moveItem(
      atPath: recordings.path + "/kick/1.wav", toPath: recordings.path + "/snare/moved.wav")
    #expect(try make(cache: cache).cachedCount == 5)
  }

  @Test("An entry whose counts do not fit its size is made again, whatever its digest says")
  func counts() throws {
    try make("good.npz", cache: cache)
    // T = 2⁶² makes 4·T·F zero in 64 bits; two bytes more are no number.
    let (names, frameSize) = (try cacheEntries(), UInt64(64))
    for (name, frameCount, extra) in [(names[0], UInt64(1) << 62, 0), (names[1], 0, 2)] {
      let body =
        [frameCount, frameSize].flatMap { count in
          withUnsafeBytes(of: count.littleEndian, Array.init)
        } + [UInt8](repeating: 0, count: extra)
      let key = try #require(ContentDigest(hexadecimal: name))
      try room.write(ContentDigest(of: key.bytes + body).bytes + body, to: "cache/" + name)
    }
    #expect(try make("again.npz", cache: cache).cachedCount == 4)
    #expect(try bytes("again.npz") == bytes("good.npz"))
  }

  @Test("A recording that is replaced after it was found is rejected, and not kept")
  func replaced() throws {
    let survey = try DatasetSurvey(paths: [recordings.path])
    let path = try recordings.add("kick/0.wav", seed: 99)
    let job = FeatureJob(
      settings: try FeatureSettings(sampleRate: 16_000), file: room.path + "/f.npz", cache: cache)
    let result = try job.run(survey)
    #expect(result.clipCount == 5)
    #expect(result.rejected.map(\.path) == [path])
    #expect(result.rejected.map(\.reason) == ["changed while it was being read; run this again"])
    #expect(try cacheEntries().count == 5)
  }

  @Test("A cache that cannot be written changes nothing")
  func unwritable() throws {
    let file = try room.write([], to: "file")
    let result = try make(cache: FeatureCache(folder: file + "/cache"))
    #expect(result.clipCount == 6 && result.cachedCount == 0)
  }

  @Test("A full cache loses what was not used for longest, until it is three quarters full")
  func pruning() throws {
    try make(cache: cache)
    for (age, name) in try cacheEntries().enumerated() {
      let date = Date(timeIntervalSince1970: 1_000_000 - Double(age))
      try FileManager.default.setAttributes(
        [.modificationDate: date], ofItemAtPath: cache.folder + "/" + name)
    }
    let before = try cacheEntries()
    let sizes = try before.map {
      try Data(contentsOf: URL(fileURLWithPath: cache.folder + "/" + $0)).count
    }
    let total = sizes.reduce(0, +)
    FeatureCache(folder: cache.folder, limit: total).prune()
    #expect(try cacheEntries() == before)
    try room.write([1], to: "cache/mine.txt")
    try room.write([1], to: "cache/.partial-old")
    FeatureCache(folder: cache.folder, limit: total - 1).prune()
    let after = try cacheEntries().filter { $0 != "mine.txt" }
    #expect(after == Array(before.prefix(after.count)) && after.count < before.count)
    // One more would be too many.
    #expect(sizes.prefix(after.count).reduce(0, +) <= (total - 1) / 4 * 3)
    #expect(sizes.prefix(after.count + 1).reduce(0, +) > (total - 1) / 4 * 3)
    #expect(FileManager.default.fileExists(atPath: cache.folder + "/mine.txt"))
    #expect(!FileManager.default.fileExists(atPath: cache.folder + "/.partial-old"))
  }

  @Test("A job leaves no more in the cache than fits, even when it is stopped")
  func jobPrunes() throws {
    try make(cache: cache)
    var job = FeatureJob(
      settings: try FeatureSettings(sampleRate: 16_000), file: room.path + "/g.npz", cache: cache)
    let survey = try DatasetSurvey(paths: [recordings.path])
    #expect(throws: CancellationError.self) { try job.run(survey, shouldStop: { true }) }
    #expect(try cacheEntries().count == 6)
    job.cache = FeatureCache(folder: cache.folder, limit: 0)
    #expect(throws: CancellationError.self) { try job.run(survey, shouldStop: { true }) }
    #expect(try cacheEntries() == [])
    try job.run(survey)
    #expect(try cacheEntries() == [])
  }
}

/// Counts calls.
private final class Counter: @unchecked Sendable {
  private var count = 0

  /// How many there have been; called from one thread.
  func next() -> Int {
    count += 1
    return count
  }
}
