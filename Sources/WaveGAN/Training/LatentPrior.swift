package import NeuralNet

/// Where the vectors lie that a warm-up has learned: a Gaussian for all of them or, with labels, one
/// for those of each label. It makes a vector like them of numbers from N(0, 1):
///
///     z = Σₖ shareₖ · (μₖ + Lₖ·n),   Lₖ·Lₖᵀ = Σₖ
///
/// A clip has one label, whose share is 1. The Gaussian of label k, with nₖ vectors, has their mean, and
/// their covariance Sₖ as far as they are many enough to tell it, else that of all labels, each around
/// its own mean:
///
///     Σₖ = (1 − s)·Sₖ + s·Σⱼ nⱼ·Sⱼ / N + r·1,   s = Z / (nₖ + Z)
///
/// Sounds without labels may be of many kinds, and a Gaussian of them all has most of its mass between
/// kinds, where there are none. So the numbers of a draw need not be from N(0, 1) themselves, but lie
/// around those of one vector that the Gaussian was fitted to, chosen at random:
///
///     n = √(1 − h²) · Lₖ⁻¹·(zᵢ − μₖ) + h · N(0, 1)
///
/// with the bandwidth h: a kernel density estimate that keeps mean and covariance (Silverman 1986,
/// section 6.4.1). With h = 1 it is the Gaussian.
///
/// The ridge r, a thousandth of the mean variance and 10⁻⁶ at least, makes Σₖ positive where there are
/// fewer vectors than coordinates, or all are equal.
package final class LatentPrior {
  /// `mean`, μ, `[K, Z]`; and `factor`, L, lower triangular, `[K, Z, Z]`.
  package let arena: ParameterArena

  /// Gaussians, K: as many as labels, or one.
  package let componentCount: Int

  /// Numbers in a vector, Z.
  package let size: Int

  /// h.
  private let bandwidth: Float
  /// Lₖ⁻¹·(zᵢ − μₖ), `[K][nₖ][Z]`; nothing where the bandwidth is 1.
  private var centers: [[[Float]]] = []

  private let mean: Parameter
  private let factor: Parameter

  /// Makes room for a prior; all its numbers are zero.
  package init(componentCount: Int, size: Int, bandwidth: Double = 1) {
    self.bandwidth = Float(bandwidth)
    self.componentCount = componentCount
    self.size = size
    arena = ParameterArena([
      .init("mean", [componentCount, size], .constant(0)),
      .init("factor", [componentCount, size, size], .constant(0)),
    ])
    mean = arena.parameter("mean")
    factor = arena.parameter("factor")
  }

  /// Fits the Gaussians.
  ///
  /// - Parameters:
  ///   - latents: the vectors, `[N, Z]`, one after another.
  ///   - labels: which Gaussian each belongs to, `[N]`; nil: there is one.
  ///   - componentCount: Gaussians, K.
  ///   - size: numbers in a vector, Z.
  ///   - bandwidth: h, of draws.
  /// - Precondition: each Gaussian has a vector; checked in every build.
  package convenience init(
    fittedTo latents: [Float], labels: [Int]? = nil, componentCount: Int = 1, size: Int,
    bandwidth: Double = 1
  ) {
    let labels = labels ?? [Int](repeating: 0, count: latents.count / size)
    precondition(
      latents.count == labels.count * size && Set(labels) == Set(0..<componentCount),
      "\(latents.count) numbers are not vectors of \(size) for each of \(componentCount) labels")
    self.init(componentCount: componentCount, size: size, bandwidth: bandwidth)
    let moments = (0..<componentCount).map { label in
      LatentMoments(
        of: labels.indices.filter { labels[$0] == label }
          .map { latents[$0 * size..<($0 + 1) * size] })
    }
    let shared = LatentMoments.sharedCovariance(of: moments)
    mean.set(arena.values, fromFileOrder: moments.flatMap { $0.mean.map { Float($0) } })
    factor.set(
      arena.values,
      fromFileOrder: moments.flatMap { $0.factor(shrunkTowards: shared).map { Float($0) } })
    center(on: latents, labels: labels)
  }

  /// Has draws lie around some vectors; does nothing with a bandwidth of 1.
  ///
  /// - Parameters:
  ///   - latents: the vectors that the Gaussians were fitted to, `[N, Z]`.
  ///   - labels: which Gaussian each belongs to, `[N]`.
  func center(on latents: [Float], labels: [Int]) {
    guard bandwidth < 1 else { return }
    centers = [[[Float]]](repeating: [], count: componentCount)
    for (place, label) in labels.enumerated() {
      let latent = Array(latents[place * size..<(place + 1) * size])
      centers[label].append(noise(of: latent, component: label))
    }
  }

  /// The numbers of a draw, of which ``latent(of:shares:)`` makes a vector.
  ///
  /// - Parameters:
  ///   - normal: numbers from N(0, 1), `[Z]`.
  ///   - component: around vectors of which Gaussian.
  ///   - stream: chooses the vector.
  /// - Returns: n, `[Z]`.
  package func noise(
    around component: Int, _ normal: [Float], from stream: inout RandomStream
  ) -> [Float] {
    guard bandwidth < 1, !centers.isEmpty else { return normal }
    let center = centers[component][stream.nextInteger(below: centers[component].count)]
    let weight = (1 - bandwidth * bandwidth).squareRoot()
    return zip(center, normal).map { weight * $0 + bandwidth * $1 }
  }

  /// The vector that some numbers stand for.
  ///
  /// - Parameters:
  ///   - noise: n, `[Z]`.
  ///   - shares: of each Gaussian, `[K]`; empty where there is one.
  /// - Returns: z, `[Z]`.
  package func latent(of noise: [Float], shares: [Float]) -> [Float] {
    let shares = shares.isEmpty ? [1] : shares
    precondition(
      noise.count == size && shares.count == componentCount,
      "\(noise.count) numbers of \(shares.count) labels are not \(size) of \(componentCount)")
    var latent = [Double](repeating: 0, count: size)
    for (component, share) in shares.enumerated() where share != 0 {
      for row in 0..<size {
        var sum = Double(arena.values[place(component, row)])
        for column in 0...row {
          sum += Double(arena.values[place(component, row, column)]) * Double(noise[column])
        }
        latent[row] += Double(share) * sum
      }
    }
    return latent.map { Float($0) }
  }

  /// The numbers that stand for a vector, under one Gaussian: what makes ``latent(of:shares:)`` return
  /// it.
  ///
  ///     n = L⁻¹·(z − μ)
  ///
  /// - Parameters:
  ///   - latent: z, `[Z]`.
  ///   - component: which Gaussian.
  /// - Returns: n, `[Z]`; no numbers where L has a zero on its diagonal, which no fitted one has.
  ///
  /// Source: forward substitution, Golub & Van Loan 2013, algorithm 3.1.1.
  package func noise(of latent: [Float], component: Int = 0) -> [Float] {
    precondition(
      latent.count == size && component < componentCount,
      "\(latent.count) numbers of \(component) are not \(size) of one of \(componentCount)")
    var noise: [Double] = []
    for row in 0..<size {
      var rest = Double(latent[row]) - Double(arena.values[place(component, row)])
      for column in 0..<row {
        rest -= Double(arena.values[place(component, row, column)]) * noise[column]
      }
      noise.append(rest / Double(arena.values[place(component, row, row)]))
    }
    return noise.map { Float($0) }
  }

  // Memory has the axes in the opposite order: [Z, K] and [Z, Z, K].

  private func place(_ component: Int, _ z: Int) -> Int {
    mean.offset + z * componentCount + component
  }

  private func place(_ component: Int, _ row: Int, _ column: Int) -> Int {
    factor.offset + (column * size + row) * componentCount + component
  }
}
