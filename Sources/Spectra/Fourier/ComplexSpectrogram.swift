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
    var values = [Float](repeating: 0, count: frameCount * binCount)
    var span = values.mutableSpan
    magnitude(into: &span)
    return Spectrogram(frameCount: frameCount, binCount: binCount, values: values)
  }

  /// The magnitude of each bin, in memory that is there already.
  ///
  /// - Parameter magnitudes: receives √(re² + im²), `[T, F]`.
  /// - Precondition: there is room for all, and for no more; checked in every build.
  public func magnitude(into magnitudes: inout MutableSpan<Float>) {
    let (real, imaginary) = (real.span, imaginary.span)
    precondition(
      magnitudes.count == real.count && magnitudes.count == imaginary.count,
      "\(real.count) bins were given room for \(magnitudes.count) magnitudes.")
    for i in 0..<magnitudes.count {
      let (re, im) = (real[unchecked: i], imaginary[unchecked: i])
      magnitudes[unchecked: i] = (re * re + im * im).squareRoot()
    }
  }

  /// Multiplies each bin by a number.
  ///
  /// - Parameter factors: the numbers, `[T, F]`.
  /// - Precondition: there is one for each bin; checked in every build.
  public mutating func multiply(by factors: [Float]) {
    precondition(
      factors.count == real.count && factors.count == imaginary.count,
      "\(factors.count) factors for \(real.count) bins")
    Self.multiply(&real, by: factors)
    Self.multiply(&imaginary, by: factors)
  }

  private static func multiply(_ numbers: inout [Float], by factors: [Float]) {
    let factors = factors.span
    var numbers = numbers.mutableSpan
    for i in 0..<factors.count { numbers[unchecked: i] *= factors[unchecked: i] }
  }

  /// Stores the spectrum of one frame.
  ///
  /// - Parameters:
  ///   - frame: its number.
  ///   - spectrum: real and imaginary part of each bin in turn, `[2F]`.
  mutating func setFrame(_ frame: Int, to spectrum: Span<Double>) {
    precondition(
      spectrum.count == 2 * binCount, "\(spectrum.count) numbers are not \(binCount) bins.")
    Self.split(spectrum, into: &real, &imaginary, at: frame * binCount)
  }

  private static func split(
    _ spectrum: Span<Double>, into real: inout [Float], _ imaginary: inout [Float], at start: Int
  ) {
    let binCount = spectrum.count / 2
    precondition(
      0 <= start && start + binCount <= min(real.count, imaginary.count),
      "\(binCount) bins from \(start) on are not among \(real.count).")
    var real = real.mutableSpan
    var imaginary = imaginary.mutableSpan
    for bin in 0..<binCount {
      real[unchecked: start &+ bin] = Float(spectrum[unchecked: 2 &* bin])
      imaginary[unchecked: start &+ bin] = Float(spectrum[unchecked: 2 &* bin &+ 1])
    }
  }

  /// Copies the spectrum of one frame.
  ///
  /// - Parameters:
  ///   - frame: its number.
  ///   - spectrum: receives real and imaginary part of each bin in turn, `[2F]`.
  ///   - innerBinWeight: what every bin but the first and the last is multiplied by.
  func copyFrame(_ frame: Int, to spectrum: inout [Double], innerBinWeight: Double) {
    let start = frame * binCount
    let (real, imaginary) = (real.span, imaginary.span)
    precondition(
      spectrum.count == 2 * binCount && start + binCount <= min(real.count, imaginary.count),
      "\(spectrum.count) numbers are not \(binCount) bins.")
    var bins = spectrum.mutableSpan
    for bin in 0..<binCount {
      bins[unchecked: 2 &* bin] = innerBinWeight * Double(real[unchecked: start &+ bin])
      bins[unchecked: 2 &* bin &+ 1] = innerBinWeight * Double(imaginary[unchecked: start &+ bin])
    }
    for (bin, place) in [(0, start), (binCount - 1, start + binCount - 1)] {
      bins[2 * bin] = Double(real[place])
      bins[2 * bin + 1] = Double(imaginary[place])
    }
  }
}
