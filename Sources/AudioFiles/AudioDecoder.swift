/// Decodes recordings to one sample rate and one or two channels.
///
/// Reads whatever libsndfile opens, a block at a time: memory does not grow with a recording's
/// length. Order: decode, mix (mean of all channels to one; see below for two), resample.
///
/// - With two channels, a mono recording is heard on both; of more than two, the first is left, the
///   second right and each other one half as strong on both, scaled so that weights sum to 1.
/// - Integers of n bits are scaled by 2^(1−n), to −1 ..< 1; floats above full scale are kept.
public struct AudioDecoder: Sendable, Hashable {
  /// Frames per second of the output, in Hz; nil keeps each recording's own.
  public let sampleRate: Int?

  /// Channels of the output: 1 or 2.
  public let channelCount: Int

  /// - Precondition: one or two channels, and a rate within ``AudioFileInfo/sampleRates``; checked
  ///   in every build.
  public init(sampleRate: Int? = nil, channelCount: Int = 1) {
    precondition((1...2).contains(channelCount), "1 or 2 channels, not \(channelCount).")
    precondition(
      sampleRate.map(AudioFileInfo.sampleRates.contains) ?? true,
      "A sample rate within \(AudioFileInfo.sampleRates) Hz, not \(sampleRate ?? 0).")
    self.sampleRate = sampleRate
    self.channelCount = channelCount
  }

  /// Samples read from a file at a time: 256 KiB of them.
  private static let blockSampleCount = 65_536

  /// Decodes a file from its beginning to its end.
  ///
  /// A file with less sound than its header promises is decoded as far as it goes, and the summary
  /// says so.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - receive: takes each block of frames `[T, C]` in turn, for some T that varies. What it
  ///     throws stops the decoding and is thrown on.
  /// - Throws: ``AudioFileError`` `.notFound`, `.notRegularFile`, `.unreadable`, `.notAudio`,
  ///   `.unsupported`, `.damaged`, `.empty` or `.notFinite`.
  public func decode(
    _ path: String, _ receive: (Span<Float>) throws -> Void
  ) throws -> DecodedSummary {
    let file = try SoundFileReader(path: path)
    let info = file.info
    let outputRate = sampleRate ?? info.sampleRate
    let mix = ChannelMix(sourceCount: info.channelCount, targetCount: channelCount)
    var statistics = StatisticsCollector(channelCount: channelCount)
    let resampler =
      outputRate == info.sampleRate
      ? nil
      : try Resampler(
        from: info.sampleRate, to: outputRate, channelCount: channelCount, path: path)

    func handOn(_ block: Span<Float>) throws {
      guard statistics.add(block) else {
        throw AudioFileError(
          .notFinite, path: path, reason: "holds samples that are infinite or not numbers")
      }
      try receive(block)
    }

    func resample(_ block: Span<Float>) throws {
      if let resampler {
        try resampler.process(block, handOn)
      } else {
        try handOn(block)
      }
    }

    // Whole blocks for long recordings, no more than there is for short ones; headers can lie.
    let blockLength = max(
      1, min(Self.blockSampleCount / info.channelCount, max(1_024, info.frameCount)))
    var source = [Float](repeating: 0, count: blockLength * info.channelCount)
    var mixed = [Float](repeating: 0, count: mix.isIdentity ? 0 : blockLength * channelCount)
    var sourceFrameCount = 0
    var (sourcePeak, mixedPeak): (Float, Float) = (0, 0)
    while true {
      let count = try file.read(into: &source)
      if count == 0 { break }
      sourceFrameCount += count
      let frames = source.span.extracting(first: count * info.channelCount)
      sourcePeak = max(sourcePeak, frames.largestMagnitude)
      if mix.isIdentity {
        mixedPeak = sourcePeak
        try resample(frames)
      } else {
        mix.apply(source, frameCount: count, into: &mixed)
        let block = mixed.span.extracting(first: count * channelCount)
        mixedPeak = max(mixedPeak, block.largestMagnitude)
        try resample(block)
      }
    }
    try resampler?.finish(handOn)

    guard statistics.frameCount > 0 else { throw file.emptyError }
    return DecodedSummary(
      sourceInfo: info, isTruncated: file.promisesTooMuch || sourceFrameCount < info.frameCount,
      sampleRate: outputRate, frameCount: statistics.frameCount, sourcePeak: sourcePeak,
      mixedPeak: mixedPeak, channels: statistics.channels)
  }

  /// Decodes a whole file into memory.
  ///
  /// - Throws: as ``decode(_:_:)``.
  public func clip(_ path: String) throws -> AudioClip {
    var samples: [Float] = []
    let summary = try decode(path) { block in
      block.withUnsafeBufferPointer { samples.append(contentsOf: $0) }
    }
    return AudioClip(samples: samples, channelCount: channelCount, sampleRate: summary.sampleRate)
  }
}

extension SoundFileReader {
  fileprivate var emptyError: AudioFileError {
    info.frameCount == 0 && !promisesTooMuch
      ? AudioFileError(.empty, path: path, reason: "holds no samples")
      : AudioFileError(
        .damaged, path: path, reason: "promises sound in its header but none can be decoded")
  }
}
