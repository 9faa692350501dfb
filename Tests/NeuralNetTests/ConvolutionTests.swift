import NeuralNet
import TestSupport
import Testing

@Suite("Convolution")
struct ConvolutionTests {
  private let workspace = Workspace(team: ThreadTeam(threadCount: 2))

  /// x, w and y of an example, made from a seed.
  private func operands(_ example: ConvolutionExample) -> (x: Tensor, w: Tensor, y: Tensor) {
    (
      .made(seed: 1, example.inputShape), .made(seed: 2, [example.weightCount]),
      .made(seed: 3, example.outputShape)
    )
  }

  /// The three results from the formula, in 64 bits; the gradient is added to 0.5.
  private func sums(
    _ example: ConvolutionExample, _ x: Tensor, _ w: Tensor, _ y: Tensor
  ) -> (
    forward: ConvolutionExample.Sums, adjoint: ConvolutionExample.Sums,
    gradient: ConvolutionExample.Sums
  ) {
    var forward = ConvolutionExample.Sums(count: y.count)
    var adjoint = ConvolutionExample.Sums(count: x.count)
    var gradient = ConvolutionExample.Sums(count: w.count, startingAt: 0.5)
    example.forEachProduct { xPlace, wPlace, yPlace in
      forward.add(w[wPlace], x[xPlace], at: yPlace)
      adjoint.add(w[wPlace], y[yPlace], at: xPlace)
      gradient.add(x[xPlace], y[yPlace], at: wPlace)
    }
    return (forward, adjoint, gradient)
  }

  @Test(
    "Each direction is what the formula says, to within rounding",
    arguments: ConvolutionExample.direct + ConvolutionExample.narrow)
  func formula(_ example: ConvolutionExample) {
    let (x, w, y) = operands(example)
    let (forward, adjoint, gradient) = sums(example, x, w, y)

    let convolution = example.convolution(workspace)
    #expect(convolution.weightCount == w.count)
    let result = Tensor.made(seed: 4, example.outputShape)
    convolution.forward(x, weight: w, into: result)
    #expect(forward.worstError(of: result.values) <= 1)
    let transposed = Tensor.made(seed: 5, example.inputShape)
    convolution.adjoint(y, weight: w, into: transposed)
    #expect(adjoint.worstError(of: transposed.values) <= 1)
    let sum = Tensor(w.count)
    sum.assign([Float](repeating: 0.5, count: w.count))
    convolution.addWeightGradient(input: x, outputGradient: y, to: sum)
    #expect(gradient.worstError(of: sum.values) <= 1)
  }

  @Test(
    "With many channels each direction errs by less than 5·10⁻⁶ of its size",
    arguments: ConvolutionExample.manyChannels)
  func toomCook(_ example: ConvolutionExample) {
    let (x, w, y) = operands(example)
    let (forward, adjoint, gradient) = sums(example, x, w, y)
    let convolution = example.convolution(workspace)
    #expect(convolution.method == .toomCook)
    let result = Tensor.made(seed: 4, example.outputShape)
    convolution.forward(x, weight: w, into: result)
    #expect(forward.relativeError(of: result.values) < 5e-6)
    let transposed = Tensor.made(seed: 5, example.inputShape)
    convolution.adjoint(y, weight: w, into: transposed)
    #expect(adjoint.relativeError(of: transposed.values) < 5e-6)
    let sum = Tensor(w.count)
    sum.assign([Float](repeating: 0.5, count: w.count))
    convolution.addWeightGradient(input: x, outputGradient: y, to: sum)
    #expect(gradient.relativeError(of: sum.values) < 5e-6)
  }

  @Test(
    "⟨A x, y⟩ = ⟨x, Aᵀ y⟩ = ⟨w, ∂⟩, as y is linear in x and in w", arguments: ConvolutionExample.all
  )
  func adjointIdentity(_ example: ConvolutionExample) {
    let (x, w, y) = operands(example)
    let convolution = example.convolution(workspace)
    let image = Tensor.made(seed: 4, example.outputShape)
    convolution.forward(x, weight: w, into: image)
    let preimage = Tensor.made(seed: 4, example.inputShape)
    convolution.adjoint(y, weight: w, into: preimage)
    let gradient = Tensor(w.count)
    convolution.addWeightGradient(input: x, outputGradient: y, to: gradient)
    // Each number of A x errs by about √n · 2⁻²⁴ of its size; n is at most 4,000 here, and the
    // errors of different numbers do not add up in one direction.
    let bound = 1e-5 * image.size * y.size
    #expect(abs(image.dot(y) - x.dot(preimage)) <= bound)
    #expect(abs(image.dot(y) - w.dot(gradient)) <= bound)
  }

  @Test(
    "Bias and activation inside a convolution give the bytes that they give after it",
    arguments: ConvolutionExample.all, [Activation.identity, .relu, .leakyReLU, .tanh])
  func fusion(_ example: ConvolutionExample, _ activation: Activation) {
    let (x, w, y) = operands(example)
    let convolution = example.convolution(workspace)
    func addBias(_ bias: Tensor, to tensor: Tensor) {
      for i in 0..<tensor.count { tensor[i] += bias[i % bias.count] }
      activation.apply(to: tensor, team: workspace.team)
    }

    let outputBias = Tensor.made(seed: 6, [example.outputs])
    let (fused, plain) = (
      Tensor.made(seed: 7, example.outputShape), Tensor.made(seed: 8, example.outputShape)
    )
    convolution.forward(
      x, weight: w, bias: outputBias, activation: activation, into: fused)
    convolution.forward(x, weight: w, into: plain)
    addBias(outputBias, to: plain)
    let isSame = fused.array == plain.array
    #expect(isSame)

    let inputBias = Tensor.made(seed: 9, [example.inputs])
    let (fusedInput, plainInput) = (
      Tensor.made(seed: 7, example.inputShape), Tensor.made(seed: 8, example.inputShape)
    )
    convolution.adjoint(
      y, weight: w, bias: inputBias, activation: activation, into: fusedInput)
    convolution.adjoint(y, weight: w, into: plainInput)
    addBias(inputBias, to: plainInput)
    let isSameInput = fusedInput.array == plainInput.array
    #expect(isSameInput)
  }

  @Test(
    "A shift inside a convolution is the shift before it", arguments: ConvolutionExample.all)
  func shifts(_ example: ConvolutionExample) {
    let (x, w, y) = operands(example)
    let convolution = example.convolution(workspace)
    let shifts = (0..<example.clips).map { [2, -3, 0, 1, -1][$0] % example.steps }
    let shifted = Tensor.made(seed: 4, example.inputShape)
    PhaseShuffle.forward(x, shifts: shifts, into: shifted, team: workspace.team)
    let (inside, before) = (
      Tensor.made(seed: 5, example.outputShape), Tensor.made(seed: 6, example.outputShape)
    )
    convolution.forward(x, shifts: shifts, weight: w.pointer, into: inside)
    convolution.forward(shifted, weight: w, into: before)
    let isSame = inside.array == before.array
    #expect(isSame)
    let (gradientInside, gradientBefore) = (Tensor(w.count), Tensor(w.count))
    convolution.addWeightGradient(
      input: x, shifts: shifts, outputGradient: y, to: gradientInside.pointer)
    convolution.addWeightGradient(input: shifted, outputGradient: y, to: gradientBefore)
    let isSameGradient = gradientInside.array == gradientBefore.array
    #expect(isSameGradient)
    withExtendedLifetime(w) {}
  }

  @Test(
    "The slope of an activation inside a convolution is the one after it, also in its own memory",
    arguments: ConvolutionExample.all, [Activation.relu, .leakyReLU])
  func slopes(_ example: ConvolutionExample, _ activation: Activation) {
    let (x, w, y) = operands(example)
    let convolution = example.convolution(workspace)
    let plain = Tensor.made(seed: 4, example.outputShape)
    convolution.forward(x, weight: w, into: plain)
    let output = Tensor.made(seed: 5, example.outputShape)
    activation.scale(plain, bySlopeAt: output, team: workspace.team)
    convolution.forward(x, weight: w.pointer, slope: (activation, output), into: output)
    let isSame = output.array == plain.array
    #expect(isSame)

    let plainInput = Tensor.made(seed: 6, example.inputShape)
    convolution.adjoint(y, weight: w, into: plainInput)
    let input = Tensor.made(seed: 7, example.inputShape)
    activation.scale(plainInput, bySlopeAt: input, team: workspace.team)
    convolution.adjoint(y, weight: w.pointer, slope: (activation, input), into: input)
    let isSameInput = input.array == plainInput.array
    #expect(isSameInput)
    withExtendedLifetime(w) {}
  }
}
