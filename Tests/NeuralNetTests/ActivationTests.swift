import Foundation
import NeuralNet
import Testing

@Suite("Activations")
struct ActivationTests {
  private let team = ThreadTeam(threadCount: 1)

  private func apply(_ activation: Activation, to numbers: [Float]) -> [Float] {
    let tensor = Tensor(numbers.count)
    tensor.assign(numbers)
    activation.apply(to: tensor, team: team)
    return tensor.array
  }

  private func slopes(_ activation: Activation, atOutputs outputs: [Float]) -> [Float] {
    let (gradient, output) = (Tensor(outputs.count), Tensor(outputs.count))
    gradient.assign([Float](repeating: 1, count: outputs.count))
    output.assign(outputs)
    activation.scale(gradient, bySlopeAt: output, team: team)
    return gradient.array
  }

  @Test("Values")
  func values() {
    let x: [Float] = [-2, -0.5, 0, 0.5, 3]
    #expect(apply(.identity, to: x) == x)
    #expect(apply(.relu, to: x) == [0, 0, 0, 0.5, 3])
    #expect(apply(.leakyReLU, to: x) == [-0.4, -0.1, 0, 0.5, 3])
    for (value, expected) in zip(apply(.tanh, to: x), x.map { tanh(Double($0)) }) {
      // One unit in the last place of a number below 1.
      #expect(abs(Double(value) - expected) <= 0x1p-24 * 2)
    }
  }

  @Test(
    "Slopes are those of central differences",
    arguments: [Activation.identity, .relu, .leakyReLU, .tanh])
  func slopes(_ activation: Activation) {
    let h: Float = 1 / 128
    // No point is within h of the kink at 0.
    let x = stride(from: Float(-3), through: 3, by: 0.25).filter { abs($0) > h }
    let above = apply(activation, to: x.map { $0 + h })
    let below = apply(activation, to: x.map { $0 - h })
    let slopes = slopes(activation, atOutputs: apply(activation, to: x))
    for i in x.indices {
      let difference = (above[i] - below[i]) / (2 * h)
      // Truncation h²/6 · |tanh‴| ≤ h²/3 = 2·10⁻⁵; rounding 2⁻²⁴ / h = 8·10⁻⁶ where |y| ≤ 1, and
      // three times that for the outputs up to 3.
      #expect(abs(slopes[i] - difference) < 5e-5, "\(x[i])")
    }
  }

  @Test("At the kink the slope is that of the negative side")
  func kinks() {
    #expect(slopes(.relu, atOutputs: [0]) == [0])
    #expect(slopes(.leakyReLU, atOutputs: [0]) == [0.2])
  }
}
