import NeuralNet
import Testing

/// What a training computes may not depend on how many threads there are: not in one bit.
@Suite("The number of threads never changes a byte")
struct ThreadCountTests {
  /// Compares what several threads compute with what one does.
  private func expectSame(_ compute: (ThreadTeam) -> [[Float]]) {
    let alone = compute(ThreadTeam(threadCount: 1)).map { $0.map(\.bitPattern) }
    for threadCount in [2, 3, 5] {
      let together = compute(ThreadTeam(threadCount: threadCount)).map { $0.map(\.bitPattern) }
      // Compared outside of the macro, which would print all the numbers.
      let isSame = together == alone
      #expect(isSame, "\(threadCount) threads")
    }
  }

  @Test("Convolutions", arguments: ConvolutionExample.all)
  func convolutions(_ example: ConvolutionExample) {
    expectSame { team in
      let convolution = example.convolution(Workspace(team: team))
      let (x, w, y) = (
        Tensor.made(seed: 1, example.inputShape), Tensor.made(seed: 2, [example.weightCount]),
        Tensor.made(seed: 3, example.outputShape)
      )
      let (image, preimage, gradient) = (
        Tensor.made(seed: 4, example.outputShape), Tensor.made(seed: 4, example.inputShape),
        Tensor(w.count)
      )
      convolution.forward(
        x, weight: w, bias: Tensor.made(seed: 5, [example.outputs]),
        activation: .leakyReLU, into: image)
      convolution.adjoint(y, weight: w, into: preimage)
      convolution.addWeightGradient(input: x, outputGradient: y, to: gradient)
      return [image.array, preimage.array, gradient.array]
    }
  }

  @Test("Sums over channels, and batch normalisation")
  func normalization() {
    expectSame { team in
      let shape = [5, 1_000, 3]
      let input = Tensor.made(seed: 1, shape)
      let sums = Tensor(3)
      withExtendedLifetime(sums) { input.addChannelSums(to: sums.pointer, team: team) }
      let layer = BatchNormalization(team: team)
      let statistics = layer.statistics(of: input)
      let (weight, bias) = (Tensor.made(seed: 2, [3]), Tensor.made(seed: 3, [3]))
      let output = Tensor(5, 1_000, 3)
      layer.forward(
        input, by: statistics, weight: weight, bias: bias, activation: .relu,
        into: output)
      let gradient = Tensor.made(seed: 4, shape)
      layer.backward(
        gradient, input: input, statistics: statistics, weight: weight,
        weightGradient: sums, biasGradient: bias)
      return [
        sums.array, statistics.mean, statistics.inverseDeviation, statistics.unbiasedVariance,
        output.array, gradient.array, bias.array,
      ]
    }
  }

  @Test("Phase shuffle")
  func phaseShuffle() {
    expectSame { team in
      let input = Tensor.made(seed: 1, [7, 40, 3])
      let (there, back) = (Tensor(7, 40, 3), Tensor(7, 40, 3))
      let shifts = [-2, -1, 0, 1, 2, 39, -39]
      PhaseShuffle.forward(input, shifts: shifts, into: there, team: team)
      back.assign(input)
      PhaseShuffle.adjoint(back, shifts: shifts, team: team)
      return [there.array, back.array]
    }
  }

  @Test(
    "Optimisers",
    arguments: [OptimizerRule.adam(beta1: 0.5, beta2: 0.9), .rmsProp()])
  func optimizers(rule: OptimizerRule) {
    expectSame { team in
      let count = 40_000
      let arena = ParameterArena([.init("w", [count], .kaimingNormal(fanIn: 9, slope: 0.2))])
      arena.initialize(seed: 1, firstStream: 0)
      let optimizer = Optimizer(rule, for: arena, team: team)
      for seed in 0..<3 {
        arena.gradients.assign(Tensor.made(seed: UInt64(seed), [arena.values.count]))
        optimizer.update(rate: 1e-3)
      }
      return [arena.values.array, optimizer.firstMoments.array, optimizer.secondMoments.array]
    }
  }

  @Test("Element-wise arithmetic, activations and norms")
  func arithmetic() {
    expectSame { team in
      let (x, y) = (Tensor.made(seed: 1, [50_000]), Tensor.made(seed: 2, [50_000]))
      var results: [[Float]] = []
      for activation in [Activation.relu, .leakyReLU, .tanh] {
        activation.apply(to: x, team: team)
        activation.scale(y, bySlopeAt: x, team: team)
        results += [x.array, y.array]
      }
      y.move(towards: x, keeping: 0.9, team: team)
      x.clamp(to: 0.5, team: team)
      let norm = x.norm(team: team)
      let halves = [UInt32(truncatingIfNeeded: norm.bitPattern), UInt32(norm.bitPattern >> 32)]
      return results + [x.array, y.array, halves.map { Float(bitPattern: $0) }]
    }
  }
}
