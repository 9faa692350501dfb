import AudioFiles
import Foundation
import TestSupport
import Testing

@Suite("A file that lies or is something else is refused with a reason")
struct HostileFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func failure(_ path: String) -> AudioFileError? {
    #expect(throws: AudioFileError.self) { try AudioDecoder().clip(path) }
  }

  private func failure(of bytes: [UInt8]) throws -> AudioFileError.Code? {
    failure(try folder.write(bytes, to: "a.wav"))?.code
  }

  private func wave(
    channelCount: Int = 1, sampleRate: Int = 16_000, data: [UInt8] = [1, 0, 2, 0],
    claimedLength: UInt32? = nil
  ) -> [UInt8] {
    WaveBytes.file(
      format: WaveBytes.pcm, bitsPerSample: 16, channelCount: channelCount, sampleRate: sampleRate,
      data: data, claimedLength: claimedLength)
  }

  @Test(
    "rates and channel counts beyond reason are damage", arguments: [0, 99, 2_000_001, 1 << 31])
  func rates(_ rate: Int) throws {
    #expect(try failure(of: wave(sampleRate: rate)) == .damaged)
  }

  @Test("the reason for a rate of 0 is one that a person understands")
  func rateOfZero() throws {
    let error = failure(try folder.write(wave(sampleRate: 0), to: "a.wav"))
    #expect(error?.reason == "has a header without a sample rate, channels or encoding")
  }

  @Test("no channels, or more than 1,024, are damage", arguments: [0, 1_025, 65_535])
  func channels(_ count: Int) throws {
    #expect(try failure(of: wave(channelCount: count)) == .damaged)
  }

  @Test("bytes that are no sound are not audio")
  func notAudio() throws {
    #expect(try failure(of: Array("Dear diary, today I recorded a snare.".utf8)) == .notAudio)
  }

  @Test("no bytes and no frames are both empty")
  func empty() throws {
    #expect(try failure(of: []) == .empty)
    #expect(try failure(of: wave(data: [])) == .empty)
  }

  @Test("a WAV that promises 2 GB gives the samples that it has, and says so")
  func truncatedWave() throws {
    let path = try folder.write(wave(claimedLength: 0x7FFF_FFFF), to: "a.wav")
    var received: [Float] = []
    let summary = try AudioDecoder().decode(path) { block in
      for i in block.indices { received.append(block[i]) }
    }
    #expect(received == [1.0 / 32_768, 2.0 / 32_768])
    #expect(summary.isTruncated && summary.frameCount == 2)
    #expect(try !AudioDecoder().decode(folder.write(wave(), to: "b.wav")) { _ in }.isTruncated)
  }

  @Test("half a file gives about half of its frames, and says so", arguments: ["aiff", "flac"])
  func truncated(_ kind: String) throws {
    let container = try #require(AudioWriter.Container(rawValue: kind))
    let clip = MadeClips.noiseBurst(seed: 1, seconds: 1, sampleRate: 16_000)
    let bytes = try AudioWriter(container: container).encode(clip, path: "a")
    let path = try folder.write(Array(bytes.prefix(bytes.count / 2)), to: "a." + kind)
    let summary = try AudioDecoder().decode(path) { _ in }
    #expect(summary.isTruncated)
    // Frames lie evenly in AIFF; FLAC comes in blocks of 4,096.
    #expect((3_900...8_000).contains(summary.frameCount))
  }

  @Test("samples that are not finite numbers are refused", arguments: [Float.nan, .infinity])
  func notFinite(_ value: Float) throws {
    var data = [UInt8](repeating: 0, count: 4_000)
    data.replaceSubrange(2_000..<2_004, with: WaveBytes.little(value.bitPattern))
    let bytes = WaveBytes.file(format: WaveBytes.float, bitsPerSample: 32, data: data)
    #expect(try failure(of: bytes) == .notFinite)
    let path = try folder.write(bytes, to: "a.wav")
    #expect(throws: AudioFileError.self) { try AudioDecoder(sampleRate: 8_000).clip(path) }
  }

  @Test("a pipe, a device and a folder are refused without waiting")
  func notRegular() throws {
    let pipe = try folder.file("pipe.wav")
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(failure(pipe)?.code == .notRegularFile)
    #expect(failure("/dev/zero")?.code == .notRegularFile)
    #expect(failure(folder.path)?.code == .notRegularFile)
    #expect(failure(folder.path + "/none.wav")?.code == .notFound)
  }

  @Test("a file that may not be read says so", .enabled(if: geteuid() != 0, "root may read all"))
  func unreadable() throws {
    let path = try folder.write(wave(), to: "a.wav")
    chmod(path, 0)
    #expect(failure(path)?.code == .unreadable)
  }

  @Test("an error is one line that a terminal can show, whatever the name")
  func description() throws {
    let name = "red\u{1B}[31m\nnew\rline\u{202E}.wav"
    let error = try #require(failure(folder.path + "/" + name))
    #expect(
      error.description
        == folder.path + "/red\\u{1B}[31m\\nnew\\rline\\u{202E}.wav is not there.")
  }

  @Test("no header with one byte changed crashes the decoder")
  func changedBytes() throws {
    let bytes = wave(data: [UInt8](repeating: 7, count: 64))
    var outcomes = 0
    for index in 0..<44 {
      for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
        var changed = bytes
        changed[index] = value
        let path = try folder.write(changed, to: "a.wav")
        do {
          _ = try AudioDecoder(sampleRate: 8_000).decode(path) { _ in }
        } catch is AudioFileError {}
        outcomes += 1
      }
    }
    #expect(outcomes == 220)
  }
}
