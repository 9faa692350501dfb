import AudioFiles
import Foundation
import NeuralNet
import TestSupport
import Testing
import WaveGAN

@Suite("The spectral loss of a warm-up")
struct ReconstructionLossTests {
  private let team = ThreadTeam(threadCount: 2)

  @Test("Loss and gradient are PyTorch's, on two stereo clips")
  func golden() throws {
    let golden = try Golden("reconstruction")
    let gradient = Tensor(2, 1_500, 2)
    let loss = ReconstructionLoss().measure(
      golden.tensor("generated"), against: golden.tensor("recorded"), gradient: gradient,
      team: team)
    // Spectra are rounded to 32 bits: 10⁻⁷ of each number, and a few times that after sums.
    #expect(relativeError([Float(loss)], golden["loss"]) < 1e-6)
    #expect(relativeError(gradient.values, golden["gradient"]) < 1e-5)
  }

  /// The loss straight from its formula, in 64 bits: each bin a sum over its frame.
  private static func loss(
    _ generated: [Double], _ recorded: [Double], frameScale: Int
  ) -> Double {
    func levels(_ x: [Double], _ length: Int) -> [Double] {
      let window = (0..<length).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(length)) }
      let scale = 2 / window.reduce(0, +)
      return (0...x.count / (length / 4)).flatMap { frame in
        (0...length / 2).map { bin in
          var (real, imaginary) = (0.0, 0.0)
          for n in 0..<length {
            let place = frame * length / 4 + n - length / 2
            guard x.indices.contains(place) else { continue }
            let angle = -2 * Double.pi * Double(bin * n % length) / Double(length)
            real += window[n] * x[place] * cos(angle)
            imaginary += window[n] * x[place] * sin(angle)
          }
          return ReconstructionLoss.floor + scale
            * (real * real + imaginary * imaginary).squareRoot()
        }
      }
    }
    let terms = ReconstructionLoss.fftLengths.map { frameScale * $0 }.map { length in
      let (y, x) = (levels(generated, length), levels(recorded, length))
      let distance = zip(y, x).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      let size = x.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return distance / size
        + zip(y, x).reduce(0) { $0 + abs(log($1.0 / $1.1)) } / Double(x.count)
    }
    return terms.reduce(0, +) / Double(terms.count)
  }

  @Test(
    "The gradient is that of central differences, for frames twice as long too", arguments: [1, 2])
  func differences(frameScale: Int) {
    let recorded = MadeClips.noiseBurst(seed: 1, seconds: 0.02, sampleRate: 16_000).samples
    let generated = MadeClips.noiseBurst(seed: 2, seconds: 0.02, sampleRate: 16_000).samples
    let (loss, gradient) = ReconstructionLoss(frameScale: frameScale)
      .measure(generated, against: recorded)
    func exact(_ y: [Double], _ x: [Double]) -> Double {
      Self.loss(y, x, frameScale: frameScale)
    }
    let (y, x) = (generated.map(Double.init), recorded.map(Double.init))
    // Spectra are rounded to 32 bits, 10⁻⁷ of what is loud: 10⁻⁴ in the logarithm of a level near
    // ε = 10⁻³, but of either sign, and few are so faint.
    #expect(abs(loss - exact(y, x)) < 1e-5)
    let size = (gradient.reduce(0) { $0 + Double($1) * Double($1) } / Double(gradient.count))
      .squareRoot()
    for place in [0, 7, 100, 200, 319] {
      // Short enough that no level passes its goal, where the loss has a kink.
      let h = 1e-6
      var (above, below) = (y, y)
      above[place] += h
      below[place] -= h
      let difference = (exact(above, x) - exact(below, x)) / (2 * h)
      // The difference is off by 10⁻¹⁰ from rounding over 2h and by (h/ε)² = 10⁻⁶ of its size; the
      // gradient by the rounding of spectra to 32 bits: 10⁻⁴ of its part from a faint bin, whose
      // slope is the steepest. Several of them make less than ten times that.
      #expect(abs(Double(gradient[place]) - difference) < 1e-3 * size, "\(place)")
    }
  }

  @Test("Neither the number of threads nor what was measured before changes a byte")
  func reuse() {
    func batch(_ length: Int, seed: UInt64) -> Tensor {
      let tensor = Tensor(5, length, 2)
      let samples = MadeClips.noiseBurst(
        seed: seed, seconds: Double(tensor.count) / 16_000, sampleRate: 16_000
      ).samples
      for n in 0..<tensor.count { tensor.pointer[n] = samples[n] }
      return tensor
    }
    let kept = ReconstructionLoss()
    for (length, seed) in [(700, 1), (700, 3), (301, 5), (900, 7)] as [(Int, UInt64)] {
      let (y, x) = (batch(length, seed: seed), batch(length, seed: seed + 1))
      let (gradient, expected) = (Tensor(5, length, 2), Tensor(5, length, 2))
      let loss = kept.measure(y, against: x, gradient: gradient, team: team)
      let alone = ReconstructionLoss().measure(
        y, against: x, gradient: expected, team: ThreadTeam(threadCount: 1))
      #expect(loss == alone && loss > 0)
      #expect(gradient.values.elementsEqual(expected.values))
    }
  }

  @Test("A perfect copy has loss 0 and nothing to gain; silence gives finite numbers")
  func extremes() {
    let clip = MadeClips.sine(frequencyHz: 440, seconds: 0.05, sampleRate: 16_000).samples
    let copy = ReconstructionLoss().measure(clip, against: clip)
    #expect(copy.loss == 0)
    #expect(copy.gradient.allSatisfy { $0 == 0 })
    let silence = [Float](repeating: 0, count: clip.count)
    for (a, b) in [(silence, clip), (clip, silence), (silence, silence)] {
      let measured = ReconstructionLoss().measure(a, against: b)
      #expect(measured.loss.isFinite && measured.gradient.allSatisfy { $0.isFinite })
    }
    // Levels fall to the floor: the first term is just under 1, and the second adds to it.
    #expect(ReconstructionLoss().measure(silence, against: clip).loss > 1)
  }
}
