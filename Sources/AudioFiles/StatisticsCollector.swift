/// Collects ``ChannelStatistics`` over a stream of one or two channels, with sums in Double.
///
/// Numbers are taken eight at a time, each place of the eight with figures of its own: channel c
/// of C is in the places c, c + C, … Their sums are added up at the end, always in the same order, so
/// that the figures do not depend on how the stream is cut into blocks.
struct StatisticsCollector {
  private let channelCount: Int
  private var sampleCount = 0
  private var minima = SIMD8<Float>(repeating: .infinity)
  private var maxima = SIMD8<Float>(repeating: -.infinity)
  private var sums = SIMD8<Double>.zero
  private var squares = SIMD8<Double>.zero

  /// - Precondition: eight places are whole frames.
  init(channelCount: Int) {
    precondition((1...2).contains(channelCount), "1 or 2 channels, not \(channelCount).")
    self.channelCount = channelCount
  }

  /// Frames taken in so far.
  var frameCount: Int { sampleCount / channelCount }

  /// Takes in frames `[T, C]`.
  ///
  /// - Returns: false when a sample is infinite or not a number; no sum of finite samples is.
  mutating func add(_ frames: Span<Float>) -> Bool {
    let width = SIMD8<Float>.scalarCount
    var index = 0
    // Up to where the eight begin again, by eights, and what is left.
    while index < frames.count && sampleCount % width != 0 {
      add(frames[index])
      index += 1
    }
    let bytes = frames.bytes
    while index + width <= frames.count {
      let x = bytes.unsafeLoadUnaligned(
        fromByteOffset: index * MemoryLayout<Float>.stride, as: SIMD8<Float>.self)
      let wide = SIMD8<Double>(x)
      minima.replace(with: x, where: x .< minima)
      maxima.replace(with: x, where: x .> maxima)
      sums += wide
      squares += wide * wide
      index += width
      sampleCount += width
    }
    while index < frames.count {
      add(frames[index])
      index += 1
    }
    return squares.sum().isFinite
  }

  private mutating func add(_ x: Float) {
    let place = sampleCount % SIMD8<Float>.scalarCount
    minima[place] = min(minima[place], x)
    maxima[place] = max(maxima[place], x)
    sums[place] += Double(x)
    squares[place] += Double(x) * Double(x)
    sampleCount += 1
  }

  /// - Precondition: at least one frame was added.
  var channels: [ChannelStatistics] {
    (0..<channelCount).map { channel in
      let places = stride(from: channel, to: SIMD8<Float>.scalarCount, by: channelCount)
      return ChannelStatistics(
        minimum: places.reduce(.infinity) { min($0, minima[$1]) },
        maximum: places.reduce(-.infinity) { max($0, maxima[$1]) },
        mean: places.reduce(0) { $0 + sums[$1] } / Double(frameCount),
        meanSquare: places.reduce(0) { $0 + squares[$1] } / Double(frameCount))
    }
  }
}
