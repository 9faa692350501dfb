import NeuralNet
import TestSupport
import Testing
import WaveGAN

@Suite("The Gaussian that is fitted to learned vectors")
struct LatentGaussianTests {
  @Test("Its mean and covariance are those of the vectors")
  func moments() {
    // Mean (1, 2); deviations (±3, ±1), so Σ = [[9, 3], [3, 1]] before the ridge.
    let gaussian = LatentGaussian(fittedTo: [4, 3, -2, 1], size: 2)
    #expect(gaussian.mean == [1, 2])
    let l = gaussian.factor
    #expect(l[1] == 0)
    let ridge = 1e-3 * 5
    // Sums of a few numbers in 64 bits.
    #expect(abs(l[0] * l[0] - (9 + ridge)) < 1e-12)
    #expect(abs(l[0] * l[2] - 3) < 1e-12)
    #expect(abs(l[2] * l[2] + l[3] * l[3] - (1 + ridge)) < 1e-12)
  }

  @Test("One vector, or fewer than coordinates, still make a Gaussian", arguments: [1, 3])
  func few(count: Int) {
    let latents = (0..<count * 8).map { Float($0 * $0 % 7) }
    let gaussian = LatentGaussian(fittedTo: latents, size: 8)
    #expect(gaussian.factor.allSatisfy { $0.isFinite })
    #expect((0..<8).allSatisfy { gaussian.factor[$0 * 8 + $0] > 0 })
  }

  @Test("A generator into which it is folded makes of z what it made of L·z + μ")
  func folding() {
    let settings = TrainingSettings(
      data: DataSettings(sampleRate: 16_000, windowLength: 4_096),
      model: ModelSettings(dim: 2, latentSize: 3, latentDistribution: .gaussian),
      objective: ObjectiveSettings(batchSize: 2), seed: 5)
    let generator = Adversaries(settings: settings, team: ThreadTeam(threadCount: 1)).generator
    let gaussian = LatentGaussian(
      fittedTo: [0.3, 1, -2, 0.5, 0, 1, 2, 0.1, -0.4, 1, 1, 0.9], size: 3)
    let z: [Float] = [0.7, -1.2, 0.4, -0.1, 2, 0.6]
    var moved: [Float] = []
    for start in [0, 3] {
      for row in 0..<3 {
        var sum = gaussian.mean[row]
        for column in 0..<3 { sum += gaussian.factor[row * 3 + column] * Double(z[start + column]) }
        moved.append(Float(sum))
      }
    }
    generator.forward(moved, usesBatchStatistics: false)
    let expected = generator.output.array
    gaussian.fold(into: generator)
    generator.forward(z, usesBatchStatistics: false)
    // Rounding of the folded weights to 32 bits, through five layers.
    #expect(relativeError(generator.output.values, expected) < 1e-5)
  }
}
