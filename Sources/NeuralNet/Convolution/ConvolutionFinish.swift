internal import VectorKernels

/// What happens to the sums of a convolution on their way to the result: a bias, then either an
/// activation, or the slope of one.
///
/// What makes its pointers safe: a row of biases is as long as a row of the result, and the slope's
/// activation has the result's shape, both by ``Convolution``.
struct ConvolutionFinish {
  /// One number for each number of a row, or none.
  let bias: UnsafePointer<Float>?

  /// Applied by the kernels, but for tanh, which follows.
  let activation: Activation

  /// The activation whose slope multiplies the sums, and what it gave; this may be the memory that
  /// the result goes to.
  let slope: (activation: Activation, output: UnsafePointer<Float>)?

  /// What of the activation is applied to sums on their way.
  var fusedActivation: Activation { activation == .tanh ? .identity : activation }

  /// How the kernels do it.
  var kind: finishing { slope?.activation.slopeFinishing ?? activation.finishing }

  /// Finishes numbers that have their bias.
  ///
  /// - Parameters:
  ///   - sums: the numbers.
  ///   - place: where they belong in the result.
  func finish(
    _ sums: UnsafeMutablePointer<Float>, count: Int, at place: Int,
    into result: UnsafeMutablePointer<Float>
  ) {
    fusedActivation.apply(to: .init(start: sums, count: count))
    if let slope {
      slope.activation.scale(sums, bySlopeAt: slope.output + place, count: count)
    }
    (result + place).update(from: sums, count: count)
  }
}
