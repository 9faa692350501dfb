internal import VectorKernels

/// A function applied to each number of a layer's output.
package enum Activation: Hashable, Sendable {
  case identity
  /// max(0, x).
  case relu
  /// x for x > 0, otherwise 0.2·x.
  case leakyReLU
  case tanh

  /// Slope of ``leakyReLU`` below zero (Donahue et al. 2019, appendix D).
  package static let leakySlope: Float = 0.2

  /// Adds a bias to each row of a block and applies the function.
  ///
  /// - Parameters:
  ///   - block: `rowCount` rows of `columnCount` numbers, `rowStride` apart.
  ///   - bias: one number for each column, or none.
  @inline(__always)
  func apply(
    to block: UnsafeMutablePointer<Float>, rowCount: Int, columnCount: Int, rowStride: Int,
    bias: UnsafePointer<Float>?
  ) {
    for row in 0..<rowCount {
      let y = block + row * rowStride
      if let bias { for column in 0..<columnCount { y[column] += bias[column] } }
      apply(to: UnsafeMutableBufferPointer(start: y, count: columnCount))
    }
  }

  /// Applies the function to each number.
  @inline(__always)
  func apply(to y: UnsafeMutableBufferPointer<Float>) {
    switch self {
    case .identity: break
    case .relu: for i in 0..<y.count { y[i] = max(0, y[i]) }
    case .leakyReLU: for i in 0..<y.count { y[i] = max(y[i], Self.leakySlope * y[i]) }
    case .tanh: apply_tanh(y.baseAddress, y.count)
    }
  }

  /// Multiplies a gradient by the function's slope, which is read off the function's *output*.
  ///
  /// At the kink of ReLU and LeakyReLU the slope is that of the negative side, as in PyTorch.
  @inline(__always)
  func scale(
    _ gradient: UnsafeMutablePointer<Float>, bySlopeAt output: UnsafePointer<Float>, count: Int
  ) {
    switch self {
    case .identity: break
    case .relu: for i in 0..<count { gradient[i] = output[i] > 0 ? gradient[i] : 0 }
    case .leakyReLU:
      for i in 0..<count {
        gradient[i] = output[i] > 0 ? gradient[i] : Self.leakySlope * gradient[i]
      }
    case .tanh: for i in 0..<count { gradient[i] *= 1 - output[i] * output[i] }
    }
  }

  /// Multiplies a gradient by the function's slope at each place.
  ///
  /// - Parameters:
  ///   - gradient: with respect to the function's output; becomes the one with respect to its input.
  ///   - output: what the function gave.
  ///   - team: the threads that share the work.
  package func scale(_ gradient: Tensor, bySlopeAt output: Tensor, team: ThreadTeam) {
    precondition(gradient.count == output.count, "\(gradient.shape) is not \(output.shape)")
    team.forEachRange(of: gradient.count) { range in
      scale(
        gradient.pointer + range.lowerBound, bySlopeAt: output.pointer + range.lowerBound,
        count: range.count)
    }
  }

  /// Applies the function in place.
  package func apply(to tensor: Tensor, team: ThreadTeam) {
    guard self != .identity else { return }
    team.forEachRange(of: tensor.count) { apply(to: .init(rebasing: tensor.values[$0])) }
  }

  /// How a kernel applies the function; tanh it leaves out.
  var finishing: finishing {
    switch self {
    case .relu: finish_relu
    case .leakyReLU: finish_leaky_relu
    case .identity, .tanh: finish_nothing
    }
  }

  /// How a kernel multiplies by the function's slope.
  ///
  /// - Precondition: the slope is one of two numbers; checked in every build.
  var slopeFinishing: finishing {
    switch self {
    case .relu: finish_relu_slope
    case .leakyReLU: finish_leaky_relu_slope
    case .identity: finish_nothing
    case .tanh: preconditionFailure("\(self) has no slope of two numbers")
    }
  }
}
