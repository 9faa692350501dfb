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

  @Test("One vector is the mean, with the least ridge around it")
  func single() {
    let latents: [Float] = [0.5, -1, 2, 0]
    let gaussian = LatentGaussian(fittedTo: latents, size: 4)
    #expect(gaussian.mean == latents.map(Double.init))
    for row in 0..<4 {
      for column in 0..<4 {
        #expect(gaussian.factor[row * 4 + column] == (row == column ? 1e-6.squareRoot() : 0))
      }
    }
  }

  @Test("Fewer vectors than coordinates still make a Gaussian, of their covariance and a ridge")
  func few() {
    let (size, count) = (8, 3)
    let latents = (0..<count * size).map { Float($0 * $0 % 7) }
    let gaussian = LatentGaussian(fittedTo: latents, size: size)
    func number(_ vector: Int, _ z: Int) -> Double { Double(latents[vector * size + z]) }
    func covariance(_ row: Int, _ column: Int) -> Double {
      (0..<count).reduce(0) {
        $0 + (number($1, row) - gaussian.mean[row]) * (number($1, column) - gaussian.mean[column])
      } / Double(count)
    }
    let ridge = 1e-3 * (0..<size).reduce(0) { $0 + covariance($1, $1) } / Double(size)
    let l = gaussian.factor
    for row in 0..<size {
      let mean = (0..<count).reduce(0) { $0 + number($1, row) } / Double(count)
      #expect(abs(gaussian.mean[row] - mean) < 1e-12)
      for column in 0..<size {
        let product = (0..<size).reduce(0) { $0 + l[row * size + $1] * l[column * size + $1] }
        let expected = covariance(row, column) + (row == column ? ridge : 0)
        // Sums of a few numbers under 36 in 64 bits.
        #expect(abs(product - expected) < 1e-12)
        #expect(column <= row || l[row * size + column] == 0)
      }
    }
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
