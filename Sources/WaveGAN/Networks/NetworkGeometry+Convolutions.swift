internal import NeuralNet

/// The sums of each layer of the generator.
extension NetworkGeometry {
  /// A layer of the generator: `[B, T, I]` → `[B, stride·T, O]`; with `--upsample zeros` its
  /// transpose is the layer.
  func convolution(
    upsampling layer: Layer, _ model: ModelSettings, workspace: Workspace
  ) -> Convolution {
    switch model.upsampling {
    case .zeros:
      // The convolution whose transpose this is goes from fine to coarse.
      Convolution(
        layer.strided(kernelLength: kernelLength), inputChannelCount: layer.outputChannelCount,
        outputChannelCount: layer.inputChannelCount, workspace: workspace)
    case .nearest:
      Convolution(
        .nearest(tapCount: kernelLength, scale: layer.stride, padding: kernelLength / 2),
        inputChannelCount: layer.inputChannelCount,
        outputChannelCount: layer.outputChannelCount, workspace: workspace)
    }
  }

  /// The generator's first layer: `[B, Z + L]` → `[B, 16, C₀]`.
  var projection: Projection.Shape {
    Projection.Shape(
      inputSize: inputSize, stepCount: Self.baseLength, channelCount: baseChannelCount)
  }

  /// The filter after the generator: `[B, window, channels]` to the same.
  func postFilter(workspace: Workspace) -> Convolution {
    Convolution(
      .blocked(
        tapCount: ModelSettings.postFilterLength, blockLength: 64,
        padding: (ModelSettings.postFilterLength - 1) / 2),
      inputChannelCount: channelCount, outputChannelCount: channelCount, isChannelwise: true,
      workspace: workspace)
  }
}
