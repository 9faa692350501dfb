extension AudioClip {
  /// The same sound at another rate, as ``AudioDecoder`` would decode it from a file.
  ///
  /// - Parameters:
  ///   - sampleRate: frames per second of the result, in Hz.
  ///   - path: the subject of errors.
  /// - Throws: ``AudioFileError`` `.unsupported` or `.damaged`.
  package func resampled(to sampleRate: Int, path: String) throws -> AudioClip {
    guard sampleRate != self.sampleRate else { return self }
    let resampler = try Resampler(
      from: self.sampleRate, to: sampleRate, channelCount: channelCount, path: path)
    var result: [Float] = []
    func receive(_ block: Span<Float>) {
      block.withUnsafeBufferPointer { result.append(contentsOf: $0) }
    }
    try resampler.process(samples.span, receive)
    try resampler.finish(receive)
    return AudioClip(samples: result, channelCount: channelCount, sampleRate: sampleRate)
  }
}
