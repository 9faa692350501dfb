/// What is known of a recording once it was decoded to the end.
///
/// All figures are of the decoder's output: mixed, and at its sample rate.
public struct DecodedSummary: Sendable, Hashable {
  /// What the file says about itself.
  public var sourceInfo: AudioFileInfo

  /// Whether the file held less sound than its header promises; what there is was used.
  public var isTruncated: Bool

  /// Frames per second, in Hz.
  public var sampleRate: Int

  /// Frames handed on, T.
  public var frameCount: Int

  /// Largest absolute sample of any channel of the file, before mixing.
  public var sourcePeak: Float

  /// Largest absolute sample after mixing, before resampling.
  public var mixedPeak: Float

  /// The extremes, mean and mean square of each channel.
  public var channels: [ChannelStatistics]

  /// Largest absolute sample of any channel.
  public var peak: Float { channels.reduce(0) { max($0, abs($1.minimum), abs($1.maximum)) } }

  /// Root mean square over all channels: `√(Σ x² / (T · C))`.
  public var rms: Double {
    (channels.reduce(0) { $0 + $1.meanSquare } / Double(channels.count)).squareRoot()
  }
}

/// Figures of one channel of a recording.
public struct ChannelStatistics: Sendable, Hashable {
  /// Smallest sample.
  public var minimum: Float

  /// Largest sample.
  public var maximum: Float

  /// `Σ x / T`: the channel's DC offset.
  public var mean: Double

  /// `Σ x² / T`.
  public var meanSquare: Double
}
