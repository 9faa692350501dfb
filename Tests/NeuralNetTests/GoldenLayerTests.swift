import NeuralNet
import TestSupport
import Testing

/// Layers against PyTorch in 64 bits. The bound, 10⁻⁴ of each tensor's size, is what training needs;
/// rounding in 32 bits makes about 10⁻⁶ of it.
@Suite("Layers agree with PyTorch")
struct GoldenLayerTests {
  private let bound = 1e-4
  private let golden: Golden
  private let workspace = Workspace(team: ThreadTeam(threadCount: 2))

  init() throws { golden = try Golden("layers") }

  /// A convolution of one golden case, seen from its coarse side (strided) or fine side.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var kernel: Int
    var stride: Int
    var testDescription: String { name }
  }

  static let strided = [
    Case(name: "strided.k25s4", kernel: 25, stride: 4),
    Case(name: "strided.k25s2", kernel: 25, stride: 2),
    Case(name: "strided.k25s4_short", kernel: 25, stride: 4),
    Case(name: "strided.k25s4_single", kernel: 25, stride: 4),
    Case(name: "strided.k4s1", kernel: 4, stride: 1),
    Case(name: "strided.k4s4", kernel: 4, stride: 4),
    Case(name: "strided.k5s2", kernel: 5, stride: 2),
    Case(name: "strided.k7s1", kernel: 7, stride: 1),
  ]

  @Test("Strided convolution, each direction", arguments: strided)
  func stridedConvolution(_ example: Case) {
    let input = golden.tensor(example.name + ".input")
    let output = golden.tensor(example.name + ".output_gradient")
    let convolution = Convolution(
      .strided(
        tapCount: example.kernel, stride: example.stride,
        padding: (example.kernel - example.stride + 1) / 2),
      inputChannelCount: input.shape[2], outputChannelCount: output.shape[2], workspace: workspace)
    check(example.name, convolution)
  }

  static let nearest = [
    Case(name: "nearest.k25s2", kernel: 25, stride: 2),
    Case(name: "nearest.k25s4", kernel: 25, stride: 4),
    Case(name: "nearest.k4s2", kernel: 4, stride: 2),
  ]

  @Test("Nearest-neighbour upsampling and convolution, each direction", arguments: nearest)
  func nearestConvolution(_ example: Case) {
    let input = golden.tensor(example.name + ".input")
    let output = golden.tensor(example.name + ".output_gradient")
    let convolution = Convolution(
      .nearest(tapCount: example.kernel, scale: example.stride, padding: example.kernel / 2),
      inputChannelCount: input.shape[2], outputChannelCount: output.shape[2], workspace: workspace)
    check(example.name, convolution)
  }

  static let transposed = [
    Case(name: "transposed.k25s2", kernel: 25, stride: 2),
    Case(name: "transposed.k25s4", kernel: 25, stride: 4),
    Case(name: "transposed.k25s4_single", kernel: 25, stride: 4),
    Case(name: "transposed.k4s4", kernel: 4, stride: 4),
    Case(name: "transposed.k5s2", kernel: 5, stride: 2),
    Case(name: "transposed.k7s1", kernel: 7, stride: 1),
  ]

  @Test("Transposed convolution is the adjoint of a strided one", arguments: transposed)
  func transposedConvolution(_ example: Case) {
    let name = example.name
    let input = golden.tensor(name + ".input")
    let upstream = golden.tensor(name + ".output_gradient")
    let convolution = Convolution(
      .strided(
        tapCount: example.kernel, stride: example.stride,
        padding: (example.kernel - example.stride + 1) / 2),
      inputChannelCount: upstream.shape[2], outputChannelCount: input.shape[2],
      workspace: workspace)
    let arena = makeArena(name, biasCount: upstream.shape[2])
    let (weight, bias) = (arena.parameters[0], arena.parameters[1])

    let output = Tensor(upstream.shape[0], upstream.shape[1], upstream.shape[2])
    convolution.adjoint(
      input, weight: arena.values(of: weight), bias: arena.values(of: bias), into: output)
    #expect(relativeError(output.values, golden[name + ".output"]) < bound)

    let inputGradient = Tensor(input.shape[0], input.shape[1], input.shape[2])
    convolution.forward(upstream, weight: arena.values(of: weight), into: inputGradient)
    #expect(relativeError(inputGradient.values, golden[name + ".input_gradient"]) < bound)

    convolution.addWeightGradient(
      input: upstream, outputGradient: input, to: arena.gradients(of: weight))
    #expect(
      relativeError(weight.fileOrder(of: arena.gradients), golden[name + ".weight_gradient"])
        < bound)
  }

  @Test("Dense layer, each direction")
  func dense() {
    let name = "dense.z8"
    let input = Tensor(3, 1, 8)
    input.assign(golden[name + ".input"])
    let upstream = Tensor(3, 1, 12)
    upstream.assign(golden[name + ".output_gradient"])
    let layer = Convolution.dense(inputCount: 8, outputCount: 12, workspace: workspace)
    check(name, layer, input: input, upstream: upstream)
  }

  @Test("Post-filter for one and two channels, each direction", arguments: ["post.c1", "post.c2"])
  func postFilter(_ name: String) {
    let input = golden.tensor(name + ".input")
    let blockLength = input.shape[1] % 32 == 0 ? 32 : 4
    let convolution = Convolution(
      .blocked(tapCount: 512, blockLength: blockLength, padding: 255),
      inputChannelCount: input.shape[2], outputChannelCount: input.shape[2], isChannelwise: true,
      workspace: workspace)
    check(name, convolution)
  }

  @Test(
    "Phase shuffle and its gradient",
    arguments: ["shuffle.right", "shuffle.left", "shuffle.none", "shuffle.clips"])
  func phaseShuffle(_ name: String) {
    let input = golden.tensor(name + ".input")
    let given = golden.integers(name + ".shift")
    let shifts = given.count == 1 ? [Int](repeating: given[0], count: input.shape[0]) : given
    let result = Tensor(input.shape[0], input.shape[1], input.shape[2])
    PhaseShuffle.forward(input, shifts: shifts, into: result, team: workspace.team)
    // Copies, so equal to the bit.
    #expect(result.array == golden[name + ".output"])
    result.assign(golden.tensor(name + ".output_gradient"))
    PhaseShuffle.adjoint(result, shifts: shifts, team: workspace.team)
    #expect(relativeError(result.values, golden[name + ".input_gradient"]) < 1e-6)
  }

  @Test("Batch normalisation, each direction")
  func batchNormalization() {
    let name = "norm.c5"
    let input = golden.tensor(name + ".input")
    let gradient = golden.tensor(name + ".output_gradient")
    let output = Tensor(input.shape[0], input.shape[1], input.shape[2])
    let layer = BatchNormalization(team: workspace.team)
    let arena = ParameterArena([
      .init("weight", [5], .constant(1)), .init("bias", [5], .constant(0)),
    ])
    let (weight, bias) = (arena.parameters[0], arena.parameters[1])
    weight.set(arena.values, fromFileOrder: golden[name + ".weight"])
    bias.set(arena.values, fromFileOrder: golden[name + ".bias"])

    let statistics = layer.statistics(of: input)
    layer.forward(
      input, by: statistics, weight: arena.values(of: weight), bias: arena.values(of: bias),
      into: output)
    #expect(relativeError(output.values, golden[name + ".output"]) < bound)
    // From 0 and 1, one batch moves the running statistics by the momentum.
    #expect(
      relativeError(statistics.mean.map { 0.01 * $0 }, golden[name + ".running_mean"]) < bound)
    #expect(
      relativeError(
        statistics.unbiasedVariance.map { 0.99 + 0.01 * $0 }, golden[name + ".running_var"])
        < bound)
    layer.backward(
      gradient, input: input, statistics: statistics, weight: arena.values(of: weight),
      weightGradient: arena.gradients(of: weight), biasGradient: arena.gradients(of: bias))
    #expect(relativeError(gradient.values, golden[name + ".input_gradient"]) < bound)
    #expect(
      relativeError(weight.fileOrder(of: arena.gradients), golden[name + ".weight_gradient"])
        < bound)
    #expect(
      relativeError(bias.fileOrder(of: arena.gradients), golden[name + ".bias_gradient"]) < bound)
  }

  @Test("Adam and TensorFlow's RMSProp, twenty updates", arguments: ["adam", "rmsprop"])
  func optimizers(_ name: String) throws {
    let golden = try Golden("optimizers")
    let arena = ParameterArena([.init("w", [6], .constant(0))])
    arena.parameters[0].set(arena.values, fromFileOrder: golden["start"])
    let optimizer = Optimizer(
      name == "adam" ? .adam(beta1: 0.5, beta2: 0.9) : .rmsProp(), for: arena, team: workspace.team)
    for step in 0..<20 {
      let gradient = Array(golden["gradients"][step * 6..<step * 6 + 6])
      arena.parameters[0].set(arena.gradients, fromFileOrder: gradient)
      optimizer.update(rate: 1e-4)
      let expected = Array(golden["\(name).values"][step * 6..<step * 6 + 6])
      #expect(relativeError(arena.parameters[0].fileOrder(of: arena.values), expected) < 1e-6)
    }
  }

  // MARK: What the convolutions share

  private func makeArena(_ name: String, biasCount: Int) -> ParameterArena {
    let arena = ParameterArena([
      .init("weight", golden.shape(name + ".weight"), .constant(0)),
      .init("bias", [biasCount], .constant(0)),
    ])
    arena.parameters[0].set(arena.values, fromFileOrder: golden[name + ".weight"])
    if golden.file.tensors[name + ".bias"] != nil {
      arena.parameters[1].set(arena.values, fromFileOrder: golden[name + ".bias"])
    }
    return arena
  }

  private func check(_ name: String, _ convolution: Convolution) {
    check(
      name, convolution, input: golden.tensor(name + ".input"),
      upstream: golden.tensor(name + ".output_gradient"))
  }

  private func check(
    _ name: String, _ convolution: Convolution, input: Tensor, upstream: Tensor
  ) {
    let arena = makeArena(name, biasCount: convolution.outputChannelCount)
    let (weight, bias) = (arena.parameters[0], arena.parameters[1])

    let output = Tensor(upstream.shape[0], upstream.shape[1], upstream.shape[2])
    convolution.forward(
      input, weight: arena.values(of: weight), bias: arena.values(of: bias), into: output)
    #expect(relativeError(output.values, golden[name + ".output"]) < bound)

    let inputGradient = Tensor(input.shape[0], input.shape[1], input.shape[2])
    convolution.adjoint(upstream, weight: arena.values(of: weight), into: inputGradient)
    #expect(relativeError(inputGradient.values, golden[name + ".input_gradient"]) < bound)

    convolution.addWeightGradient(
      input: input, outputGradient: upstream, to: arena.gradients(of: weight))
    #expect(
      relativeError(weight.fileOrder(of: arena.gradients), golden[name + ".weight_gradient"])
        < bound)

    guard golden.file.tensors[name + ".bias_gradient"] != nil else { return }
    upstream.addChannelSums(to: arena.gradients(of: bias), team: workspace.team)
    #expect(
      relativeError(bias.fileOrder(of: arena.gradients), golden[name + ".bias_gradient"]) < bound)
  }
}
