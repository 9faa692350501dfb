internal import NeuralNet

/// The lists of layers of both networks, derived from the settings.
///
/// Both start from, or end at, 16 time steps. Between them and the window lie ⌊log₄(window / 16)⌋
/// layers of stride 4 and, where a factor 2 remains, one of stride 2, last in both networks. The
/// widest layer has dim · 2^(layers − 1) channels; each layer nearer to the waveform has half.
///
/// Source: Donahue et al. 2019, appendix D, for 16,384 samples; the rule continues it.
package struct NetworkGeometry: Hashable, Sendable {
  /// One strided or transposed convolution.
  package struct Layer: Hashable, Sendable {
    /// Factor between the two lengths.
    package let stride: Int
    /// Channels that come in, I.
    package let inputChannelCount: Int
    /// Channels that go out, O.
    package let outputChannelCount: Int
    /// Time steps that come in.
    package let inputLength: Int
    /// Time steps that go out.
    package let outputLength: Int

    /// Where the taps of its filter fall: padding ⌈(K − stride) / 2⌉ on the left.
    func strided(kernelLength: Int) -> WindowLayout {
      .strided(
        tapCount: kernelLength, stride: stride, padding: (kernelLength - stride + 1) / 2)
    }
  }

  /// Time steps at the narrow end of both networks.
  package static let baseLength = 16

  /// From latent to waveform, `[B, 16, C₀]` → `[B, window, channels]`.
  package let generatorLayers: [Layer]

  /// From waveform to features, `[B, window, channels]` → `[B, 16, C₀]`.
  package let discriminatorLayers: [Layer]

  /// Numbers that a clip is made from: the latent, then one for each label, Z + L.
  package let inputSize: Int

  /// Samples of a clip.
  package let windowLength: Int

  /// Channels of a clip.
  package let channelCount: Int

  /// Taps of every convolution, K.
  package let kernelLength: Int

  /// Channels at the narrow end, C₀.
  package let baseChannelCount: Int

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
    kernelLength = model.kernelLength

    var strides: [Int] = []
    var factor = data.windowLength / Self.baseLength
    while factor > 1 {
      strides.append(min(4, factor))
      factor /= 4
    }
    let layerCount = strides.count
    baseChannelCount = model.dim << (layerCount - 1)

    var layers: [Layer] = []
    var length = Self.baseLength
    for (index, stride) in strides.enumerated() {
      layers.append(
        Layer(
          stride: stride,
          inputChannelCount: model.dim << (layerCount - 1 - index),
          outputChannelCount: index == layerCount - 1
            ? data.channelCount : model.dim << (layerCount - 2 - index),
          inputLength: length, outputLength: length * stride))
      length *= stride
    }
    generatorLayers = layers

    layers = []
    length = data.windowLength
    for (index, stride) in strides.enumerated() {
      layers.append(
        Layer(
          stride: stride,
          inputChannelCount: index == 0 ? data.channelCount : model.dim << (index - 1),
          outputChannelCount: model.dim << index,
          inputLength: length, outputLength: length / stride))
      length /= stride
    }
    discriminatorLayers = layers
  }

  /// The most layers that phase shuffle follows: the first four, but never the last.
  static let shuffledLayerLimit = 4
}
