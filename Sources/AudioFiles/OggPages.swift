/// The pages that an Ogg stream is made of (RFC 3533).
enum OggPages {
  /// Gives all pages of a stream another serial number, and the checksums that go with it.
  ///
  /// libsndfile takes the number from the clock, so that no two files would have the same bytes.
  ///
  /// A page is: `OggS`, 10 bytes, the serial number at 14, 4 bytes, the checksum at 22, the count n of
  /// segments at 26, n segment lengths, the segments. The checksum is over the whole page with 0 in
  /// its own place. Bytes that do not have this form are left alone.
  static func setSerialNumber(_ number: UInt32, in bytes: inout [UInt8]) {
    var page = 0
    while page + 27 <= bytes.count, bytes[page..<page + 4].elementsEqual("OggS".utf8) {
      let body = page + 27 + Int(bytes[page + 26])
      guard body <= bytes.count else { return }
      let end = body + bytes[page + 27..<body].reduce(0) { $0 + Int($1) }
      guard end <= bytes.count else { return }
      store(number, at: page + 14, in: &bytes)
      store(0, at: page + 22, in: &bytes)
      store(checksum(bytes[page..<end]), at: page + 22, in: &bytes)
      page = end
    }
  }

  /// CRC-32 with polynomial 0x04C11DB7, most significant bit first, from 0, not inverted.
  private static func checksum(_ page: ArraySlice<UInt8>) -> UInt32 {
    page.reduce(0) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte) << 24) { crc, _ in
        crc & 0x8000_0000 == 0 ? crc << 1 : crc << 1 ^ 0x04C1_1DB7
      }
    }
  }

  private static func store(_ number: UInt32, at index: Int, in bytes: inout [UInt8]) {
    for i in 0..<4 { bytes[index + i] = UInt8(truncatingIfNeeded: number >> (8 * UInt32(i))) }
  }
}
