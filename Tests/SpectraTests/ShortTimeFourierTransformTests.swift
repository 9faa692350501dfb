import Foundation
import Spectra
import Testing

@Suite struct ShortTimeFourierTransformTests {
  struct Geometry: CustomTestStringConvertible {
    var fftLength: Int
    var hopLength: Int
    var sampleCount: Int
    var isCentered = true
    var testDescription: String {
      "N \(fftLength), hop \(hopLength), \(sampleCount) samples, centred \(isCentered)"
    }
    var transform: ShortTimeFourierTransform {
      ShortTimeFourierTransform(
        fftLength: fftLength, hopLength: hopLength, isCentered: isCentered)
    }
  }

  static let geometries = [
    Geometry(fftLength: 64, hopLength: 16, sampleCount: 500),
    Geometry(fftLength: 64, hopLength: 32, sampleCount: 512),
    Geometry(fftLength: 128, hopLength: 37, sampleCount: 1_001),
    Geometry(fftLength: 64, hopLength: 16, sampleCount: 500, isCentered: false),
    Geometry(fftLength: 64, hopLength: 16, sampleCount: 1),
    Geometry(fftLength: 64, hopLength: 16, sampleCount: 20, isCentered: false),
    Geometry(fftLength: 16, hopLength: 40, sampleCount: 200),
    Geometry(fftLength: 2, hopLength: 1, sampleCount: 9),
  ]

  @Test("a frame is the transform of the windowed samples about its time")
  func definition() {
    let samples = Signals.noiseSamples(count: 100)
    let transform = ShortTimeFourierTransform(fftLength: 32, hopLength: 10)
    let result = transform.forward(samples)
    #expect(result.frameCount == 11)
    for (frame, bin) in [(0, 0), (0, 5), (3, 16), (10, 7)] {
      var (real, imaginary) = (0.0, 0.0)
      for n in 0..<32 {
        let position = frame * 10 + n - 16
        guard samples.indices.contains(position) else { continue }
        let window = 0.5 - 0.5 * cos(2 * Double.pi * Double(n) / 32)
        let angle = 2 * Double.pi * Double(bin * n) / 32
        real += window * Double(samples[position]) * cos(angle)
        imaginary -= window * Double(samples[position]) * sin(angle)
      }
      // Sums of 32 numbers under 1 in single precision: 32 · 6·10⁻⁸.
      #expect(abs(Double(result.real[frame * 17 + bin]) - real) < 2e-6)
      #expect(abs(Double(result.imaginary[frame * 17 + bin]) - imaginary) < 2e-6)
    }
  }

  @Test("frames are counted as librosa counts them")
  func frameCounts() {
    let centered = ShortTimeFourierTransform(fftLength: 256, hopLength: 100)
    #expect([0, 1, 99, 100, 1_000].map(centered.frameCount) == [1, 1, 1, 2, 11])
    let plain = ShortTimeFourierTransform(fftLength: 256, hopLength: 100, isCentered: false)
    #expect([0, 1, 256, 355, 356, 1_000].map(plain.frameCount) == [1, 1, 1, 1, 2, 8])
  }

  @Test(
    "the adjoint moves a transform from one side of a scalar product to the other",
    arguments: geometries)
  func adjoint(geometry: Geometry) {
    let transform = geometry.transform
    let x = Signals.noiseSamples(count: geometry.sampleCount)
    let forward = transform.forward(x)
    var y = ComplexSpectrogram(
      frameCount: forward.frameCount, binCount: forward.binCount)
    y.real = Signals.noiseSamples(count: y.real.count, seed: 7)
    y.imaginary = Signals.noiseSamples(count: y.real.count, seed: 8)
    let left = dot(forward.real, y.real) + dot(forward.imaginary, y.imaginary)
    let adjoint = transform.adjoint(y, sampleCount: x.count)
    let right = dot(x, adjoint)
    // Rounding of single precision, relative to the lengths of the two vectors.
    let scale = (dot(x, x) * dot(adjoint, adjoint)).squareRoot()
    #expect(abs(left - right) <= 1e-5 * scale)
    #expect(scale > 0)
  }

  @Test("the inverse gives the signal back where windows overlap", arguments: geometries[..<3])
  func inverse(geometry: Geometry) {
    let transform = geometry.transform
    let samples = Signals.noiseSamples(count: geometry.sampleCount)
    let result = transform.inverse(transform.forward(samples), sampleCount: samples.count)
    // Two transforms in single precision, divided by a window sum of at least 1/2.
    #expect(relativeError(result, samples.map { Double($0) }) < 2e-6)
  }

  @Test("the inverse without centring gives all but the samples that no window reaches")
  func inverseAtEdges() {
    let geometry = Self.geometries[3]
    let samples = Signals.noiseSamples(count: geometry.sampleCount)
    let result = geometry.transform.inverse(
      geometry.transform.forward(samples), sampleCount: samples.count)
    // The Hann window starts at zero, and 500 − 64 is not a multiple of the hop: the last frame
    // ends at 496.
    #expect(result[0] == 0)
    #expect(result[496...].allSatisfy { $0 == 0 })
    let inner = 16..<480
    #expect(relativeError(Array(result[inner]), samples[inner].map { Double($0) }) < 2e-6)
  }

  @Test("a sine lands in its bin at its level", arguments: [(0.5, 8), (1.0, 40), (0.01, 100)])
  func sine(amplitude: Double, bin: Int) {
    let transform = ShortTimeFourierTransform(fftLength: 256, hopLength: 64)
    let hz = Double(bin) * 16_000 / 256
    let samples = Signals.sine(hz: hz, sampleRate: 16_000, count: 2_000, amplitude: amplitude)
    let frame = 10
    let magnitudes = transform.magnitude(samples)
    let levels = (0..<magnitudes.binCount).map {
      magnitudes[frame, $0] * transform.amplitudeScale
    }
    #expect(levels.firstIndex(of: levels.max() ?? 0) == bin)
    // A Hann window's spectrum is exactly 1 in the middle and ½ on either side.
    #expect(abs(Double(levels[bin]) - amplitude) < 1e-6)
    #expect(abs(Double(levels[bin + 1]) - amplitude / 2) < 1e-6)
    #expect(abs(Double(levels[bin + 2])) < 1e-6)
  }

  @Test("the magnitude is that of the complex spectrum")
  func magnitude() {
    let samples = Signals.noiseSamples(count: 700)
    let transform = ShortTimeFourierTransform(fftLength: 64, hopLength: 20)
    let expected = transform.forward(samples).magnitude().values.map { Double($0) }
    // Real and imaginary part are rounded to single precision before they are squared.
    #expect(relativeError(transform.magnitude(samples).values, expected) < 1e-7)
  }

  @Test("clip after clip in the same memory gives the same bytes", arguments: geometries)
  func reuse(geometry: Geometry) {
    let transform = geometry.transform
    var workspace = transform.makeWorkspace()
    for seed in 0..<3 as Range<UInt32> {
      let samples = Signals.noiseSamples(count: geometry.sampleCount, seed: seed)
      let expected = transform.magnitude(samples)
      var magnitudes = [Float](repeating: .nan, count: expected.values.count)
      var span = magnitudes.mutableSpan
      transform.magnitude(samples.span, into: &span, using: &workspace)
      #expect(magnitudes == expected.values)
      var spectra = ComplexSpectrogram(
        frameCount: expected.frameCount, binCount: expected.binCount)
      transform.forward(samples.span, into: &spectra, using: &workspace)
      #expect(spectra == transform.forward(samples))
    }
  }

  @Test("the adjoint is added to what is there")
  func addAdjoint() {
    let transform = ShortTimeFourierTransform(fftLength: 64, hopLength: 20)
    let spectra = transform.forward(Signals.noiseSamples(count: 300))
    var samples = Signals.noise(count: 300, seed: 3)
    let expected = zip(samples, transform.adjoint(spectra, sampleCount: 300)).map {
      $0 + Double($1)
    }
    var workspace = transform.makeWorkspace()
    var span = samples.mutableSpan
    transform.addAdjoint(spectra, to: &span, using: &workspace)
    // The other one is rounded to single precision.
    #expect(relativeError(samples, expected) < 1e-7)
  }

  @Test("magnitudes are right from the faintest to the loudest", arguments: [1e-15, 1, 1e15])
  func range(amplitude: Float) {
    let transform = ShortTimeFourierTransform(fftLength: 64, hopLength: 16)
    let samples = Signals.noiseSamples(count: 200)
    let usual = transform.magnitude(samples).values.map { Double($0) * Double(amplitude) }
    let scaled = transform.magnitude(samples.map { $0 * amplitude }).values
    // Both are rounded three times: samples, squares and roots.
    #expect(relativeError(scaled, usual) < 2e-7)
  }

  @Test("windows are what their formulas say")
  func windows() {
    let close = { (a: [Double], b: [Double]) in zip(a, b).allSatisfy { abs($0 - $1) < 1e-15 } }
    #expect(close(SpectralWindow.hann.samples(length: 4), [0, 0.5, 1, 0.5]))
    #expect(close(SpectralWindow.symmetricHann.samples(length: 5), [0, 0.5, 1, 0.5, 0]))
    #expect(SpectralWindow.rectangular.samples(length: 3) == [1, 1, 1])
    for window in SpectralWindow.allCases { #expect(window.samples(length: 1) == [1]) }
  }

  @Test("the length of a frame is the power of two nearest to its duration")
  func fftLengths() {
    let lengths = [8_000, 16_000, 22_050, 44_100, 48_000, 96_000, 1].map {
      ShortTimeFourierTransform.fftLength(seconds: 0.064, sampleRate: $0)
    }
    #expect(lengths == [512, 1_024, 1_024, 2_048, 4_096, 8_192, 16])
  }
}
