import COpenSSL

/// The SHA-256 digest of a file's or message's bytes (FIPS 180-4), by OpenSSL's libcrypto.
///
/// Digests order as their hexadecimal strings do.
public struct ContentDigest: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The 32 bytes of the digest.
  public let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Digests bytes in memory.
  public init(of message: some Collection<UInt8>) {
    let hasher = ContentHasher()
    if message.withContiguousStorageIfAvailable({ hasher.update($0.span.bytes) }) == nil {
      hasher.update(Array(message).span.bytes)
    }
    self = hasher.finish()
  }

  /// Digests a regular file, a block at a time.
  ///
  /// - Throws: ``AudioFileError`` `.notFound`, `.notRegularFile` or `.unreadable`.
  public init(ofFile path: String) throws(AudioFileError) {
    let file = try ReadableFile(path: path)
    let hasher = ContentHasher()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    var offset = 0
    while true {
      switch file.read(into: block, at: offset) {
      case .success(0):
        self = hasher.finish()
        return
      case .success(let count):
        hasher.update(UnsafeRawBufferPointer(rebasing: block[..<count]).bytes)
        offset += count
      case .failure(let error):
        throw AudioFileError(opening: path, errno: error.value)
      }
    }
  }

  /// 64 lower-case hexadecimal digits.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  public static func < (left: ContentDigest, right: ContentDigest) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension ContentDigest: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = ContentDigest(hexadecimal: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "A SHA-256 digest is 64 hexadecimal digits.")
    }
    self = digest
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Reads 64 hexadecimal digits; nil for anything else.
  public init?(hexadecimal text: String) {
    let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == 64, text.utf8.count == 64 else { return nil }
    bytes = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}

/// A SHA-256 digest in the making: ``update(_:)`` any number of times, then ``finish()``.
public final class ContentHasher {
  // The one owner of libcrypto's context. Its calls fail only without memory or without SHA-256.
  private let context: OpaquePointer

  public init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto cannot make a SHA-256 context.")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Appends bytes to the message.
  public func update(_ bytes: RawSpan) {
    let status = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    precondition(status == 1, "libcrypto cannot continue a SHA-256 digest.")
  }

  /// The digest of all bytes so far; the hasher then starts a new message.
  public func finish() -> ContentDigest {
    var bytes = [UInt8](repeating: 0, count: 32)
    let status = EVP_DigestFinal_ex(context, &bytes, nil)
    precondition(
      status == 1 && EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1,
      "libcrypto cannot finish a SHA-256 digest.")
    return ContentDigest(bytes: bytes)
  }
}
