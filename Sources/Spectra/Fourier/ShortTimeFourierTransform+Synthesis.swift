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
    var samples = [Double](repeating: 0, count: sampleCount)
    var span = samples.mutableSpan
    var workspace = makeWorkspace()
    overlapAdd(spectra, to: &span, innerBinWeight: 1, using: &workspace)
    var windowEnergy = [Double](repeating: 0, count: sampleCount)
    for frame in 0..<spectra.frameCount {
      let start = frame * hopLength - offset
      for n in FourierWorkspace.places(of: sampleCount, at: start, length: fftLength) {
        windowEnergy[start + n] += windowSamples[n] * windowSamples[n]
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
    var samples = [Double](repeating: 0, count: sampleCount)
    var span = samples.mutableSpan
    var workspace = makeWorkspace()
    addAdjoint(spectra, to: &span, using: &workspace)
    return samples.map { Float($0) }
  }

  /// Adds the adjoint, ``adjoint(_:sampleCount:)``, to what is there already. Nothing is allocated.
  ///
  /// - Parameters:
  ///   - spectra: real and imaginary parts, `[T, F]`.
  ///   - samples: receive the sum.
  ///   - workspace: this thread's own.
  /// - Precondition: `spectra` has the frames and bins of so many samples; checked in every build.
  public func addAdjoint(
    _ spectra: ComplexSpectrogram, to samples: inout MutableSpan<Double>,
    using workspace: inout FourierWorkspace
  ) {
    // The inverse transform counts every inner bin twice, for its mirror image; the transpose of a
    // transform that gives each bin once counts it once.
    overlapAdd(spectra, to: &samples, innerBinWeight: 0.5, using: &workspace)
  }

  /// Transforms each frame back (without 1/N), multiplies by the window and adds it where it was.
  private func overlapAdd(
    _ spectra: ComplexSpectrogram, to samples: inout MutableSpan<Double>, innerBinWeight: Double,
    using workspace: inout FourierWorkspace
  ) {
    check(spectra, sampleCount: samples.count)
    for frame in 0..<spectra.frameCount {
      spectra.copyFrame(frame, to: &workspace.spectrum, innerBinWeight: innerBinWeight)
      plan.inverse(&workspace)
      workspace.add(to: &samples, at: frame * hopLength - offset, window: windowSamples.span)
    }
  }
}
