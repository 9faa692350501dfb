import Foundation
import NeuralNet
import TestSupport
import Testing
import WaveGAN

@Suite("Spectra of clips above 32 kHz")
struct SpectralBandTests {
  private let team = ThreadTeam(threadCount: 2)

  /// Levels of a mono clip of 4,096 samples in frames of 1,024, `[16, J]`.
  private func levels(of clip: [Float], frameScale: Int) -> [[Float]] {
    let count = SpectralBands(fftLength: 1_024, frameScale: frameScale).count
    let spectrum = LogSpectrum(fftLength: 1_024, sampleCount: 4_096, frameScale: frameScale)
    let clips = Tensor(1, 4_096, 1)
    clips.assign(clip)
    let levels = Tensor(1, 16, count)
    spectrum.forward(clips, into: levels, team: team)
    return (0..<16).map { Array(levels.array[$0 * count..<($0 + 1) * count]) }
  }

  private func noise(seed: UInt64, _ count: Int) -> [Float] {
    var generator = SplitMix64(state: seed)
    return (0..<count).map { _ in Float.random(in: -0.5...0.5, using: &generator) }
  }

  @Test(
    "A frame has as many samples as at 16 kHz, twice as many from 32 kHz and four times from 64 kHz",
    arguments: [
      (1_000, 1), (16_000, 1), (31_999, 1), (32_000, 2), (44_100, 2), (48_000, 2), (63_999, 2),
      (64_000, 4), (96_000, 4), (192_000, 8),
    ])
  func scale(rate: Int, scale: Int) {
    #expect(DataSettings(sampleRate: rate, windowLength: 4_096).frameScale == scale)
  }

  @Test("Half as many bands as bins at twice the length, and all bins below 32 kHz")
  func counts() {
    let counts = [1, 2, 4, 8].map { SpectralBands(fftLength: 1_024, frameScale: $0).count }
    // 512; 128 + 2 · 64; 64 + 3 · 32; 32 + 4 · 16.
    #expect(counts == [512, 256, 160, 96])
  }

  @Test("Discriminators of twice the window have no more parameters than at 16 kHz")
  func parameters() {
    func counts(_ rate: Int, _ window: Int) -> ParameterCounts {
      ParameterCounts(
        of: TrainingSettings(
          data: DataSettings(sampleRate: rate, windowLength: window),
          model: ModelSettings(dim: 16, generator: .istft, discriminators: .stft),
          objective: ObjectiveSettings(batchSize: 2), seed: 0))
    }
    for (low, high) in [(8_192, 16_384), (16_384, 32_768), (32_768, 65_536)] {
      #expect(counts(44_100, high).discriminator == counts(16_000, low).discriminator)
    }
  }

  /// The levels of whole bins are those of a scale of 1, so theirs are what bands are made from.
  @Test("A band's level is that of the root mean square of its bins", arguments: [2, 4])
  func levels(frameScale: Int) {
    let clip = noise(seed: 3, 4_096)
    let (bins, bands) = (
      levels(of: clip, frameScale: 1), levels(of: clip, frameScale: frameScale)
    )
    // φ = ln(ε + amplitude) / b + 1 with ε = 10⁻³ and b = −½·ln ε.
    let b = -log(1e-3) / 2
    for (bins, bands) in zip(bins, bands) {
      let amplitudes = bins.map { exp(b * (Double($0) - 1)) - 1e-3 }
      var (expected, bin, width, end) = ([Double](), 0, 1, 512 / (2 * frameScale))
      while bin < 512 {
        let squares = amplitudes[bin..<bin + width].map { $0 * $0 }
        let amplitude = (squares.reduce(0, +) / Double(width)).squareRoot()
        expected.append(log(1e-3 + amplitude) / b + 1)
        bin += width
        if bin == end { (width, end) = (2 * width, 2 * end) }
      }
      // Levels are rounded to 32 bits, and amplitudes near ε are what is left of a difference.
      #expect(expected.count == bands.count)
      #expect(zip(expected, bands).allSatisfy { abs($0 - Double($1)) < 1e-5 })
    }
  }

  @Test("The gradient, of single bins or of bands, is that of differences", arguments: [1, 2, 4])
  func gradient(frameScale: Int) {
    let bandCount = SpectralBands(fftLength: 512, frameScale: frameScale).count
    let spectrum = LogSpectrum(fftLength: 512, sampleCount: 4_096, frameScale: frameScale)
    let x = Tensor(1, 4_096, 2)
    x.assign(noise(seed: 9, x.count))
    let direction = Tensor(1, 32, 2 * bandCount)
    direction.assign(noise(seed: 10, direction.count))
    let gradient = Tensor(1, 4_096, 2)
    spectrum.addAdjoint(direction, at: x, to: gradient, team: team)
    let levels = Tensor(1, 32, 2 * bandCount)
    func product() -> Double {
      spectrum.forward(x, into: levels, team: team)
      return zip(levels.values, direction.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let size = gradient.norm(team: team) / Double(gradient.count).squareRoot()
    // h balances what differences leave out against the 32 bits that levels are kept in: one part in
    // a hundred of a gradient's usual size.
    let h: Float = 1e-2
    for place in [0, 1, 2_001, 5_000, 8_191] {
      let start = x[place]
      x[place] = start + h
      let above = product()
      x[place] = start - h
      let difference = (above - product()) / Double(2 * h)
      x[place] = start
      #expect(abs(difference - Double(gradient[place])) < 1e-2 * size, "sample \(place)")
    }
  }

  @Test("Silence has the lowest level in every band, and no gradient")
  func silence() {
    let silent = levels(of: [Float](repeating: 0, count: 4_096), frameScale: 2)
    // ln ε / b + 1 = −1, to the last bits of 32.
    #expect(silent.allSatisfy { $0.allSatisfy { abs($0 + 1) < 1e-6 } })
    let spectrum = LogSpectrum(fftLength: 1_024, sampleCount: 4_096, frameScale: 2)
    let direction = Tensor(1, 16, 256)
    direction.assign(noise(seed: 4, direction.count))
    let gradient = Tensor(1, 4_096, 1)
    spectrum.addAdjoint(direction, at: Tensor(1, 4_096, 1), to: gradient, team: team)
    #expect(gradient.array.allSatisfy { $0 == 0 })
  }
}
