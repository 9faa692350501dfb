import AudioFiles
import Foundation
import TestSupport
import Testing
import WaveGAN

@Suite("Dataset: what is used, how, and what is not")
struct DatasetTests {
  private let settings = DataSettings(sampleRate: 16_000, windowLength: 4_096, holdout: 0)

  @Test("Every file is used or rejected with its reason; the rest goes on")
  func everyFile() throws {
    let folder = try MadeFolder()
    try folder.add("a.wav", seed: 1)
    try folder.add("copy.wav", seed: 1)
    try folder.add("notes.txt", bytes: Array("hello".utf8))
    try folder.add("broken.wav", bytes: Array("RIFF????WAVE".utf8))
    try folder.add(
      "silent.wav",
      AudioClip(samples: .init(repeating: 0, count: 800), channelCount: 1, sampleRate: 16_000))
    let finite = try AudioWriter(container: .wav, encoding: .float32).encode(
      AudioClip(samples: [0, 1, 0], channelCount: 1, sampleRate: 16_000), path: "infinite.wav")
    // The last sample becomes infinity, little-endian.
    try folder.add("infinite.wav", bytes: finite.dropLast(4) + [0, 0, 0x80, 0x7F])
    let report = try folder.dataset(settings).report
    #expect(report.used.map { $0.path.dropFirst(folder.path.count) } == ["/a.wav"])
    let rejected = Dictionary(
      uniqueKeysWithValues: report.rejected.map {
        (String($0.path.dropFirst(folder.path.count)), $0)
      })
    #expect(rejected.count == 5)
    #expect(rejected["/copy.wav"]?.code == "same-content")
    #expect(rejected["/copy.wav"]?.reason == "has the same bytes as \(folder.path)/a.wav")
    #expect(rejected["/notes.txt"]?.code == "notAudio")
    #expect(rejected["/silent.wav"]?.code == "silent")
    #expect(rejected["/infinite.wav"]?.code == "notFinite")
    #expect(rejected["/broken.wav"] != nil)
  }

  @Test("A folder with nothing usable is an error, but only when it is to be used")
  func nothingUsable() throws {
    let folder = try MadeFolder()
    try folder.add("broken.wav", bytes: [1, 2, 3])
    let dataset = try folder.dataset(settings)
    #expect(dataset.rejected.count == 1)
    #expect(throws: DatasetError.self) { try dataset.checkUsable() }
    #expect(throws: DatasetError.self) {
      try BatchLoader(dataset: dataset, batchSize: 2, seed: 0)
    }
  }

  @Test("A path that is not there is an error")
  func missingPath() {
    let error = #expect(throws: AudioFileError.self) { try DatasetSurvey(paths: ["/no/such"]) }
    #expect(error?.code == .notFound)
  }

  @Test("Samples in a file are the same as samples in memory", arguments: [0, 10_000, 40_000])
  func spill(memory: Int) throws {
    let folder = try MadeFolder()
    for index in 0..<6 {
      try folder.add(
        "\(index).wav", seed: UInt64(index), seconds: 0.3, sampleRate: 22_050, channelCount: 2)
    }
    try folder.add("long.wav", seed: 9, seconds: 12, sampleRate: 16_000)
    try folder.add(
      "silent.wav",
      AudioClip(samples: .init(repeating: 0, count: 80_000), channelCount: 1, sampleRate: 16_000))
    var settings = settings
    settings.channelCount = 2
    settings.slices = .every
    let inMemory = try folder.dataset(settings)
    let inFile = try folder.dataset(settings, memory: ByteCount(bytes: memory))
    #expect(inMemory.spilledClipCount == 0)
    #expect(inFile.spilledClipCount > 0)
    #expect(inFile.report == inMemory.report)
    let windows = inMemory.windows(of: .training)
    // The long recording has ⌊192,000 / 4,096⌋ windows, each other one of 4,800 frames has one.
    #expect(windows.count == 46 + 6)
    for window in windows {
      #expect(inFile.samples(of: window) == inMemory.samples(of: window))
    }
    // The file has no name, so that nothing is left behind.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy {
        $0.hasSuffix(".wav")
      })
  }

  @Test("A recording that turns out to be silent leaves its memory to the next")
  func silentMemory() throws {
    let folder = try MadeFolder()
    let silence = AudioClip(
      samples: .init(repeating: 0, count: 4_800), channelCount: 1, sampleRate: 16_000)
    try folder.add("a.wav", silence)
    try folder.add("b.wav", seed: 1, seconds: 0.3)
    let dataset = try folder.dataset(
      settings, memory: ByteCount(bytes: 4 * 4_800), threadCount: 1)
    #expect(dataset.clips.count == 1 && dataset.spilledClipCount == 0)
  }

  @Test("The threads that decode have no influence")
  func threads() throws {
    let folder = try MadeFolder()
    for index in 0..<20 { try folder.add("\(index % 3)/\(index).wav", seed: UInt64(index)) }
    let one = try folder.dataset(settings, threadCount: 1)
    let four = try folder.dataset(settings, threadCount: 4)
    #expect(one.report == four.report)
  }

  @Test("A cache that cannot be made is an error with what to do")
  func cacheFails() throws {
    let folder = try MadeFolder()
    try folder.add("a.wav", seed: 1)
    let error = #expect(throws: DatasetError.self) {
      try Dataset(
        decoding: DatasetSurvey(paths: [folder.path]), settings: settings,
        memoryLimit: ByteCount(bytes: 0), cacheFolder: folder.path + "/none")
    }
    #expect(error?.code == .cacheFailed)
    #expect(error?.description.contains("raise --memory") == true)
  }

  @Test(
    "Windows, padding and what is cut follow from slices",
    arguments: [
      (DataSettings.Slices.first, false, 1, 0, 10_000 - 4_096),
      (.every, false, 2, 0, 10_000 - 8_192),
      (.every, true, 3, 3 * 4_096 - 10_000, 0),
      (.random, false, 2, 0, 0),
    ])
  func windows(
    slices: DataSettings.Slices, pads: Bool, count: Int, padded: Int, cut: Int
  ) throws {
    let folder = try MadeFolder()
    try folder.add("a.wav", seed: 1, seconds: 10_000 / 16_000)
    var settings = settings
    settings.slices = slices
    settings.padsEnd = pads
    let clip = try #require(try folder.dataset(settings).clips.first)
    #expect(clip.frameCount == 10_000)
    #expect(clip.windowCount == count)
    #expect(clip.paddedFrameCount == padded)
    #expect(clip.cutFrameCount == cut)
  }

  @Test("A short recording is at the start of its window, at full scale, before silence")
  func shortRecording() throws {
    let folder = try MadeFolder()
    let clip = MadeClips.sine(
      frequencyHz: 1_000, amplitude: 0.1, seconds: 0.1, sampleRate: 16_000)
    try folder.add("a.wav", clip)
    let dataset = try folder.dataset(settings)
    let window = try #require(dataset.windows(of: .training).first)
    let samples = dataset.samples(of: window)
    #expect(samples.count == 4_096)
    // 1,000 Hz reaches its peak at a sample; float32 holds 0.1 and its reciprocal to 1e-7 each.
    #expect(abs(samples.map { abs($0) }.max()! - 1) < 1e-6)
    #expect(abs(samples[4] - 1) < 1e-6)
    #expect(samples[1_600...].allSatisfy { $0 == 0 })
  }

  @Test("Windows for evaluation are spread over labels, differ, and repeat with their seed")
  func evaluationWindows() throws {
    let folder = try MadeFolder()
    for index in 0..<20 { try folder.add("many/\(index).wav", seed: UInt64(index), seconds: 0.5) }
    for index in 0..<4 { try folder.add("few/\(index).wav", seed: UInt64(100 + index)) }
    var settings = settings
    settings.holdout = 0.5
    let dataset = try folder.dataset(settings)
    let windows = dataset.windows(of: .heldOut, limit: 4, seed: 3)
    #expect(windows.map { dataset.labels[$0.label] } == ["few", "many", "few", "many"])
    #expect(windows.allSatisfy { dataset.clips[$0.clip].part == .heldOut })
    #expect(windows == dataset.windows(of: .heldOut, limit: 4, seed: 3))
    #expect(windows != dataset.windows(of: .heldOut, limit: 4, seed: 4))
    let all = dataset.windows(of: .heldOut)
    #expect(Set(all.map(\.clip)).count == 12)
    #expect(all.allSatisfy { $0.start != nil })
  }

  @Test("The report survives being written and read")
  func reportRoundTrip() throws {
    let folder = try MadeFolder()
    try folder.add("a.wav", seed: 1)
    try folder.add("notes.txt", bytes: [])
    let report = try folder.dataset(settings).report
    let json = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(DatasetReport.self, from: json) == report)
  }
}
