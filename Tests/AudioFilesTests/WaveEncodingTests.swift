import AudioFiles
import TestSupport
import Testing

@Suite("Every encoding of WAV is read at its scale")
struct WaveEncodingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var expected: [Float]
  }

  /// Values that each encoding stores exactly, worked out by hand from its definition.
  static let cases: [Case] = [
    Case(
      testDescription: "8-bit PCM",
      bytes: WaveBytes.file(format: WaveBytes.pcm, bitsPerSample: 8, data: [0, 64, 128, 192, 255]),
      expected: [-1, -0.5, 0, 0.5, 127.0 / 128]),
    Case(
      testDescription: "16-bit PCM",
      bytes: WaveBytes.file(
        format: WaveBytes.pcm, bitsPerSample: 16,
        data: [Int16.min, -1, 0, 1, .max].flatMap(WaveBytes.little)),
      expected: [-1, -1 / 32_768, 0, 1 / 32_768, 32_767.0 / 32_768]),
    Case(
      testDescription: "24-bit PCM",
      bytes: WaveBytes.file(
        format: WaveBytes.pcm, bitsPerSample: 24,
        data: [-8_388_608, -1, 0, 1, 4_194_304].flatMap { WaveBytes.little(Int32($0)).prefix(3) }),
      expected: [-1, -1 / 8_388_608, 0, 1 / 8_388_608, 0.5]),
    Case(
      testDescription: "32-bit PCM",
      bytes: WaveBytes.file(
        format: WaveBytes.pcm, bitsPerSample: 32,
        data: [Int32.min, -(1 << 30), 0, 1 << 10, 1 << 30].flatMap(WaveBytes.little)),
      expected: [-1, -0.5, 0, 1.0 / Float(1 << 21), 0.5]),
    Case(
      testDescription: "32-bit float",
      bytes: WaveBytes.file(
        format: WaveBytes.float, bitsPerSample: 32,
        data: [Float(-1), 0.1, 0, 3.5, 1e-20].flatMap { WaveBytes.little($0.bitPattern) }),
      expected: [-1, 0.1, 0, 3.5, 1e-20]),
    Case(
      testDescription: "64-bit float",
      bytes: WaveBytes.file(
        format: WaveBytes.float, bitsPerSample: 64,
        data: [-1.0, 0.25, 0, 2].flatMap { WaveBytes.little($0.bitPattern) }),
      expected: [-1, 0.25, 0, 2]),
    // G.711: 0x80 is the largest positive µ-law value, 32,124; 0xFF is 0.
    Case(
      testDescription: "µ-law",
      bytes: WaveBytes.file(
        format: WaveBytes.muLaw, bitsPerSample: 8, data: [0x80, 0, 0xFF, 0x7F]),
      expected: [32_124.0 / 32_768, -32_124.0 / 32_768, 0, 0]),
    // G.711: 0xAA is the largest positive A-law value, 32,256; 0xD5 the smallest, 8.
    Case(
      testDescription: "A-law",
      bytes: WaveBytes.file(format: WaveBytes.aLaw, bitsPerSample: 8, data: [0xAA, 0x2A, 0xD5]),
      expected: [32_256.0 / 32_768, -32_256.0 / 32_768, 8.0 / 32_768]),
    // A block that starts at 8,192 with the smallest step and only zero differences.
    Case(
      testDescription: "IMA ADPCM",
      bytes: WaveBytes.file(
        format: WaveBytes.imaADPCM, bitsPerSample: 4, blockAlign: 8,
        extra: WaveBytes.little(UInt16(9)),
        data: WaveBytes.little(Int16(8_192)) + [0, 0, 0, 0, 0, 0]),
      expected: [Float](repeating: 0.25, count: 9)),
    // A block whose predictor repeats the last sample, 8,192, and only zero differences.
    Case(
      testDescription: "Microsoft ADPCM",
      bytes: WaveBytes.file(
        format: WaveBytes.microsoftADPCM, bitsPerSample: 4, blockAlign: 16,
        extra: WaveBytes.little(UInt16(20)) + WaveBytes.little(UInt16(7))
          + [256, 0, 512, -256, 0, 0, 192, 64, 240, 0, 460, -208, 392, -232]
          .flatMap { WaveBytes.little(Int16($0)) },
        data: [0] + WaveBytes.little(Int16(16)) + WaveBytes.little(Int16(8_192))
          + WaveBytes.little(Int16(8_192)) + [UInt8](repeating: 0, count: 9)),
      expected: [Float](repeating: 0.25, count: 20)),
  ]

  @Test("its values are exact", arguments: cases)
  func valuesAreExact(_ given: Case) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(given.bytes, to: "a.wav")
    #expect(try AudioDecoder().clip(path).samples == given.expected)
    let info = try AudioFileInfo(path: path)
    #expect(info.container == "WAV" && info.sampleRate == 16_000 && info.channelCount == 1)
  }

  @Test("an encoding has a plain name")
  func names() throws {
    let folder = try TemporaryFolder()
    let names = try Self.cases.map { given in
      try AudioFileInfo(path: folder.write(given.bytes, to: "a.wav")).encoding
    }
    #expect(
      names == [
        "8-bit PCM", "16-bit PCM", "24-bit PCM", "32-bit PCM", "32-bit float", "64-bit float",
        "U-Law", "A-Law", "IMA ADPCM", "Microsoft ADPCM",
      ])
  }
}
