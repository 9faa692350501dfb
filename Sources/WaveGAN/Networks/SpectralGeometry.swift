internal import NeuralNet

/// The layers of a ``SpectralGenerator``, derived from the settings.
///
/// Frames are 1/64 of the window apart, but at most 256 samples below 32 kHz and at most 256 times
/// ``DataSettings/frameScale`` above, and four times as long:
///
/// | window | samples from frame to frame | in a frame | frames |
/// | --- | --- | --- | --- |
/// | 4,096 | 64 | 256 | 64 |
/// | 8,192 | 128 | 512 (64 ms at 8 kHz) | 64 |
/// | 16,384 | 256 | 1,024 (64 ms at 16 kHz) | 64 |
/// | 32,768 | 256 | 1,024 | 128 |
/// | | 512 | 2,048 (46 ms at 44.1 kHz) | 64 |
/// | 65,536 | 256 | 1,024 | 256 |
/// | | 512 | 2,048 (46 ms at 44.1 kHz) | 128 |
///
/// The network begins with 8 time steps of 16 · dim channels; each stage doubles the steps and halves
/// the channels, down to 8 · dim, until there is a step for each frame.
package struct SpectralGeometry: Hashable, Sendable {
  /// A convolution, before which each step may be repeated.
  package struct Layer: Hashable, Sendable {
    /// As its parameters are named: `up.0`.
    package let name: String
    /// Taps, K.
    package let tapCount: Int
    /// How often each step is repeated first.
    package let scale: Int
    /// Channels that come in, I.
    package let inputChannelCount: Int
    /// Channels that go out, O.
    package let outputChannelCount: Int
    /// Time steps that come in.
    package let inputLength: Int
    /// Size of what the first weights put out, as a part of what they are given.
    package let gain: Float

    /// Time steps that go out.
    package var outputLength: Int { scale * inputLength }
    /// Numbers of a clip that go out.
    var outputCount: Int { outputLength * outputChannelCount }
  }

  /// A doubling of the steps, and what follows it at the same rate.
  package struct Stage: Hashable, Sendable {
    /// Repeats each step, then convolves.
    package let up: Layer
    /// The two convolutions of each residual block.
    package let blocks: [[Layer]]
  }

  /// Time steps at the beginning.
  package static let baseLength = 8

  /// Taps of a convolution that repeats steps, and of all others.
  static let (upTapCount, tapCount) = (5, 7)

  /// What the second convolution of a residual block is first scaled by, so that however many blocks
  /// there are, the numbers keep their size, without normalisation (Zhang et al. 2019, who begin at 0).
  static let residualGain: Float = 0.1

  /// What the last convolution is first scaled by: clips begin alike, but not equal.
  static let headGain: Float = 0.5

  /// Numbers that a clip is made from.
  package let inputSize: Int
  /// Samples of a clip.
  package let windowLength: Int
  /// Channels of a clip.
  package let channelCount: Int
  /// Channels at the beginning, C₀.
  package let baseChannelCount: Int
  /// Samples from one frame to the next.
  package let hopLength: Int
  /// From 8 steps to one for each frame.
  package let stages: [Stage]
  /// From features to log-magnitudes and phases, `[B, T, C]` → `[B, T, channels·2F]`.
  package let head: Layer

  /// Samples in a frame, N.
  package var fftLength: Int { 4 * hopLength }
  /// Frames, T.
  package var frameCount: Int { windowLength / hopLength }
  /// Frequencies in a frame that the network decides, F = N/2: all but half the sample rate, which
  /// stays silent.
  package var binCount: Int { fftLength / 2 }

  /// Derives the layers.
  ///
  /// - Precondition: the window is one of ``DataSettings/windowLengths``; checked in every build.
  package init(data: DataSettings, model: ModelSettings) {
    precondition(
      DataSettings.windowLengths.contains(data.windowLength),
      "a window of \(data.windowLength) samples is not one of \(DataSettings.windowLengths)")
    windowLength = data.windowLength
    channelCount = data.channelCount
    inputSize = model.inputSize
    hopLength = min(256 * data.frameScale, data.windowLength / 64)
    baseChannelCount = 16 * model.dim

    var stages: [Stage] = []
    var (length, channels, blockIndex) = (Self.baseLength, baseChannelCount, 0)
    let frameCount = data.windowLength / hopLength
    while length < frameCount {
      let inputs = channels
      channels = max(8 * model.dim, channels / 2)
      let up = Layer(
        name: "up.\(stages.count)", tapCount: Self.upTapCount, scale: 2,
        inputChannelCount: inputs, outputChannelCount: channels, inputLength: length, gain: 1)
      length = up.outputLength
      let blocks = (0..<(length == frameCount ? 2 : 1)).map { index in
        [1, Self.residualGain].enumerated().map { place, gain in
          Layer(
            name: "block.\(blockIndex + index).\(place)", tapCount: Self.tapCount, scale: 1,
            inputChannelCount: channels, outputChannelCount: channels, inputLength: length,
            gain: gain)
        }
      }
      blockIndex += blocks.count
      stages.append(Stage(up: up, blocks: blocks))
    }
    self.stages = stages
    head = Layer(
      name: "head", tapCount: Self.tapCount, scale: 1, inputChannelCount: channels,
      outputChannelCount: channelCount * 4 * hopLength, inputLength: length, gain: Self.headGain)
  }

  /// The dense layer at the beginning.
  var projection: Projection.Shape {
    Projection.Shape(
      inputSize: inputSize, stepCount: Self.baseLength, channelCount: baseChannelCount)
  }

  /// All convolutions, in their order.
  package var layers: [Layer] {
    stages.flatMap { [$0.up] + $0.blocks.flatMap { $0 } } + [head]
  }

  /// Numbers that are kept of a clip on its way forward: what each layer puts out, normalised features,
  /// the spectra, and the clip.
  var outputCount: Int {
    layers.reduce(projection.outputCount) {
      // Of a block, the sum of both ways is kept in place of what the second convolution puts out.
      $0 + $1.outputCount
    } + frameCount * (head.inputChannelCount + 1) + head.outputCount + windowLength * channelCount
  }

  /// Numbers that are kept of a clip on its way back.
  var signalCount: Int {
    projection.outputCount + 3 * stages.reduce(0) { $0 + $1.up.outputCount } + head.outputCount
  }
}

extension SpectralGeometry.Layer {
  /// The sums of the layer.
  func convolution(workspace: Workspace) -> Convolution {
    let layout: WindowLayout =
      scale == 1
      ? .strided(tapCount: tapCount, stride: 1, padding: tapCount / 2)
      : .nearest(tapCount: tapCount, scale: scale, padding: tapCount / 2)
    return Convolution(
      layout, inputChannelCount: inputChannelCount, outputChannelCount: outputChannelCount,
      workspace: workspace)
  }
}
