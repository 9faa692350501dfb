/// The mean of log-mel spectra over all frames of all clips, gathered one clip at a time.
///
/// The distance between a training set's mean and that of generated clips is the figure that every
/// training report holds; see ``LogMelSpectrum/distanceDecibels(_:_:)-([Float],_)``.
public struct MeanSpectrum: Sendable, Hashable {
  /// Frames so far.
  public private(set) var frameCount = 0
  private var sums: [Double]

  /// - Parameter bandCount: numbers in a frame, M.
  public init(bandCount: Int) { sums = [Double](repeating: 0, count: bandCount) }

  /// Counts in every frame of `spectrogram`, `[T, M]`.
  public mutating func add(_ spectrogram: Spectrogram) {
    precondition(
      spectrogram.binCount == sums.count,
      "A mean of \(sums.count) bands was given \(spectrogram.binCount).")
    frameCount += spectrogram.frameCount
    for frame in 0..<spectrogram.frameCount {
      for band in sums.indices { sums[band] += Double(spectrogram[frame, band]) }
    }
  }

  /// The mean, `[M]`; zeros before the first frame.
  public var values: [Float] { sums.map { Float($0 / Double(max(frameCount, 1))) } }
}
