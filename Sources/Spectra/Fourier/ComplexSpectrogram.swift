/// The complex spectrum of each frame of a signal.
public struct ComplexSpectrogram: Sendable, Hashable {
  /// Frames, T.
  public let frameCount: Int
  /// Frequency bins in a frame, F.
  public let binCount: Int
  /// Real parts, `[T, F]`.
  public var real: [Float]
  /// Imaginary parts, `[T, F]`.
  public var imaginary: [Float]

  /// A spectrogram of zeros.
  public init(frameCount: Int, binCount: Int) {
    self.frameCount = frameCount
    self.binCount = binCount
    real = [Float](repeating: 0, count: frameCount * binCount)
    imaginary = real
  }

  /// The magnitude of each bin, √(re² + im²), `[T, F]`.
  public func magnitude() -> Spectrogram {
    Spectrogram(
      frameCount: frameCount, binCount: binCount,
      values: real.indices.map {
        (real[$0] * real[$0] + imaginary[$0] * imaginary[$0]).squareRoot()
      })
  }
}
