import CSoxr

/// Changes the sample rate of a stream, by libsoxr at its “high quality” (20 bits, linear phase,
/// pass band up to 0.913 of the lower Nyquist frequency).
///
/// N frames become about N · target / source, at least one. The one owner of libsoxr's handle; it is
/// never given more frames than the buffers hold.
final class Resampler {
  private let handle: OpaquePointer
  private let path: String
  private let channelCount: Int
  private let ratio: Double
  private let output: UnsafeMutableBufferPointer<Float>
  private var inputCount = 0

  /// Frames handed on at most at a time.
  private static let blockLength = 8_192

  /// - Throws: ``AudioFileError`` `.unsupported` when libsoxr refuses the pair of rates.
  init(
    from sourceRate: Int, to targetRate: Int, channelCount: Int, path: String
  ) throws(AudioFileError) {
    var failure: soxr_error_t?
    var format = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I)
    var quality = soxr_quality_spec(UInt(SOXR_20_BITQ), 0)
    var threads = soxr_runtime_spec(1)
    guard
      let handle = soxr_create(
        Double(sourceRate), Double(targetRate), UInt32(channelCount), &failure, &format, &quality,
        &threads)
    else {
      let words = failure.map { String(cString: $0) } ?? "unknown reason"
      throw AudioFileError(
        .unsupported, path: path,
        reason: "cannot be resampled from \(sourceRate) to \(targetRate) Hz: \(words)")
    }
    self.handle = handle
    self.path = path
    self.channelCount = channelCount
    ratio = Double(targetRate) / Double(sourceRate)
    output = .allocate(capacity: Self.blockLength * channelCount)
    output.initialize(repeating: 0)
  }

  deinit {
    soxr_delete(handle)
    output.deallocate()
  }

  /// Takes in frames `[T, C]` and hands on those that are ready.
  ///
  /// - Throws: ``AudioFileError`` `.damaged` when libsoxr fails, or what `receive` throws.
  func process(_ input: Span<Float>, _ receive: (Span<Float>) throws -> Void) throws {
    inputCount += input.count / channelCount
    try input.withUnsafeBufferPointer { input in
      var rest = input
      while !rest.isEmpty {
        var used = 0
        var made = 0
        try check(
          soxr_process(
            handle, rest.baseAddress, rest.count / channelCount, &used, output.baseAddress,
            Self.blockLength, &made))
        rest = UnsafeBufferPointer(rebasing: rest[(used * channelCount)...])
        try handOn(made, receive)
        if used == 0 && made == 0 { break }
      }
    }
  }

  /// Hands on what is left after the last input.
  ///
  /// A recording shorter than one frame of the new rate is first lengthened by silence to one.
  func finish(_ receive: (Span<Float>) throws -> Void) throws {
    let needed = Int((1 / ratio).rounded(.up))
    if inputCount > 0 && inputCount < needed {
      let silence = [Float](repeating: 0, count: (needed - inputCount) * channelCount)
      try process(silence.span, receive)
    }
    while true {
      var made = 0
      try check(
        soxr_process(handle, nil, 0, nil, output.baseAddress, Self.blockLength, &made))
      if made == 0 { break }
      try handOn(made, receive)
    }
  }

  private func check(_ failure: soxr_error_t?) throws(AudioFileError) {
    guard let failure else { return }
    throw AudioFileError(
      .damaged, path: path, reason: "cannot be resampled: \(String(cString: failure))")
  }

  private func handOn(_ frameCount: Int, _ receive: (Span<Float>) throws -> Void) throws {
    guard frameCount > 0 else { return }
    let frames = UnsafeMutableBufferPointer(rebasing: output[..<(frameCount * channelCount)])
    try receive(frames.span)
  }
}
