import AudioFiles
import Foundation
import TestSupport
import Testing

@Suite("Writing")
struct WriterTests {
  let folder: TemporaryFolder
  let clip = MadeClips.noiseBurst(
    seed: 7, amplitude: 1, seconds: 0.5, sampleRate: 44_100, channelCount: 2)

  init() throws { folder = try TemporaryFolder() }

  static let lossless: [(AudioWriter.Container, AudioWriter.Encoding)] = [
    (.wav, .pcm16), (.wav, .pcm24), (.wav, .float32), (.flac, .pcm16), (.flac, .pcm24),
    (.aiff, .pcm16), (.aiff, .pcm24), (.aiff, .float32),
  ]

  @Test("samples come back to half a step, channels in order", arguments: lossless)
  func roundTrip(_ container: AudioWriter.Container, _ encoding: AudioWriter.Encoding) throws {
    let path = try folder.file("a." + container.rawValue)
    try AudioWriter(container: container, encoding: encoding).write(clip, to: path)
    let read = try AudioDecoder(channelCount: 2).clip(path)
    #expect(read.sampleRate == 44_100 && read.channelCount == 2)
    let steps: Float = encoding == .pcm16 ? 32_768 : 8_388_608
    let tolerance = encoding == .float32 ? 0 : 0.5 / steps
    #expect(read.frameCount == clip.frameCount)
    #expect(zip(read.samples, clip.samples).allSatisfy { abs($0 - $1) <= tolerance })
    // What is on the grid already comes back exactly.
    let again = try folder.file("b." + container.rawValue)
    try AudioWriter(container: container, encoding: encoding).write(read, to: again)
    #expect(try ContentDigest(ofFile: again) == ContentDigest(ofFile: path))
  }

  @Test("Vorbis keeps rate, channels, length and the sound")
  func vorbis() throws {
    let tone = MadeClips.sine(frequencyHz: 440, seconds: 1, sampleRate: 44_100)
    let path = try folder.file("a.ogg")
    try AudioWriter(container: .ogg).write(tone, to: path)
    let info = try AudioFileInfo(path: path)
    #expect(info.container == "OGG" && info.encoding == "Vorbis" && info.frameCount == 44_100)
    let read = try AudioDecoder().clip(path)
    // A lossy code has no exact tolerance; −40 dB of the sine's power is far from any other sound.
    let error = zip(read.samples, tone.samples).reduce(Float(0)) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
    }
    #expect(error / 44_100 < 1e-4 * 0.125)
  }

  @Test("a folder is made with those on the way; a file in the way is named")
  func folders() throws {
    let deep = folder.path + "/a/b/c/"
    try AtomicFile.makeFolder(deep)
    try AtomicFile.makeFolder(deep)
    var isFolder: ObjCBool = false
    #expect(FileManager.default.fileExists(atPath: deep, isDirectory: &isFolder))
    #expect(isFolder.boolValue)
    let file = try folder.write([1], to: "file")
    let error = #expect(throws: AudioFileError.self) { try AtomicFile.makeFolder(file + "/x/y") }
    #expect(error?.code == .cannotCreate && error?.path == file)
  }

  @Test(
    "the same clip gives the same bytes at another time", arguments: AudioWriter.Container.allCases)
  func deterministic(_ container: AudioWriter.Container) throws {
    let writer = try AudioWriter(container: container)
    let first = try writer.encode(clip, comment: "seed 1", path: "a")
    // libsndfile's clock counts seconds; what depends on it differs after one.
    Thread.sleep(forTimeInterval: 1.1)
    #expect(try writer.encode(clip, comment: "seed 1", path: "a") == first)
    #expect(try writer.encode(clip, comment: "seed 2", path: "a") != first)
  }

  @Test("an Ogg file has the serial number that it is given")
  func serialNumber() throws {
    let writer = try AudioWriter(container: .ogg)
    let bytes = try writer.encode(clip, oggSerialNumber: 0x0403_0201, path: "a")
    #expect(Array(bytes[14..<18]) == [1, 2, 3, 4])
    let path = try folder.write(bytes, to: "a.ogg")
    #expect(try AudioDecoder().clip(path).frameCount == clip.frameCount)
  }

  @Test(
    "a comment comes back, in any script and as long as is allowed",
    arguments: AudioWriter.Container.allCases)
  func comment(_ container: AudioWriter.Container) throws {
    let writer = try AudioWriter(container: container)
    for text in ["seed=1 index=2", "ärger – 音", String(repeating: "wavegan.", count: 250)] {
      let path = try folder.file("a." + container.rawValue)
      try writer.write(clip, to: path, comment: text, overwrites: true)
      #expect(try AudioFileInfo(path: path).comment == text)
    }
    let bare = try folder.file("b." + container.rawValue)
    try writer.write(clip, to: bare)
    #expect(try AudioFileInfo(path: bare).comment == nil)
  }

  @Test("integers clip at full scale and round to the nearest; floats do neither")
  func clipping() throws {
    let samples: [Float] = [2, -2, 1, -1, 0.6 / 32_768, 0.4 / 32_768, -0.6 / 32_768]
    let clip = AudioClip(samples: samples, channelCount: 1, sampleRate: 8_000)
    let path = try folder.file("a.wav")
    try AudioWriter(container: .wav).write(clip, to: path)
    let top: Float = 32_767.0 / 32_768
    let step: Float = 1.0 / 32_768
    #expect(try AudioDecoder().clip(path).samples == [top, -1, top, -1, step, 0, -step])
    try AudioWriter(container: .wav, encoding: .float32).write(clip, to: path, overwrites: true)
    #expect(try AudioDecoder().clip(path).samples == samples)
  }

  @Test("a file is replaced only when allowed, and nothing else is left in the folder")
  func overwriting() throws {
    let path = try folder.file("a.wav")
    let writer = try AudioWriter(container: .wav)
    let digest = try writer.write(clip, to: path)
    #expect(try ContentDigest(ofFile: path) == digest)
    let other = MadeClips.sine(frequencyHz: 440, seconds: 0.1, sampleRate: 8_000)
    let error = #expect(throws: AudioFileError.self) { try writer.write(other, to: path) }
    #expect(error?.code == .exists)
    #expect(try ContentDigest(ofFile: path) == digest)
    #expect(try writer.write(other, to: path, overwrites: true) != digest)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.wav"])
  }

  @Test("what cannot be written is refused with a reason, and leaves nothing")
  func refusals() throws {
    func code(_ write: () throws -> Void) -> AudioFileError.Code? {
      #expect(throws: AudioFileError.self, performing: write)?.code
    }
    let wave = try AudioWriter(container: .wav)
    #expect(code { _ = try AudioWriter(container: .flac, encoding: .float32) } == .unsupported)
    #expect(code { try wave.write(clip, to: folder.path + "/none/a.wav") } == .cannotCreate)
    #expect(code { try wave.write(clip, to: folder.path, overwrites: true) } == .cannotCreate)
    let wide = AudioClip(samples: Array(repeating: 0, count: 9), channelCount: 9, sampleRate: 8_000)
    let flac = try AudioWriter(container: .flac)
    #expect(code { try flac.write(wide, to: folder.path + "/a.flac") } == .unsupported)
    let long = String(repeating: "x", count: 2_001)
    #expect(
      code { try wave.write(clip, to: folder.path + "/a.wav", comment: long) } == .unsupported)
    let broken = AudioClip(samples: [.nan], channelCount: 1, sampleRate: 8_000)
    #expect(code { try wave.write(broken, to: folder.path + "/a.wav") } == .notFinite)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("a file given up before its commit is never seen")
  func abandoned() throws {
    let path = try folder.file("a")
    do {
      let file = try AtomicFile(path: path, overwrites: false)
      try file.write([1, 2, 3].span.bytes)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    try AtomicFile.write([1, 2, 3], to: path, overwrites: false)
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: path))) == [1, 2, 3])
  }

  @Test("of two writers of a new file, the second to finish is refused")
  func race() throws {
    let path = try folder.file("a")
    let late = try AtomicFile(path: path, overwrites: false)
    try AtomicFile.write([1], to: path, overwrites: false)
    var code: AudioFileError.Code?
    do { try late.commit() } catch { code = error.code }
    #expect(code == .exists)
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: path))) == [1])
  }
}
