import CSndfile

/// Encodes one sound file into memory, by libsndfile: the one owner of its handle.
///
/// What makes the unsafe calls safe: the memory that libsndfile's callbacks get as a raw pointer is an
/// object that this one holds longer than the handle.
final class SoundFileEncoder {
  private var handle: OpaquePointer?
  private let memory = MemoryFile()
  private let path: String
  private let channelCount: Int
  private let isVorbis: Bool
  private let bitCount: Int?

  /// Frames given to libsndfile at a time; its Vorbis encoder keeps a whole write on the stack.
  private static let blockLength = 4_096

  /// Vorbis quality from 0 to 1; 0.6 is about 192 kbit/s for stereo at 44.1 kHz.
  private static let vorbisQuality = 0.6

  init(
    container: AudioWriter.Container, encoding: AudioWriter.Encoding, channelCount: Int,
    sampleRate: Int, comment: String?, path: String
  ) throws(AudioFileError) {
    self.path = path
    self.channelCount = channelCount
    isVorbis = container == .ogg
    bitCount = isVorbis ? nil : encoding.bitCount
    var header = SF_INFO()
    header.samplerate = Int32(clamping: sampleRate)
    header.channels = Int32(clamping: channelCount)
    header.format = Int32(
      container.format | (isVorbis ? SF_FORMAT_VORBIS : encoding.format))
    var callbacks = MemoryFile.callbacks
    let pointer = Unmanaged.passUnretained(memory).toOpaque()
    guard
      sf_format_check(&header) == SF_TRUE,
      let handle = sf_open_virtual(&callbacks, Int32(SFM_WRITE), &header, pointer)
    else {
      throw AudioFileError(
        .unsupported, path: path,
        reason: "cannot be made: \(container.rawValue) files do not hold \(channelCount) channels "
          + "at \(sampleRate) Hz")
    }
    self.handle = handle
    // The PEAK chunk holds the time of day.
    sf_command(handle, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, Int32(SF_FALSE))
    if isVorbis {
      var quality = Self.vorbisQuality
      sf_command(
        handle, Int32(SFC_SET_VBR_ENCODING_QUALITY), &quality,
        Int32(MemoryLayout<Double>.size))
    }
    if let comment, sf_set_string(handle, Int32(SF_STR_COMMENT), comment) != 0 { throw failure }
  }

  deinit { if let handle { sf_close(handle) } }

  /// Encodes samples `[T, C]` and closes the file.
  func encode(_ samples: [Float]) throws(AudioFileError) -> [UInt8] {
    guard samples.allSatisfy(\.isFinite) else {
      throw AudioFileError(
        .notFinite, path: path, reason: "cannot hold samples that are infinite or not numbers")
    }
    let blockCount = Self.blockLength * channelCount
    for start in stride(from: 0, to: samples.count, by: blockCount) {
      let block = samples[start..<min(samples.count, start + blockCount)]
      guard write(block) == block.count / channelCount else { throw failure }
    }
    let status = sf_close(handle)
    handle = nil
    guard status == 0 else { throw failure }
    return memory.bytes
  }

  /// Writes frames, as integers at the top of 32 bits where the encoding is of integers: libsndfile
  /// then only drops the low bits, while its own conversion from floats rounds towards −∞.
  private func write(_ block: ArraySlice<Float>) -> Int {
    let frameCount = sf_count_t(block.count / channelCount)
    guard let bitCount else {
      let values = isVorbis ? block.map { max(-1, min(1, $0)) } : Array(block)
      return Int(sf_writef_float(handle, values, frameCount))
    }
    let scale = Float(1 << (bitCount - 1))
    let values = block.map { sample -> Int32 in
      let step = (sample * scale).rounded(.toNearestOrEven)
      return Int32(max(-scale, min(scale - 1, step))) << Int32(32 - bitCount)
    }
    return Int(sf_writef_int(handle, values, frameCount))
  }

  private var failure: AudioFileError {
    let words = String(cString: sf_strerror(handle))
    return AudioFileError(.writeFailed, path: path, reason: "cannot be encoded: \(words)")
  }
}

extension AudioWriter.Container {
  fileprivate var format: Int {
    switch self {
    case .wav: SF_FORMAT_WAV
    case .flac: SF_FORMAT_FLAC
    case .aiff: SF_FORMAT_AIFF
    case .ogg: SF_FORMAT_OGG
    }
  }
}

extension AudioWriter.Encoding {
  fileprivate var format: Int {
    switch self {
    case .pcm16: SF_FORMAT_PCM_16
    case .pcm24: SF_FORMAT_PCM_24
    case .float32: SF_FORMAT_FLOAT
    }
  }

  /// Bits of an integer encoding.
  fileprivate var bitCount: Int? {
    switch self {
    case .pcm16: 16
    case .pcm24: 24
    case .float32: nil
    }
  }
}
