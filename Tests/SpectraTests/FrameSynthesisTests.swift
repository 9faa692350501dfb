import Foundation
import Spectra
import Testing

@Suite("Signals made of the spectra of their frames")
struct FrameSynthesisTests {
  /// Half overlap, three quarters, a length that the hop does not divide, and a single frame.
  static let geometries = [(64, 32, 7), (64, 16, 9), (40, 12, 5), (64, 16, 1)]

  private func make(_ geometry: (Int, Int, Int)) -> FrameSynthesis {
    FrameSynthesis(fftLength: geometry.0, hopLength: geometry.1, frameCount: geometry.2)
  }

  private func samples(_ synthesis: FrameSynthesis, _ spectra: [Double]) -> [Double] {
    var workspace = synthesis.makeWorkspace()
    // What was there before does not matter.
    var samples = [Double](repeating: 3, count: synthesis.sampleCount)
    let width = 2 * synthesis.binCount
    synthesis.synthesize(into: &samples, using: &workspace) { frame, spectrum in
      for i in 0..<width { spectrum[i] = spectra[frame * width + i] }
    }
    return samples
  }

  @Test("Each sample is the weighted mean of the frames that reach it", arguments: geometries)
  func definition(geometry: (Int, Int, Int)) {
    let synthesis = make(geometry)
    let (length, hop, width) = (geometry.0, geometry.1, geometry.0 + 2)
    let spectra = Signals.noise(count: synthesis.frameCount * width)
    let samples = samples(synthesis, spectra)
    #expect(samples.count == hop * synthesis.frameCount)
    for n in [0, 1, hop - 1, samples.count / 2, samples.count - 1] {
      var (sum, energy) = (0.0, 0.0)
      for frame in 0..<synthesis.frameCount {
        let m = n - hop * frame + (length - hop) / 2
        guard (0..<length).contains(m) else { continue }
        let window = 0.5 - 0.5 * cos(2 * .pi * Double(m) / Double(length))
        var value = 0.0
        for k in 0...length / 2 {
          let angle = 2 * .pi * Double(k * m) / Double(length)
          let (re, im) = (spectra[frame * width + 2 * k], spectra[frame * width + 2 * k + 1])
          let isEdge = k == 0 || 2 * k == length
          value += isEdge ? re * cos(angle) : 2 * (re * cos(angle) - im * sin(angle))
        }
        sum += window * value / Double(length)
        energy += window * window
      }
      // 64-bit sums of a hundred numbers near 1.
      #expect(abs(samples[n] - sum / energy) < 1e-12)
    }
  }

  @Test(
    "The adjoint moves it from one side of a scalar product to the other", arguments: geometries)
  func adjoint(geometry: (Int, Int, Int)) {
    let synthesis = make(geometry)
    let width = 2 * synthesis.binCount
    let spectra = Signals.noise(count: synthesis.frameCount * width)
    let direction = Signals.noiseSamples(count: synthesis.sampleCount, seed: 5)
    let left = zip(samples(synthesis, spectra), direction).reduce(0) { $0 + $1.0 * Double($1.1) }
    var workspace = synthesis.makeWorkspace()
    var gradient = direction
    var (right, size) = (0.0, 0.0)
    synthesis.adjoint(&gradient, using: &workspace) { frame, spectrum in
      for i in 0..<width {
        right += spectra[frame * width + i] * spectrum[i]
        size += abs(spectra[frame * width + i] * spectrum[i])
      }
    }
    // The direction is weighted in 32 bits.
    #expect(abs(left - right) < 1e-6 * size)
    #expect(size > 0)
  }
}
