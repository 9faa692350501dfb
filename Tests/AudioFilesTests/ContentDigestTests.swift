import AudioFiles
import TestSupport
import Testing

@Suite("Content digests")
struct ContentDigestTests {
  // FIPS 180-2, appendix B.1.
  let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test("the digest of “abc” is the standard's")
  func standardExample() {
    #expect(ContentDigest(of: Array("abc".utf8)).description == abc)
  }

  @Test("bytes, a file and pieces have the same digest")
  func allWaysAgree() throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let hasher = ContentHasher()
    let span = bytes.span
    hasher.update(span.extracting(..<77_777).bytes)
    hasher.update(span.extracting(77_777...).bytes)
    let whole = ContentDigest(of: bytes)
    #expect(hasher.finish() == whole)
    #expect(try ContentDigest(ofFile: folder.write(bytes, to: "a")) == whole)
  }

  // 64 KiB are read at a time: less, exactly one block, one byte more, several.
  @Test(
    "a recording's digest, read with its header, is that of its bytes",
    arguments: [44, 65_536, 65_537, 300_001])
  func withHeader(byteCount: Int) throws {
    let folder = try TemporaryFolder()
    let clip = MadeClips.noiseBurst(seed: 1, seconds: 1, sampleRate: 8_000)
    var bytes = try AudioWriter(container: .wav).encode(clip, path: "a")
    bytes += [UInt8](repeating: 7, count: max(0, byteCount - bytes.count))
    let path = try folder.write(Array(bytes.prefix(max(byteCount, 1_000))), to: "a.wav")
    let (info, digest) = try AudioFileInfo.withDigest(path: path)
    #expect(try digest == ContentDigest(ofFile: path))
    #expect(try info == AudioFileInfo(path: path))
  }

  @Test("a digest is read back from its text, and only from such a text")
  func text() {
    #expect(ContentDigest(hexadecimal: abc)?.description == abc)
    #expect(ContentDigest(hexadecimal: String(abc.dropLast())) == nil)
    #expect(ContentDigest(hexadecimal: "g" + abc.dropFirst()) == nil)
  }

  @Test("a file that is not there is said not to be there")
  func missing() throws {
    let folder = try TemporaryFolder()
    #expect(throws: AudioFileError.self) { try ContentDigest(ofFile: folder.path + "/none") }
    #expect(throws: AudioFileError.self) { try ContentDigest(ofFile: folder.path) }
  }
}
