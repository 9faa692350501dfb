/// The memory in which one thread transforms frame after frame: samples on one side, their spectrum
/// on the other.
///
/// A ``FourierPlan`` turns one side into the other. Make one for each thread and keep it: a
/// transform then allocates nothing.
public struct FourierWorkspace: Sendable {
  /// Samples in a frame, N.
  public let length: Int

  /// Frequency bins in a spectrum, F = N/2 + 1.
  public var binCount: Int { length / 2 + 1 }

  /// The samples of a frame, `[N]`.
  public var samples: [Double]

  /// The bins of its spectrum, `[2F]`: real and imaginary part of each in turn.
  public var spectrum: [Double]

  /// Frames and spectra of zeros.
  ///
  /// - Parameter length: samples in a frame, N, even.
  public init(length: Int) {
    self.length = length
    samples = [Double](repeating: 0, count: length)
    spectrum = [Double](repeating: 0, count: length + 2)
  }

  /// Fills the frame with the weighted samples of a signal, and with zeros outside of it.
  ///
  ///     samples[n] = window[n] · signal[start + n]
  ///
  /// - Parameters:
  ///   - signal: any number of samples.
  ///   - start: where the frame begins in the signal; may be negative.
  ///   - window: weights, `[N]`.
  mutating func fill(from signal: Span<Float>, at start: Int, window: Span<Double>) {
    precondition(window.count == length, "\(window.count) weights for \(length) samples")
    let inside = Self.places(of: signal.count, at: start, length: length)
    var samples = samples.mutableSpan
    for n in 0..<inside.lowerBound { samples[n] = 0 }
    // Within `inside`, every place lies within all three: no need to check each.
    for n in inside {
      samples[unchecked: n] = window[unchecked: n] * Double(signal[unchecked: start &+ n])
    }
    for n in inside.upperBound..<samples.count { samples[n] = 0 }
  }

  /// Adds the weighted frame to a signal where it lies within it.
  ///
  ///     signal[start + n] += window[n] · samples[n]
  func add(to signal: inout MutableSpan<Double>, at start: Int, window: Span<Double>) {
    precondition(window.count == length, "\(window.count) weights for \(length) samples")
    let samples = samples.span
    for n in Self.places(of: signal.count, at: start, length: length) {
      signal[unchecked: start &+ n] += window[unchecked: n] * samples[unchecked: n]
    }
  }

  /// Writes the magnitude of each bin, √(re² + im²).
  ///
  /// Squares are added in Double; the root is taken in Float, which is twice as fast. From 10⁻¹⁹ to
  /// 10¹⁹ it is right within 9·10⁻⁸ of itself; below it may become 0, above infinite.
  ///
  /// - Parameters:
  ///   - magnitudes: receives them.
  ///   - start: the place of the first among them.
  func writeMagnitudes(to magnitudes: inout MutableSpan<Float>, at start: Int) {
    precondition(
      0 <= start && start + binCount <= magnitudes.count,
      "\(binCount) magnitudes from \(start) on do not fit into \(magnitudes.count)")
    let spectrum = spectrum.span
    for bin in 0..<binCount {
      let (real, imaginary) = (spectrum[unchecked: 2 &* bin], spectrum[unchecked: 2 &* bin &+ 1])
      // The compiler sees that a sum of squares is not negative, and takes roots of whole vectors.
      magnitudes[unchecked: start &+ bin] =
        Float(real * real + imaginary * imaginary).squareRoot()
    }
  }

  /// The places n of a frame for which `start + n` lies within a signal.
  static func places(of sampleCount: Int, at start: Int, length: Int) -> Range<Int> {
    let first = min(max(-start, 0), length)
    return first..<max(min(length, sampleCount - start), first)
  }
}
