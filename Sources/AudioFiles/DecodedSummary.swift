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

  /// Loudness after BS.1770.
  public var loudness: Loudness

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

/// Collects ``ChannelStatistics`` over a stream, with sums in Double.
struct StatisticsCollector {
  private(set) var frameCount = 0
  private var minima: [Float]
  private var maxima: [Float]
  private var sums: [Double]
  private var squares: [Double]

  init(channelCount: Int) {
    minima = Array(repeating: .infinity, count: channelCount)
    maxima = Array(repeating: -.infinity, count: channelCount)
    sums = Array(repeating: 0, count: channelCount)
    squares = Array(repeating: 0, count: channelCount)
  }

  /// Takes in frames `[T, C]`.
  ///
  /// - Returns: false when a sample is infinite or not a number; no sum of finite samples is.
  mutating func add(_ frames: Span<Float>) -> Bool {
    let channelCount = sums.count
    for c in 0..<channelCount {
      var (smallest, largest, sum, square) = (minima[c], maxima[c], sums[c], squares[c])
      for i in stride(from: c, to: frames.count, by: channelCount) {
        let x = frames[i]
        smallest = min(smallest, x)
        largest = max(largest, x)
        sum += Double(x)
        square += Double(x) * Double(x)
      }
      (minima[c], maxima[c], sums[c], squares[c]) = (smallest, largest, sum, square)
    }
    frameCount += frames.count / channelCount
    return squares.allSatisfy(\.isFinite)
  }

  /// - Precondition: at least one frame was added.
  var channels: [ChannelStatistics] {
    sums.indices.map { c in
      ChannelStatistics(
        minimum: minima[c], maximum: maxima[c], mean: sums[c] / Double(frameCount),
        meanSquare: squares[c] / Double(frameCount))
    }
  }
}
