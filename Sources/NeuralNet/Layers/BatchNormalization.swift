/// Gives each channel mean 0 and variance 1 over the batch, then a scale and an offset of its own.
///
///     y = weight · (x − mean) / √(variance + ε) + bias
///
/// ε is 10⁻³ and running statistics move by 1 % a batch, the defaults of the reference's framework.
///
/// What makes its pointers safe: input, output and gradient are tensors of one shape, and parameters
/// have C numbers, as their declarations say.
///
/// Source: Ioffe & Szegedy 2015.
package struct BatchNormalization: Sendable {
  /// ε, which keeps silent channels finite.
  package static let epsilon = 1e-3

  /// Part of the running statistics that a batch replaces.
  package static let momentum = 0.01

  /// What a forward pass leaves for the backward pass.
  package struct Statistics {
    /// `[C]`.
    package var mean: [Float]
    /// 1 / √(variance + ε), with the variance divided by B·T.
    package var inverseDeviation: [Float]
    /// Divided by B·T − 1, which is what the running variance averages.
    package var unbiasedVariance: [Float]

    /// The statistics of a population whose mean and variance are known.
    package init(mean: [Float], variance: [Float]) {
      self.mean = mean
      inverseDeviation = variance.map {
        1 / ($0 + Float(BatchNormalization.epsilon)).squareRoot()
      }
      unbiasedVariance = variance
    }

    init(mean: [Float], squares: [Double], stepCount: Int) {
      self.mean = mean
      inverseDeviation = squares.map {
        Float(1 / ($0 / Double(stepCount) + BatchNormalization.epsilon).squareRoot())
      }
      unbiasedVariance = squares.map { Float($0 / Double(max(1, stepCount - 1))) }
    }
  }

  private let team: ThreadTeam

  /// - Parameter team: the threads that share the work.
  package init(team: ThreadTeam) { self.team = team }

  /// Measures a batch, `[B, T, C]`, channel by channel.
  package func statistics(of input: Tensor) -> Statistics {
    let channelCount = input.shape[2]
    let stepCount = input.count / channelCount
    let mean = ChannelSums.sums(stepCount: stepCount, channelCount: channelCount, team: team) {
      steps, sums in
      for step in steps {
        let x = input.pointer + step * channelCount
        for c in 0..<channelCount { sums[c] += x[c] }
      }
    }.map { Float($0 / Double(stepCount)) }
    let squares = ChannelSums.sums(stepCount: stepCount, channelCount: channelCount, team: team) {
      steps, sums in
      for step in steps {
        let x = input.pointer + step * channelCount
        for c in 0..<channelCount { sums[c] += (x[c] - mean[c]) * (x[c] - mean[c]) }
      }
    }
    return Statistics(mean: mean, squares: squares, stepCount: stepCount)
  }

  /// Moves running statistics towards those of a batch, by ``momentum``.
  ///
  /// - Parameters:
  ///   - mean: `[C]`.
  ///   - variance: `[C]`.
  ///   - statistics: those of the batch.
  package static func moveRunning(
    mean: UnsafeMutablePointer<Float>, variance: UnsafeMutablePointer<Float>,
    towards statistics: Statistics
  ) {
    for c in 0..<statistics.mean.count {
      mean[c] += Float(momentum) * (statistics.mean[c] - mean[c])
      variance[c] += Float(momentum) * (statistics.unbiasedVariance[c] - variance[c])
    }
  }

  /// Normalises a batch by given statistics.
  ///
  /// - Parameters:
  ///   - input: `[B, T, C]`.
  ///   - statistics: the batch's own in training, the running ones in rendering.
  ///   - weight: `[C]`.
  ///   - bias: `[C]`.
  ///   - activation: applied last.
  ///   - output: `[B, T, C]`.
  package func forward(
    _ input: Tensor, by statistics: Statistics, weight: UnsafePointer<Float>,
    bias: UnsafePointer<Float>, activation: Activation = .identity, into output: Tensor
  ) {
    let channelCount = input.shape[2]
    let scale = (0..<channelCount).map { weight[$0] * statistics.inverseDeviation[$0] }
    let offset = (0..<channelCount).map { bias[$0] - statistics.mean[$0] * scale[$0] }
    team.forEach(input.shape[0]) { clip, _ in
      let clipLength = input.shape[1] * channelCount
      for step in 0..<input.shape[1] {
        let x = input.pointer + clip * clipLength + step * channelCount
        let y = output.pointer + clip * clipLength + step * channelCount
        for c in 0..<channelCount { y[c] = scale[c] * x[c] + offset[c] }
      }
      activation.apply(
        to: UnsafeMutableBufferPointer(
          start: output.pointer + clip * clipLength, count: clipLength))
    }
  }

  /// Takes a gradient back through the normalisation by the batch's own statistics.
  ///
  /// - Parameters:
  ///   - gradient: with respect to y, `[B, T, C]`; becomes the one with respect to x.
  ///   - input: x of the forward pass.
  ///   - statistics: those of the forward pass.
  ///   - weight: `[C]`.
  ///   - weightGradient: `[C]`, added to.
  ///   - biasGradient: `[C]`, added to.
  package func backward(
    _ gradient: Tensor, input: Tensor, statistics: Statistics, weight: UnsafePointer<Float>,
    weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>
  ) {
    let channelCount = input.shape[2]
    let stepCount = input.count / channelCount
    let (mean, inverseDeviation) = (statistics.mean, statistics.inverseDeviation)
    let sums = ChannelSums.sums(
      stepCount: stepCount, channelCount: channelCount, sumCount: 2, team: team
    ) { steps, sums in
      for step in steps {
        let x = input.pointer + step * channelCount
        let g = gradient.pointer + step * channelCount
        for c in 0..<channelCount {
          sums[c] += g[c]
          sums[channelCount + c] += g[c] * (x[c] - mean[c]) * inverseDeviation[c]
        }
      }
    }
    for c in 0..<channelCount {
      biasGradient[c] += Float(sums[c])
      weightGradient[c] += Float(sums[channelCount + c])
    }
    let meanGradient = (0..<channelCount).map { Float(sums[$0] / Double(stepCount)) }
    let meanProduct = (0..<channelCount).map {
      Float(sums[channelCount + $0] / Double(stepCount))
    }
    let scale = (0..<channelCount).map { weight[$0] * inverseDeviation[$0] }
    team.forEach(input.shape[0]) { clip, _ in
      for step in clip * input.shape[1]..<(clip + 1) * input.shape[1] {
        let x = input.pointer + step * channelCount
        let g = gradient.pointer + step * channelCount
        for c in 0..<channelCount {
          let normalized = (x[c] - mean[c]) * inverseDeviation[c]
          g[c] = scale[c] * (g[c] - meanGradient[c] - normalized * meanProduct[c])
        }
      }
    }
  }
}
