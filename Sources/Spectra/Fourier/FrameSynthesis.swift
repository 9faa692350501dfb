/// The signal whose frames have given spectra, and the transpose of making it.
///
///     y[n] = Σₜ w[m] · xₜ[m] / Σₜ w²[m],   m = n − hop·t + (N − hop)/2
///
/// with xₜ = inverse transform of X[t], of length N, and the Hann window w. Frame t is about the middle
/// of the samples from hop·t on, so that T frames make exactly hop·T samples, and each spectrum has a
/// stretch of its own. A sample in the middle is reached by N/hop frames, the first and the last by
/// half as many: with N = 4·hop the sum of squared weights is 3/2 in the middle and ¾ at both ends.
///
/// What ``ShortTimeFourierTransform/inverse(_:sampleCount:)`` does with other places of the frames, and
/// for many signals in the same memory. One value may be used from several threads. Sources: Griffin
/// and Lim 1984, equation 6; the places of the frames: Siuzdak 2024.
public struct FrameSynthesis: Sendable {
  /// Samples in a frame, N.
  public let fftLength: Int
  /// Samples from one frame to the next.
  public let hopLength: Int
  /// Frames, T.
  public let frameCount: Int

  private let plan: FourierPlan
  /// w[n] / N: the inverse transform comes without its factor.
  private let windowSamples: [Double]
  /// 1 / Σₜ w²[m] of each sample.
  private let gains: [Double]

  /// Frequency bins in a frame, F = N/2 + 1.
  public var binCount: Int { plan.binCount }

  /// Samples of the signal, hop·T.
  public var sampleCount: Int { frameCount * hopLength }

  /// Plans the transform.
  ///
  /// - Precondition: each frame overlaps with the next by half or more, and both lengths are even;
  ///   checked in every build.
  public init(fftLength: Int, hopLength: Int, frameCount: Int) {
    precondition(
      hopLength >= 2 && hopLength.isMultiple(of: 2) && fftLength >= 2 * hopLength,
      "frames of \(fftLength) samples, \(hopLength) apart, do not overlap by half or not evenly")
    self.fftLength = fftLength
    self.hopLength = hopLength
    self.frameCount = frameCount
    plan = FourierPlan(length: fftLength)
    let window = SpectralWindow.hann.samples(length: fftLength)
    windowSamples = window.map { $0 / Double(fftLength) }
    var energies = [Double](repeating: 0, count: frameCount * hopLength)
    for frame in 0..<frameCount {
      let start = Self.start(of: frame, fftLength, hopLength)
      let places = FourierWorkspace.places(of: energies.count, at: start, length: fftLength)
      for n in places { energies[start + n] += window[n] * window[n] }
    }
    gains = energies.map { 1 / $0 }
  }

  /// Memory for one thread that makes many signals.
  public func makeWorkspace() -> FourierWorkspace { FourierWorkspace(length: fftLength) }

  private func start(of frame: Int) -> Int { Self.start(of: frame, fftLength, hopLength) }

  /// The first sample of a frame: as many of its samples lie before its own `hop` as behind them.
  private static func start(of frame: Int, _ fftLength: Int, _ hopLength: Int) -> Int {
    frame * hopLength - (fftLength - hopLength) / 2
  }

  /// Makes a signal. Nothing is allocated.
  ///
  /// - Parameters:
  ///   - samples: receive it, `[hop·T]`.
  ///   - workspace: this thread's own.
  ///   - setSpectrum: writes the spectrum of a frame, given its number, into the workspace; the
  ///     imaginary parts of its first and last bin count as zero.
  /// - Precondition: there is room for all samples, and for no more; checked in every build.
  public func synthesize(
    into samples: inout [Double], using workspace: inout FourierWorkspace,
    setSpectrum: (_ frame: Int, _ spectrum: inout MutableSpan<Double>) -> Void
  ) {
    precondition(
      samples.count == sampleCount, "\(sampleCount) samples do not fit into \(samples.count)")
    var sum = samples.mutableSpan
    for n in 0..<sum.count { sum[unchecked: n] = 0 }
    for frame in 0..<frameCount {
      var spectrum = workspace.spectrum.mutableSpan
      setSpectrum(frame, &spectrum)
      plan.inverse(&workspace)
      workspace.add(to: &sum, at: start(of: frame), window: windowSamples.span)
    }
    let gains = gains.span
    for n in 0..<sum.count { sum[unchecked: n] *= gains[unchecked: n] }
  }

  /// Applies the transpose of ``synthesize(into:using:setSpectrum:)`` as a linear map of real numbers:
  /// turns the gradient of a loss with respect to samples into the one with respect to spectra.
  ///
  /// - Parameters:
  ///   - gradient: with respect to the samples, `[hop·T]`; its numbers are lost.
  ///   - workspace: this thread's own.
  ///   - takeSpectrum: reads the gradient with respect to a frame's spectrum, given its number: real
  ///     and imaginary part of each bin in turn, `[2F]`.
  /// - Precondition: there is a number for each sample; checked in every build.
  public func adjoint(
    _ gradient: inout [Float], using workspace: inout FourierWorkspace,
    takeSpectrum: (_ frame: Int, _ spectrum: Span<Double>) -> Void
  ) {
    precondition(
      gradient.count == sampleCount, "\(gradient.count) numbers are not \(sampleCount) samples")
    for n in gradient.indices { gradient[n] *= Float(gains[n]) }
    for frame in 0..<frameCount {
      workspace.fill(from: gradient.span, at: start(of: frame), window: windowSamples.span)
      plan.forward(&workspace)
      // The inverse transform counts every inner bin twice, for its mirror image.
      var spectrum = workspace.spectrum.mutableSpan
      for i in 2..<spectrum.count - 2 { spectrum[unchecked: i] *= 2 }
      takeSpectrum(frame, workspace.spectrum.span)
    }
  }
}
