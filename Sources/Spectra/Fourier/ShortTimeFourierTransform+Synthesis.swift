extension ShortTimeFourierTransform {
  /// The signal whose spectrogram is nearest to `spectra` in the sense of least squares.
  ///
  ///     x[n] = Σₜ w[n − hop·t] · yₜ[n − hop·t] / Σₜ w²[n − hop·t],   yₜ = inverse transform of X[t]
  ///
  /// For a spectrogram that ``forward(_:)`` made, that is the signal itself, wherever a window is
  /// not zero; samples that no window reaches are zero. Source: Griffin and Lim 1984, equation 6.
  ///
  /// - Parameters:
  ///   - spectra: complex spectra, `[T, F]`.
  ///   - sampleCount: samples of the signal.
  /// - Returns: the samples.
  /// - Precondition: `spectra` has the frames and bins of a signal of so many samples.
  public func inverse(_ spectra: ComplexSpectrogram, sampleCount: Int) -> [Float] {
    var samples = overlapAdd(spectra, sampleCount: sampleCount, innerBinWeight: 1)
    var windowEnergy = [Double](repeating: 0, count: sampleCount)
    for frame in 0..<spectra.frameCount {
      for (n, position) in positions(frame: frame, sampleCount: sampleCount) {
        windowEnergy[position] += windowSamples[n] * windowSamples[n]
      }
    }
    for position in samples.indices {
      // Where the windows all but vanish, dividing would only magnify rounding.
      let energy = windowEnergy[position]
      samples[position] = energy > 1e-8 ? samples[position] / (Double(fftLength) * energy) : 0
    }
    return samples.map { Float($0) }
  }

  /// The transpose of ``forward(_:)`` as a linear map of real numbers: ⟨forward(x), Y⟩ =
  /// ⟨x, adjoint(Y)⟩, the sums running over real and imaginary parts. It turns the gradient of a
  /// loss with respect to spectra into the gradient with respect to samples.
  ///
  ///     x̄[n] = Σₜ w[m] · Σₖ (Re Y[t, k] cos(2πkm/N) − Im Y[t, k] sin(2πkm/N)),   m = n − hop·t + offset
  ///
  /// - Parameters:
  ///   - spectra: real and imaginary parts, `[T, F]`.
  ///   - sampleCount: samples of the signal.
  /// - Returns: the samples.
  /// - Precondition: `spectra` has the frames and bins of a signal of so many samples.
  public func adjoint(_ spectra: ComplexSpectrogram, sampleCount: Int) -> [Float] {
    // The inverse transform counts every inner bin twice, for its mirror image; the transpose of a
    // transform that gives each bin once counts it once.
    overlapAdd(spectra, sampleCount: sampleCount, innerBinWeight: 0.5).map { Float($0) }
  }

  /// Transforms each frame back (without 1/N), multiplies by the window and adds it where it was.
  private func overlapAdd(
    _ spectra: ComplexSpectrogram, sampleCount: Int, innerBinWeight: Double
  ) -> [Double] {
    let frameCount = frameCount(sampleCount: sampleCount)
    precondition(
      spectra.frameCount == frameCount && spectra.binCount == binCount,
      "A signal of \(sampleCount) samples has [\(frameCount), \(binCount)] bins, not [\(spectra.frameCount), \(spectra.binCount)]."
    )
    var samples = [Double](repeating: 0, count: sampleCount)
    var spectrum = [Double](repeating: 0, count: 2 * binCount)
    var frame = [Double](repeating: 0, count: fftLength)
    for index in 0..<frameCount {
      for bin in 0..<binCount {
        let weight = bin == 0 || bin == binCount - 1 ? 1 : innerBinWeight
        spectrum[2 * bin] = weight * Double(spectra.real[index * binCount + bin])
        spectrum[2 * bin + 1] = weight * Double(spectra.imaginary[index * binCount + bin])
      }
      var span = frame.mutableSpan
      plan.inverse(spectrum.span, into: &span)
      for (n, position) in positions(frame: index, sampleCount: sampleCount) {
        samples[position] += windowSamples[n] * frame[n]
      }
    }
    return samples
  }

  /// The places of a frame that lie within the signal, with their positions in it.
  private func positions(frame: Int, sampleCount: Int) -> Zip2Sequence<Range<Int>, Range<Int>> {
    let start = frame * hopLength - offset
    let first = min(max(-start, 0), fftLength)
    let end = max(min(fftLength, sampleCount - start), first)
    return zip(first..<end, (start + first)..<(start + end))
  }
}
