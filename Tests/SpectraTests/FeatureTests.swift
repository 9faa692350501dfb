import Foundation
import Spectra
import Testing

@Suite struct FeatureTests {
  // The first two have the lengths that the tool uses unasked; the fourth is shorter than a frame.
  @Test("log-mel features, magnitudes and amplitudes are librosa's", arguments: 0..<5)
  func librosa(index: Int) throws {
    let golden = try Golden.load().logMel[index]
    let usual = LogMelSpectrum(sampleRate: golden.sampleRate)
    if index < 2 { #expect(usual.transform.fftLength == golden.fftLength) }
    let spectrum = LogMelSpectrum(
      sampleRate: golden.sampleRate, fftLength: golden.fftLength, hopLength: golden.hopLength,
      bandCount: golden.bandCount, lowHz: usual.lowHz, highHz: usual.highHz)
    let samples = Signals.golden(sampleRate: golden.sampleRate, count: golden.sampleCount)
    let features = spectrum.features(of: samples)
    #expect(features.frameCount == golden.frameCount && features.binCount == golden.bandCount)
    var largest: Float = 0
    for (frame, expected) in zip(golden.frames, golden.features) {
      for band in expected.indices {
        largest = max(largest, abs(features[frame, band] - expected[band]))
      }
    }
    // Both transform in Double and sum bands in single precision: some 10⁻⁷ of levels down to the
    // floor, under logarithms up to 11.5 (whose own rounding is 5·10⁻⁷).
    #expect(largest < 5e-6)
    // librosa rounds spectra to single precision, 6·10⁻⁸, and for a frame of 1,000 samples, which is no
    // power of two, transforms in it: a few roundings.
    let magnitudes = spectrum.transform.magnitude(samples)
    let own = (0..<magnitudes.binCount).map { magnitudes[min(3, golden.frameCount - 1), $0] }
    #expect(relativeError(own, golden.magnitudes.map { Double($0) }) < 5e-7)
    let amplitudes = AmplitudeSpectrum(fftLength: golden.fftLength, hopLength: golden.hopLength)
      .amplitudes(of: samples)
    let last = (0..<amplitudes.binCount).map { amplitudes[golden.frameCount - 1, $0] }
    #expect(relativeError(last, golden.amplitudes.map { Double($0) }) < 5e-7)
  }

  @Test("a full-scale sine stands 100 dB over silence, and silence at the floor")
  func levels() {
    let spectrum = LogMelSpectrum(sampleRate: 16_000)
    let silence = spectrum.features(of: [Float](repeating: 0, count: 4_096))
    #expect(silence.values.allSatisfy { abs($0 - log(1e-5)) < 1e-5 })
    let sine = spectrum.features(of: Signals.sine(hz: 1_000, sampleRate: 16_000, count: 8_192))
    let loudest = (0..<64).map { sine[16, $0] }.max() ?? 0
    // The main lobe of a Hann window, ½ + 1 + ½, weighted by a triangle: between 1 and 2.
    #expect(loudest > 0 && loudest < log(2))
  }

  @Test("a clip ten times as loud is 20 dB away, itself 0 dB")
  func distance() {
    let spectrum = LogMelSpectrum(sampleRate: 8_000)
    let loud = Signals.noiseSamples(count: 8_000)
    let a = spectrum.features(of: loud)
    let b = spectrum.features(of: loud.map { $0 / 10 })
    // The floor, 10⁻⁵ beside bands of 10⁻³ and more, takes off a few hundredths.
    #expect(abs(LogMelSpectrum.distanceDecibels(a, b) - 20) < 0.1)
    #expect(abs(LogMelSpectrum.distanceDecibels(a.meanFrame(), b.meanFrame()) - 20) < 0.1)
    #expect(LogMelSpectrum.distanceDecibels(a, a) == 0)
    #expect(abs(LogMelSpectrum.distanceDecibels([0, 0], [Float(log(10.0)), 0]) - 14.1421) < 1e-3)
  }

  @Test("a mean gathered clip by clip is the mean of all frames")
  func mean() {
    let clips = [
      Spectrogram(frameCount: 1, binCount: 2, values: [1, 2]),
      Spectrogram(frameCount: 2, binCount: 2, values: [4, 5, 7, 11]),
    ]
    var mean = MeanSpectrum(bandCount: 2)
    #expect(mean.values == [0, 0])
    for clip in clips { mean.add(clip) }
    #expect(mean.values == [4, 6] && mean.frameCount == 3)
    #expect(clips[1].meanFrame() == [5.5, 8])
  }

  @Test("16,384 samples are 128 frames of 128 normalised bins within −1 … 1")
  func normalized() {
    let features = NormalizedLogMagnitude()
    let clips = (0..<4).map { Signals.noiseSamples(count: 16_384, seed: UInt32($0)) }
    let moments = features.moments(of: clips)
    let results = clips.map { features.features(of: $0, moments: moments) }
    #expect(results.allSatisfy { $0.frameCount == 128 && $0.binCount == 128 })
    let values = results.flatMap(\.values)
    #expect(values.allSatisfy { (-1...1).contains($0) })
    let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
    let square = values.reduce(0.0) { $0 + Double($1 * $1) } / Double(values.count)
    // Mean 0 and deviation ⅓ before clipping. The logarithm of a Rayleigh variable has a long lower
    // tail: about 1 % of frames lie more than three deviations down and are cut, which moves the
    // mean up and the deviation down by less than 0.02.
    #expect(abs(mean) < 0.02)
    #expect(abs(square.squareRoot() - 1.0 / 3) < 0.02)
  }

  @Test("moments are the mean and deviation of every frame's logarithm")
  func moments() {
    let features = NormalizedLogMagnitude(fftLength: 16, hopLength: 8)
    let clips = [Signals.noiseSamples(count: 100), Signals.noiseSamples(count: 3, seed: 2)]
    let all = clips.map { features.logMagnitude(of: $0) }
    #expect(all.map(\.frameCount) == [13, 1])
    let moments = features.moments(of: clips)
    for bin in 0..<8 {
      let column = all.flatMap { logs in (0..<logs.frameCount).map { Double(logs[$0, bin]) } }
      let mean = column.reduce(0, +) / 14
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 14
      // Moments are stored in single precision, in which numbers below 16 are rounded by 5·10⁻⁷ at
      // most; the two ways to sum in Double differ by far less.
      #expect(abs(Double(moments.mean[bin]) - mean) < 1e-6)
      #expect(abs(Double(moments.standardDeviation[bin]) - variance.squareRoot()) < 1e-6)
    }
  }

  @Test("silence, and clips of no or one sample, have features")
  func degenerate() {
    let features = NormalizedLogMagnitude()
    let silence = [Float](repeating: 0, count: 1_000)
    let moments = features.moments(of: [silence])
    #expect(features.features(of: silence, moments: moments).values.allSatisfy { $0 == 0 })
    for samples in [[], [0.5]] as [[Float]] {
      #expect(features.logMagnitude(of: samples).frameCount == 1)
      #expect(LogMelSpectrum(sampleRate: 44_100).features(of: samples).frameCount == 1)
    }
    #expect(features.moments(of: []).mean.allSatisfy { $0 == 0 })
  }

  @Test("the centroid of a sine is its frequency", arguments: [500.0, 1_000, 3_000])
  func centroid(hz: Double) throws {
    let samples = Signals.sine(hz: hz, sampleRate: 16_000, count: 16_000)
    // Two frames at each end see the sine start or stop, which spreads it over all bins. Each has its
    // own centroid at most 200 Hz away, and at most 2.3 times the weight of one of all 63 frames:
    // 4 · 2.3 · 200 / 63 Hz.
    let centroid = try #require(SpectralCentroid(sampleRate: 16_000).hz(of: samples))
    #expect(abs(centroid - hz) < 30)
    let faded = samples.enumerated().map {
      $1 * Float(pow(sin(.pi * Double($0) / 16_000), 2))
    }
    let smooth = try #require(SpectralCentroid(sampleRate: 16_000).hz(of: faded))
    // What a Hann window leaks far from a steady sine falls with the cube of the distance; summed over
    // 513 bins it is 0.005 Hz at 500 Hz and less above, and rounding to single precision adds less.
    #expect(abs(smooth - hz) < 0.05)
  }

  @Test("silence has no centroid, and noise has it in the middle")
  func centroidOfNoise() throws {
    let centroid = SpectralCentroid(sampleRate: 16_000)
    #expect(centroid.hz(of: [Float](repeating: 0, count: 500)) == nil)
    #expect(centroid.hz(of: []) == nil)
    // 62 frames of 513 independent bins: the standard error is about 4,000·0.6/√(16·513) = 27 Hz.
    let noise = try #require(centroid.hz(of: Signals.noiseSamples(count: 16_000)))
    #expect(abs(noise - 4_000) < 100)
  }
}
