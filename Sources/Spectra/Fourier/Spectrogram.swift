/// A number for each frame and frequency: magnitudes, mel bands, or features made from them.
public struct Spectrogram: Sendable, Hashable {
  /// Frames, T.
  public let frameCount: Int
  /// Frequency bins or mel bands in a frame, F.
  public let binCount: Int
  /// The numbers, `[T, F]`, one frame after another.
  public var values: [Float]

  /// - Precondition: `values` holds `frameCount · binCount` numbers.
  public init(frameCount: Int, binCount: Int, values: [Float]) {
    precondition(
      values.count == frameCount * binCount,
      "\(frameCount) frames of \(binCount) are not \(values.count) numbers.")
    self.frameCount = frameCount
    self.binCount = binCount
    self.values = values
  }

  /// One number, by frame and bin.
  public subscript(frame: Int, bin: Int) -> Float { values[frame * binCount + bin] }

  /// The mean over frames, `[F]`, summed in Double; zeros if there are no frames.
  public func meanFrame() -> [Float] {
    var mean = MeanSpectrum(bandCount: binCount)
    mean.add(self)
    return mean.values
  }
}
