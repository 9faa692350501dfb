/// A sound in memory: one decoded recording, or one generated sound.
public struct AudioClip: Sendable, Hashable {
  /// Sample values, full scale ±1, interleaved `[T, C]`.
  public var samples: [Float]

  /// Channels in a frame, C.
  public var channelCount: Int

  /// Frames per second, in Hz.
  public var sampleRate: Int

  /// - Precondition: `channelCount` and `sampleRate` are positive and `samples` holds whole
  ///   frames; checked in every build.
  public init(samples: [Float], channelCount: Int, sampleRate: Int) {
    precondition(channelCount > 0, "A clip has at least one channel, not \(channelCount).")
    precondition(sampleRate > 0, "A sample rate is positive, not \(sampleRate).")
    precondition(
      samples.count.isMultiple(of: channelCount),
      "\(samples.count) samples are not whole frames of \(channelCount) channels.")
    self.samples = samples
    self.channelCount = channelCount
    self.sampleRate = sampleRate
  }

  /// Frames in the clip, T.
  public var frameCount: Int { samples.count / channelCount }

  /// `T / sampleRate`.
  public var durationSeconds: Double { Double(frameCount) / Double(sampleRate) }

  /// Largest absolute sample of any channel; 0 for a clip without frames.
  public var peak: Float { samples.reduce(0) { max($0, abs($1)) } }
}
