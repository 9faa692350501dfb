/// The frequency bands in which a discriminator of spectra hears a clip.
///
/// Up to 32 kHz each of the N/2 bins of a frame is a band. With frames that are s times as long in
/// samples (``DataSettings/frameScale``), the bins below a 2s-th of half the sample rate are bands; in
/// each octave above, a band has twice as many bins as in the octave before:
///
/// | at 44.1 kHz | bins in a band | in frames of 1,024 | of 4,096 |
/// | --- | --- | --- | --- |
/// | below 5.5 kHz | 1 | 43 Hz | 11 Hz |
/// | 5.5 to 11 kHz | 2 | 86 Hz | 22 Hz |
/// | above 11 kHz | 4 | 172 Hz | 43 Hz |
///
/// With s = 2 there are half as many bands as bins: as many as at 16 kHz, so that a discriminator has as
/// many parameters as there. A band of the ear is 620 Hz wide at 5.5 kHz, and wider above
/// (Glasberg & Moore 1990, equation 3: 24.7 · (4.37 · f/kHz + 1) Hz).
package struct SpectralBands: Hashable, Sendable {
  /// Neighbouring bands that have the same number of bins.
  struct Run: Hashable, Sendable {
    /// Bins in each band, w.
    var width: Int
    /// The first band's first bin.
    var firstBin: Int
    /// The first band, counted over all.
    var firstBand: Int
    /// Bands in the run.
    var count: Int
  }

  /// From the lowest band to the highest; they have every bin once.
  let runs: [Run]

  /// Bands, J.
  package var count: Int { runs.reduce(0) { $0 + $1.count } }

  /// Divides the lower N/2 bins of frames of `fftLength` samples.
  ///
  /// - Parameters:
  ///   - fftLength: N, a power of two.
  ///   - frameScale: s, a power of two.
  /// - Precondition: N/2 is a multiple of 4s, or s is 1; checked in every build.
  package init(fftLength: Int, frameScale: Int = 1) {
    let binCount = fftLength / 2
    precondition(
      frameScale == 1 || binCount.isMultiple(of: 4 * frameScale),
      "frames of \(fftLength) samples are too short for a scale of \(frameScale)")
    let aloneCount = frameScale == 1 ? binCount : binCount / (2 * frameScale)
    var runs = [Run(width: 1, firstBin: 0, firstBand: 0, count: aloneCount)]
    var (bin, band, width) = (aloneCount, aloneCount, 2)
    while bin < binCount {
      runs.append(Run(width: width, firstBin: bin, firstBand: band, count: bin / width))
      band += bin / width
      (bin, width) = (2 * bin, 2 * width)
    }
    self.runs = runs
  }
}
