/// WAV files put together by hand, so that any encoding and any lie can be tried.
enum WaveBytes {
  static let pcm: UInt16 = 1
  static let microsoftADPCM: UInt16 = 2
  static let float: UInt16 = 3
  static let aLaw: UInt16 = 6
  static let muLaw: UInt16 = 7
  static let imaADPCM: UInt16 = 17

  /// A file of one `fmt ` and one `data` chunk.
  ///
  /// - Parameters:
  ///   - extra: what follows the 16 bytes of a plain `fmt ` chunk, after its own length.
  ///   - claimedLength: the length stated for the data; its true one if nil.
  static func file(
    format: UInt16, bitsPerSample: Int, channelCount: Int = 1, sampleRate: Int = 16_000,
    blockAlign: Int? = nil, extra: [UInt8]? = nil, data: [UInt8], claimedLength: UInt32? = nil
  ) -> [UInt8] {
    let align = blockAlign ?? channelCount * bitsPerSample / 8
    var chunk = little(format) + little(UInt16(truncatingIfNeeded: channelCount))
    chunk += little(UInt32(truncatingIfNeeded: sampleRate))
    chunk += little(UInt32(truncatingIfNeeded: sampleRate &* align))
    chunk += little(UInt16(truncatingIfNeeded: align)) + little(UInt16(bitsPerSample))
    if let extra { chunk += little(UInt16(extra.count)) + extra }
    let length = claimedLength ?? UInt32(data.count)
    let body =
      Array("WAVEfmt ".utf8) + little(UInt32(chunk.count)) + chunk + Array("data".utf8)
      + little(length) + data
    return Array("RIFF".utf8) + little(UInt32(body.count)) + body
  }

  static func little(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
