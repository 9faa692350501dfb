/// The short-time Fourier transform (STFT): the spectrum of one windowed frame after another.
///
///     X[t, k] = Σₙ w[n] · x[hop·t + n − offset] · exp(−2πi·k·n / N)
///
/// Samples outside the signal count as zero. Centred, the offset is N/2, so that frame t is about
/// sample hop·t, and there are 1 + ⌊samples/hop⌋ frames; otherwise it is 0, and only frames that lie
/// within the signal count (a signal shorter than a frame is one frame).
///
/// Computed in Double, rounded at the end. Equal to `librosa.stft` (centred: its default, padded with
/// zeros) to within rounding. One value may be used from several threads. Source: Griffin and Lim
/// 1984, sections II and III.
public struct ShortTimeFourierTransform: Sendable {
  /// Samples in a frame, N.
  public let fftLength: Int
  /// Samples from one frame to the next.
  public let hopLength: Int
  /// The weights of a frame, `[N]`.
  public let windowSamples: [Double]
  /// Whether frame t is about sample `hopLength · t`, not from it on.
  public let isCentered: Bool

  let plan: FourierPlan

  /// Frequency bins in a frame, F = N/2 + 1; bin k is at `k · sampleRate / N` Hz.
  public var binCount: Int { plan.binCount }

  /// What turns a magnitude into an amplitude, 2 / Σₙ w[n]: a sine of amplitude 1 in the middle of a
  /// bin has magnitude 1 / `amplitudeScale` there.
  public var amplitudeScale: Float { Float(2 / windowSamples.reduce(0, +)) }

  /// Samples of the first frame that lie before the signal.
  var offset: Int { isCentered ? fftLength / 2 : 0 }

  /// - Parameters:
  ///   - fftLength: samples in a frame, N, even.
  ///   - hopLength: samples from one frame to the next, at least 1.
  ///   - window: the weights of a frame.
  ///   - isCentered: whether frame t is about sample `hopLength · t`.
  public init(
    fftLength: Int, hopLength: Int, window: SpectralWindow = .hann, isCentered: Bool = true
  ) {
    precondition(hopLength >= 1, "Frames are at least one sample apart, not \(hopLength).")
    plan = FourierPlan(length: fftLength)
    self.fftLength = fftLength
    self.hopLength = hopLength
    self.isCentered = isCentered
    windowSamples = window.samples(length: fftLength)
  }

  /// The power of two nearest, as a ratio, to the samples of a duration, at least 16: 0.064 s is
  /// 512 samples at 8 kHz, 1,024 at 16 kHz and 2,048 at 44.1 kHz.
  public static func fftLength(seconds: Double, sampleRate: Int) -> Int {
    var length = 16
    // √2 · length is where the next power of two becomes the nearer one.
    while length < 1 << 20, Double(length) * 2.0.squareRoot() < seconds * Double(sampleRate) {
      length *= 2
    }
    return length
  }

  /// The number of frames, T, of a signal of so many samples.
  public func frameCount(sampleCount: Int) -> Int {
    1 + max(sampleCount + 2 * offset - fftLength, 0) / hopLength
  }

  /// Memory for one thread that transforms many signals.
  public func makeWorkspace() -> FourierWorkspace { FourierWorkspace(length: fftLength) }

  /// The complex spectrum of each frame.
  ///
  /// - Parameter samples: a signal of any length.
  /// - Returns: the spectra, `[T, F]`.
  public func forward(_ samples: [Float]) -> ComplexSpectrogram {
    var spectra = ComplexSpectrogram(
      frameCount: frameCount(sampleCount: samples.count), binCount: binCount)
    var workspace = makeWorkspace()
    forward(samples.span, into: &spectra, using: &workspace)
    return spectra
  }

  /// The complex spectrum of each frame, in memory that is there already.
  ///
  /// - Parameters:
  ///   - samples: a signal of any length.
  ///   - spectra: receives the spectra, `[T, F]`.
  ///   - workspace: this thread's own.
  /// - Precondition: `spectra` has the frames and bins of so many samples; checked in every build.
  public func forward(
    _ samples: Span<Float>, into spectra: inout ComplexSpectrogram,
    using workspace: inout FourierWorkspace
  ) {
    check(spectra, sampleCount: samples.count)
    for frame in 0..<spectra.frameCount {
      transform(frame, of: samples, using: &workspace)
      spectra.setFrame(frame, to: workspace.spectrum.span)
    }
  }

  /// The magnitude of each bin of each frame, |X[t, k]|, `[T, F]`.
  public func magnitude(_ samples: [Float]) -> Spectrogram {
    let frameCount = frameCount(sampleCount: samples.count)
    var values = [Float](repeating: 0, count: frameCount * binCount)
    var span = values.mutableSpan
    var workspace = makeWorkspace()
    magnitude(samples.span, into: &span, using: &workspace)
    return Spectrogram(frameCount: frameCount, binCount: binCount, values: values)
  }

  /// The magnitude of each bin of each frame, in memory that is there already.
  ///
  /// Nothing is allocated. Several threads may share the transform, each with a workspace of its
  /// own: to transform many signals, give each thread some of them.
  ///
  /// - Parameters:
  ///   - samples: a signal of any length.
  ///   - magnitudes: receives |X[t, k]|, `[T, F]`.
  ///   - workspace: this thread's own.
  /// - Precondition: there is room for ``frameCount(sampleCount:)`` frames, and for no more; checked
  ///   in every build.
  public func magnitude(
    _ samples: Span<Float>, into magnitudes: inout MutableSpan<Float>,
    using workspace: inout FourierWorkspace
  ) {
    let frameCount = frameCount(sampleCount: samples.count)
    precondition(
      magnitudes.count == frameCount * binCount,
      "\(frameCount) frames of \(binCount) bins are not \(magnitudes.count) magnitudes.")
    for frame in 0..<frameCount {
      transform(frame, of: samples, using: &workspace)
      workspace.writeMagnitudes(to: &magnitudes, at: frame * binCount)
    }
  }

  /// Calls `body` with each frame's number and magnitudes `[F]`, in order, keeping only one frame.
  package func forEachMagnitude(of samples: [Float], _ body: (Int, Span<Float>) -> Void) {
    var workspace = makeWorkspace()
    var magnitudes = [Float](repeating: 0, count: binCount)
    for frame in 0..<frameCount(sampleCount: samples.count) {
      transform(frame, of: samples.span, using: &workspace)
      var span = magnitudes.mutableSpan
      workspace.writeMagnitudes(to: &span, at: 0)
      body(frame, magnitudes.span)
    }
  }

  /// Leaves the spectrum of one frame in the workspace.
  private func transform(
    _ frame: Int, of samples: Span<Float>, using workspace: inout FourierWorkspace
  ) {
    workspace.fill(from: samples, at: frame * hopLength - offset, window: windowSamples.span)
    plan.forward(&workspace)
  }

  func check(_ spectra: ComplexSpectrogram, sampleCount: Int) {
    let frameCount = frameCount(sampleCount: sampleCount)
    precondition(
      spectra.frameCount == frameCount && spectra.binCount == binCount,
      "A signal of \(sampleCount) samples has [\(frameCount), \(binCount)] bins, not [\(spectra.frameCount), \(spectra.binCount)]."
    )
  }
}
