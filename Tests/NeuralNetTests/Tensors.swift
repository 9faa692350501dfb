import NeuralNet
import TestSupport

extension Tensor {
  /// Numbers from U(−1, 1) that a seed decides.
  static func made(seed: UInt64, _ shape: [Int]) -> Tensor {
    let tensor =
      switch shape.count {
      case 1: Tensor(shape[0])
      case 2: Tensor(shape[0], shape[1])
      default: Tensor(shape[0], shape[1], shape[2])
      }
    var generator = SplitMix64(state: seed)
    for i in 0..<tensor.count { tensor[i] = Float.random(in: -1...1, using: &generator) }
    return tensor
  }

  /// ⟨x, y⟩, summed in 64 bits.
  func dot(_ other: Tensor) -> Double {
    zip(values, other.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  /// ‖x‖.
  var size: Double { dot(self).squareRoot() }
}

// Kernels take pointers, whose owners must outlive the call: here the owners are passed.

extension Convolution {
  func forward(
    _ input: Tensor, weight: Tensor, bias: Tensor? = nil, activation: Activation = .identity,
    into output: Tensor
  ) {
    withExtendedLifetime((weight, bias)) {
      forward(
        input, weight: weight.pointer, bias: bias.map { UnsafePointer($0.pointer) },
        activation: activation, into: output)
    }
  }

  func adjoint(
    _ output: Tensor, weight: Tensor, bias: Tensor? = nil, activation: Activation = .identity,
    into input: Tensor
  ) {
    withExtendedLifetime((weight, bias)) {
      adjoint(
        output, weight: weight.pointer, bias: bias.map { UnsafePointer($0.pointer) },
        activation: activation, into: input)
    }
  }

  func addWeightGradient(input: Tensor, outputGradient: Tensor, to gradient: Tensor) {
    withExtendedLifetime(gradient) {
      addWeightGradient(input: input, outputGradient: outputGradient, to: gradient.pointer)
    }
  }
}

extension BatchNormalization {
  func forward(
    _ input: Tensor, by statistics: Statistics, weight: Tensor, bias: Tensor,
    activation: Activation = .identity, into output: Tensor
  ) {
    withExtendedLifetime((weight, bias)) {
      forward(
        input, by: statistics, weight: weight.pointer, bias: bias.pointer,
        activation: activation, into: output)
    }
  }

  func backward(
    _ gradient: Tensor, input: Tensor, statistics: Statistics, weight: Tensor,
    weightGradient: Tensor, biasGradient: Tensor
  ) {
    withExtendedLifetime((weight, weightGradient, biasGradient)) {
      backward(
        gradient, input: input, statistics: statistics, weight: weight.pointer,
        weightGradient: weightGradient.pointer, biasGradient: biasGradient.pointer)
    }
  }
}
