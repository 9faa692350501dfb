/// The short-time Fourier transform (STFT): the spectrum of one windowed frame after another.
///
///     X[t, k] = Σₙ w[n] · x[hop·t + n − offset] · exp(−2πi·k·n / N)
///
/// Samples outside the signal count as zero. Centred, the offset is N/2, so that frame t is about
/// sample hop·t, and there are 1 + ⌊samples/hop⌋ frames; otherwise it is 0, and only frames that lie
/// within the signal count (a signal shorter than a frame is one frame).
///
/// Computed in Double, rounded at the end. Equal to `librosa.stft` (centred: its default, padded with zeros) to within rounding. One value
/// may be used from several threads. Source: Griffin and Lim 1984, sections II and III.
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

  /// The complex spectrum of each frame.
  ///
  /// - Parameter samples: a signal of any length.
  /// - Returns: the spectra, `[T, F]`.
  public func forward(_ samples: [Float]) -> ComplexSpectrogram {
    var result = ComplexSpectrogram(
      frameCount: frameCount(sampleCount: samples.count), binCount: binCount)
    forEachSpectrum(of: samples) { frame, spectrum in
      for bin in 0..<result.binCount {
        result.real[frame * result.binCount + bin] = Float(spectrum[2 * bin])
        result.imaginary[frame * result.binCount + bin] = Float(spectrum[2 * bin + 1])
      }
    }
    return result
  }

  /// The magnitude of each bin of each frame, |X[t, k]|, `[T, F]`.
  public func magnitude(_ samples: [Float]) -> Spectrogram {
    var values: [Float] = []
    let frameCount = frameCount(sampleCount: samples.count)
    values.reserveCapacity(frameCount * binCount)
    forEachMagnitude(of: samples) { _, magnitudes in
      for bin in magnitudes.indices { values.append(magnitudes[bin]) }
    }
    return Spectrogram(frameCount: frameCount, binCount: binCount, values: values)
  }

  /// Calls `body` with each frame's number and magnitudes `[F]`, in order, keeping only one frame.
  package func forEachMagnitude(of samples: [Float], _ body: (Int, Span<Float>) -> Void) {
    var magnitudes = [Float](repeating: 0, count: binCount)
    forEachSpectrum(of: samples) { frame, spectrum in
      for bin in magnitudes.indices {
        let real = spectrum[2 * bin]
        let imaginary = spectrum[2 * bin + 1]
        magnitudes[bin] = Float((real * real + imaginary * imaginary).squareRoot())
      }
      body(frame, magnitudes.span)
    }
  }

  /// Calls `body` with each frame's number and spectrum `[2F]`, in order; the two scratch arrays
  /// serve all frames.
  private func forEachSpectrum(of samples: [Float], _ body: (Int, Span<Double>) -> Void) {
    var frame = [Double](repeating: 0, count: fftLength)
    var spectrum = [Double](repeating: 0, count: 2 * binCount)
    for index in 0..<frameCount(sampleCount: samples.count) {
      let start = index * hopLength - offset
      for n in 0..<fftLength {
        let position = start + n
        frame[n] =
          samples.indices.contains(position) ? windowSamples[n] * Double(samples[position]) : 0
      }
      var bins = spectrum.mutableSpan
      plan.forward(frame.span, into: &bins)
      body(index, spectrum.span)
    }
  }
}
