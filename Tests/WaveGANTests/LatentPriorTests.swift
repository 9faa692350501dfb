import NeuralNet
import TestSupport
import Testing
import WaveGAN

@Suite("The prior that is fitted to learned vectors")
struct LatentPriorTests {
  /// Rows of a factor, `[Z, Z]`, and the mean, of one Gaussian: what unit vectors and 0 become.
  private func parts(
    of prior: LatentPrior, shares: [Float] = []
  ) -> (mean: [Double], factor: [[Double]]) {
    let mean = prior.latent(of: [Float](repeating: 0, count: prior.size), shares: shares)
    let columns = (0..<prior.size).map { unit in
      zip(
        prior.latent(of: (0..<prior.size).map { $0 == unit ? 1 : 0 }, shares: shares), mean
      ).map { Double($0 - $1) }
    }
    return (
      mean.map(Double.init),
      (0..<prior.size).map { row in columns.map { $0[row] } }
    )
  }

  private func covariance(_ factor: [[Double]]) -> [[Double]] {
    factor.map { x in factor.map { y in zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } } }
  }

  @Test("Mean and covariance of its vectors are those of the learned ones")
  func moments() {
    // Mean (1, 2); deviations (±3, ±1), so Σ = [[9, 3], [3, 1]] before the ridge.
    let (mean, factor) = parts(of: LatentPrior(fittedTo: [4, 3, -2, 1], size: 2))
    #expect(mean == [1, 2])
    #expect(factor[0][1] == 0)
    let ridge = 1e-3 * 5
    let sigma = covariance(factor)
    // Numbers below 10 in 32 bits.
    #expect(abs(sigma[0][0] - (9 + ridge)) < 1e-5)
    #expect(abs(sigma[0][1] - 3) < 1e-5)
    #expect(abs(sigma[1][1] - (1 + ridge)) < 1e-5)
  }

  @Test("Many draws have its mean and covariance")
  func draws() {
    let prior = LatentPrior(fittedTo: [4, 3, -2, 1], size: 2)
    var stream = RandomStream(seed: 3, purpose: .rendering)
    let count = 20_000
    let draws = (0..<count).map { _ in
      prior.latent(of: [stream.nextNormal(), stream.nextNormal()], shares: []).map(Double.init)
    }
    let mean = (0..<2).map { z in draws.reduce(0) { $0 + $1[z] } / Double(count) }
    let product = draws.reduce(0) { $0 + ($1[0] - mean[0]) * ($1[1] - mean[1]) } / Double(count)
    // Four standard errors: 4·3/√20,000 for the first mean, 4·√2·3·1/√20,000 for the product.
    #expect(abs(mean[0] - 1) < 0.085 && abs(mean[1] - 2) < 0.029)
    #expect(abs(product - 3) < 0.12)
  }

  @Test("One vector is the mean, with the least ridge around it")
  func single() {
    let latents: [Float] = [0.5, -1, 2, 0]
    let (mean, factor) = parts(of: LatentPrior(fittedTo: latents, size: 4))
    #expect(mean == latents.map(Double.init))
    for row in 0..<4 {
      for column in 0..<4 {
        // What is left of 10⁻³ beside a mean of 2, in 32 bits.
        #expect(abs(factor[row][column] - (row == column ? 1e-3 : 0)) < 2e-7)
      }
    }
  }

  @Test(
    "Each label has the mean of its own vectors, and a covariance between its own and all labels'")
  func shrinkage() {
    // Label 0: mean (1, 2), S = [[9, 3], [3, 1]], two vectors. Label 1: mean (−10, 0),
    // S = [[0, 0], [0, 4]], four vectors. Shared: (2·S₀ + 4·S₁)/6 = [[3, 1], [1, 3]].
    let latents: [Float] = [4, 3, -2, 1, -10, 2, -10, -2, -10, 2, -10, -2]
    let prior = LatentPrior(
      fittedTo: latents, labels: [0, 0, 1, 1, 1, 1], componentCount: 2, size: 2)
    let first = parts(of: prior, shares: [1, 0])
    let second = parts(of: prior, shares: [0, 1])
    #expect(first.mean == [1, 2] && second.mean == [-10, 0])
    // s = Z/(n + Z): 2/4 and 2/6. Ridges: a thousandth of the mean variances 4 and 8/3.
    let sigmas = [covariance(first.factor), covariance(second.factor)]
    let expected: [[[Double]]] = [
      [[6 + 4e-3, 2], [2, 2 + 4e-3]],
      [[1 + 7 / 3e3, 1.0 / 3], [1.0 / 3, 11.0 / 3 + 7 / 3e3]],
    ]
    for (sigma, wanted) in zip(sigmas, expected) {
      for row in 0..<2 {
        // Differences of numbers up to 13 in 32 bits, squared with factors below 3.
        for column in 0..<2 { #expect(abs(sigma[row][column] - wanted[row][column]) < 1e-5) }
      }
    }
  }

  @Test("Between two labels it is between their vectors")
  func mixing() {
    let prior = LatentPrior(
      fittedTo: [4, 3, -2, 1, -10, 2, -10, -2], labels: [0, 0, 1, 1], componentCount: 2, size: 2)
    let noise: [Float] = [0.7, -1.1]
    let ends = [[1, 0], [0, 1]].map { prior.latent(of: noise, shares: $0) }
    let quarter = prior.latent(of: noise, shares: [0.75, 0.25])
    for (z, (x, y)) in zip(quarter, zip(ends[0], ends[1])) {
      // Rounding to 24 bits of numbers below 16.
      #expect(abs(z - (0.75 * x + 0.25 * y)) < 3e-6)
    }
  }

  @Test("Every vector stands for the numbers that make it, under each label's Gaussian")
  func inverse() {
    // L·Lᵀ = [[9 + r, 3], [3, 1 + r]] around (1, 2), with the ridge r = 5·10⁻³.
    let single = LatentPrior(fittedTo: [4, 3, -2, 1], size: 2)
    let first = 3 / 9.005.squareRoot()
    let second = (1 - first * first) / (1.005 - first * first).squareRoot()
    let noise = single.noise(of: [4, 3])
    // The second is a difference of numbers near 1, of 32 bits, over a factor of 0.07.
    #expect(abs(Double(noise[0]) - first) < 1e-6 && abs(Double(noise[1]) - second) < 5e-6)

    let prior = LatentPrior(
      fittedTo: [4, 3, -2, 1, -10, 2, -10, -2], labels: [0, 0, 1, 1], componentCount: 2, size: 2)
    for (label, shares) in [[1, 0], [0, 1]].enumerated() {
      let noise: [Float] = [0.7, -1.1]
      let latent = prior.latent(of: noise, shares: shares.map { Float($0) })
      // Vectors up to 13 in 32 bits, over factors of 1 and more.
      for (x, y) in zip(prior.noise(of: latent, component: label), noise) {
        #expect(abs(x - y) < 4e-6)
      }
    }
  }

  /// Vectors of two kinds: about (10, 0) and about (−10, 0), no two of them equal.
  private static let kinds: [Float] = [10, 1, 10.5, -1, 9.5, 0, -10, 1, -10.5, -1, -9.5, 0]

  @Test("With a bandwidth, draws are of one kind or the other, and keep mean and covariance")
  func bandwidth() {
    func draws(_ bandwidth: Double) -> [[Double]] {
      let prior = LatentPrior(fittedTo: Self.kinds, size: 2, bandwidth: bandwidth)
      var stream = RandomStream(seed: 3, purpose: .rendering)
      return (0..<20_000).map { _ in
        let normal = [stream.nextNormal(), stream.nextNormal()]
        return prior.latent(of: prior.noise(around: 0, normal, from: &stream), shares: [])
          .map(Double.init)
      }
    }
    /// The part of draws between the kinds.
    func between(_ draws: [[Double]]) -> Double {
      Double(draws.count { abs($0[0]) < 5 }) / Double(draws.count)
    }
    let (near, far) = (draws(0.2), draws(1))
    // ±√(1 − h²)·10 with a deviation of about 2: 5 is 2.4 deviations away.
    #expect(between(near) < 0.02)
    // Of a normal distribution with a deviation of 10, 38 % are nearer than 5.
    #expect(abs(between(far) - 0.383) < 0.02)
    for draws in [near, far] {
      let mean = draws.reduce(0) { $0 + $1[0] } / Double(draws.count)
      let variance = draws.reduce(0) { $0 + $1[0] * $1[0] } / Double(draws.count)
      // Σ is 100.17 and a ridge of 0.05; four standard errors of the mean and, of a Gaussian, of Σ.
      #expect(abs(mean) < 0.29 && abs(variance - 100.2) < 4.1)
    }
  }

  @Test("A draw of a label lies around that label's vectors")
  func bandwidthOfLabels() {
    let prior = LatentPrior(
      fittedTo: Self.kinds, labels: [0, 0, 0, 1, 1, 1], componentCount: 2, size: 2,
      bandwidth: 0.1)
    var stream = RandomStream(seed: 3, purpose: .rendering)
    for (label, shares) in [[1, 0], [0, 1]].enumerated() {
      for _ in 0..<100 {
        let noise = prior.noise(around: label, [0, 0], from: &stream)
        let latent = prior.latent(of: noise, shares: shares.map { Float($0) })
        // Nearer to the mean (±10, 0) by √0.99.
        #expect(
          (3 * label..<3 * label + 3).contains { vector in
            (0..<2).allSatisfy { abs(Self.kinds[2 * vector + $0] - latent[$0]) < 0.01 }
          })
      }
    }
  }

  @Test("A Gaussian's draws are the numbers as they are, and need no choice")
  func gaussian() {
    let prior = LatentPrior(fittedTo: Self.kinds, size: 2)
    var stream = RandomStream(seed: 3, purpose: .rendering)
    #expect(prior.noise(around: 0, [0.5, 2], from: &stream) == [0.5, 2])
    var other = RandomStream(seed: 3, purpose: .rendering)
    #expect(stream.nextNormal() == other.nextNormal())
  }
}
