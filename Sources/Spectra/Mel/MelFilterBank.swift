/// Triangular filters, equally spaced in mel, that sum magnitudes into bands.
///
///     W[m, k] = max(0, min((fₖ − c₋) / (c − c₋), (c₊ − fₖ) / (c₊ − c))) · a
///
/// where fₖ = k · sampleRate / N is the frequency of bin k, c₋, c and c₊ are the centres of bands
/// m − 1, m and m + 1, and a is 1 or, area-normalised, 2 / (c₊ − c₋), which gives each filter the
/// same area (in Hz).
///
/// Equal to `librosa.filters.mel` (`htk=`, `norm="slaney"` or `None`) to within rounding.
public struct MelFilterBank: Sendable {
  /// Mel bands, M.
  public let bandCount: Int
  /// Frequency bins of the spectra it sums, F = N/2 + 1.
  public let binCount: Int
  /// The weights, `[M, F]`.
  public let weights: [Float]
  /// The frequency in the middle of each band, in Hz, `[M]`.
  public let centersHz: [Double]

  /// The bins where each band's weights are not zero: a few each, so that a frame costs about 2F.
  private let support: [Range<Int>]

  /// Bands so narrow that no bin is in them, and which are therefore always 0.
  public var emptyBandCount: Int { support.count(where: \.isEmpty) }

  /// - Parameters:
  ///   - sampleRate: samples a second.
  ///   - fftLength: samples in a frame, N.
  ///   - bandCount: mel bands, M, at least 1.
  ///   - lowHz: the lower edge of the first band.
  ///   - highHz: the upper edge of the last band, at most half the sample rate.
  ///   - scale: the mel scale.
  ///   - isAreaNormalized: whether filters have the same area instead of the same height.
  public init(
    sampleRate: Int, fftLength: Int, bandCount: Int, lowHz: Double, highHz: Double,
    scale: MelScale = .slaney, isAreaNormalized: Bool = true
  ) {
    precondition(bandCount >= 1, "A filter bank has at least one band, not \(bandCount).")
    precondition(
      0 <= lowHz && lowHz < highHz && highHz <= Double(sampleRate) / 2,
      "Bands from \(lowHz) to \(highHz) Hz do not fit a sample rate of \(sampleRate) Hz.")
    let lowMel = scale.mel(hz: lowHz)
    let step = (scale.mel(hz: highHz) - lowMel) / Double(bandCount + 1)
    let edges = (0..<bandCount + 2).map { scale.hz(mel: lowMel + step * Double($0)) }
    let binCount = fftLength / 2 + 1

    var weights = [Float](repeating: 0, count: bandCount * binCount)
    var support: [Range<Int>] = []
    for band in 0..<bandCount {
      let (low, center, high) = (edges[band], edges[band + 1], edges[band + 2])
      let height = isAreaNormalized ? 2 / (high - low) : 1
      var touched: Range<Int>?
      for bin in 0..<binCount {
        let hz = Double(bin) * Double(sampleRate) / Double(fftLength)
        let weight = min((hz - low) / (center - low), (high - hz) / (high - center))
        guard weight > 0 else { continue }
        weights[band * binCount + bin] = Float(weight * height)
        touched = (touched?.lowerBound ?? bin)..<(bin + 1)
      }
      support.append(touched ?? 0..<0)
    }
    self.bandCount = bandCount
    self.binCount = binCount
    self.weights = weights
    self.support = support
    centersHz = Array(edges[1...bandCount])
  }

  /// Sums each frame's bins into bands, ∑ₖ W[m, k] · S[t, k].
  ///
  /// - Parameter spectrogram: magnitudes or powers, `[T, F]`.
  /// - Returns: bands, `[T, M]`.
  public func bands(of spectrogram: Spectrogram) -> Spectrogram {
    precondition(
      spectrogram.binCount == binCount,
      "A filter bank for \(binCount) bins was given \(spectrogram.binCount).")
    var values: [Float] = []
    values.reserveCapacity(spectrogram.frameCount * bandCount)
    for frame in 0..<spectrogram.frameCount {
      let bins = spectrogram.values.span.extracting(frame * binCount..<(frame + 1) * binCount)
      for band in 0..<bandCount { values.append(level(ofBand: band, in: bins)) }
    }
    return Spectrogram(
      frameCount: spectrogram.frameCount, binCount: bandCount, values: values)
  }

  /// One band of one frame, ∑ₖ W[m, k] · S[k].
  ///
  /// - Parameters:
  ///   - band: m.
  ///   - bins: the frame's magnitudes or powers, `[F]`.
  func level(ofBand band: Int, in bins: Span<Float>) -> Float {
    var sum: Float = 0
    for bin in support[band] { sum += weights[band * binCount + bin] * bins[bin] }
    return sum
  }
}
