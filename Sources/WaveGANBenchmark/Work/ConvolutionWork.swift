import NeuralNet

/// One convolution in its three directions, on noise.
///
/// With padding ⌈(K − stride) / 2⌉, T steps become T / stride, as in the networks.
struct ConvolutionWork {
  let tapCount: Int
  let stride: Int
  let inputChannelCount: Int
  let outputChannelCount: Int
  /// Time steps of the input, T: a multiple of the stride.
  let stepCount: Int
  let batchSize: Int

  /// Operations of one direction, done directly.
  var operationCount: Double {
    2
      * Double(
        tapCount * inputChannelCount * outputChannelCount * (stepCount / stride) * batchSize)
  }

  /// Times each direction, and all in turn.
  ///
  /// - Parameters:
  ///   - options: how often.
  ///   - prefix: what stands before the directions' names.
  ///   - seconds: how long to measure, about, warm-ups not counted.
  ///   - peak: the rate of sgemm, in GFLOP/s.
  func measure(
    _ options: MeasuringOptions, prefix: String = "", seconds: Double, team: ThreadTeam,
    peak: Double
  ) -> [Measurement] {
    let convolution = Convolution(
      .strided(tapCount: tapCount, stride: stride, padding: (tapCount - stride + 1) / 2),
      inputChannelCount: inputChannelCount, outputChannelCount: outputChannelCount,
      workspace: Workspace(team: team))
    let input = Tensor(batchSize, stepCount, inputChannelCount)
    let output = Tensor(batchSize, stepCount / stride, outputChannelCount)
    let weight = Tensor(tapCount, inputChannelCount, outputChannelCount)
    let (inputGradient, outputGradient) = (
      Tensor(batchSize, stepCount, inputChannelCount),
      Tensor(batchSize, stepCount / stride, outputChannelCount)
    )
    let weightGradient = Tensor(tapCount, inputChannelCount, outputChannelCount)
    for (index, tensor) in [input, weight, outputGradient].enumerated() {
      tensor.fillWithNoise(seed: 0, index: index)
    }

    func forward() { convolution.forward(input, weight: weight.pointer, into: output) }
    func dataGradient() {
      convolution.adjoint(outputGradient, weight: weight.pointer, into: inputGradient)
    }
    func addWeightGradient() {
      convolution.addWeightGradient(
        input: input, outputGradient: outputGradient, to: weightGradient.pointer)
    }
    func everything() {
      forward()
      dataGradient()
      addWeightGradient()
    }

    let works: [(name: String, passes: Double, work: () -> Void)] = [
      ("forward", 1, forward), ("data gradient", 1, dataGradient),
      ("weight gradient", 1, addWeightGradient), ("forward and backward", 3, everything),
    ]
    return works.map { work in
      Measurement(
        prefix + work.name, options.stopwatch(seconds: seconds / 4).time(work.work),
        operationCount: work.passes * operationCount, peak: peak)
    }
  }
}
