internal import NeuralNet

/// What a discriminator is made of: what it is given, its convolutions, and its verdict.
///
/// One judges waveforms as they are; others judge their spectra at one resolution each.
package struct DiscriminatorDesign: Hashable, Sendable {
  /// Samples of a spectrum's frame; nil where the waveform is judged.
  package let fftLength: Int?

  /// Steps of what is judged: samples, or frames.
  package let inputLength: Int

  /// Channels of what is judged: those of a clip, or its frequency bands, channel after channel.
  package let inputChannelCount: Int

  /// From input to features.
  package let layers: [NetworkGeometry.Layer]

  /// Taps of every convolution, K.
  package let kernelLength: Int

  /// Layers, from the first on, that phase shuffle follows.
  package let shuffledLayerCount: Int

  /// The layers that are batch-normalised: none, or all but the first.
  let normalizedLayers: [Int]

  /// Labels that clips have, L; 0 where the discriminator is not told them.
  package let labelCount: Int

  /// The discriminator of waveforms, as the geometry has it.
  package init(waveform geometry: NetworkGeometry, model: ModelSettings, labelCount: Int = 0) {
    fftLength = nil
    inputLength = geometry.windowLength
    inputChannelCount = geometry.channelCount
    layers = geometry.discriminatorLayers
    kernelLength = geometry.kernelLength
    shuffledLayerCount = min(NetworkGeometry.shuffledLayerLimit, layers.count - 1)
    normalizedLayers = model.batchNormalization ? Array(layers.indices.dropFirst()) : []
    self.labelCount = labelCount
  }

  /// The frames that a discriminator of spectra comes to its verdict from, if there are so many.
  static let lastFrameCount = 8

  /// Taps of a discriminator of spectra.
  static let spectralKernelLength = 5

  /// A discriminator of spectra whose frames have `fftLength` samples and are a quarter of that apart.
  ///
  ///     [B, window / hop, J · channels] → k5 → 8·dim → (k5, stride 2 → 8·dim)ⁿ → 16·dim at 8 frames
  ///
  /// The J frequency bands, N/2 up to 32 kHz, are the channels of its first convolution, so that it can hear harmonics as
  /// such. As with waveforms, the verdict is a weighted sum over all steps and channels and not over a
  /// mean of time: how a sound begins and fades is part of what makes it real.
  ///
  /// - Precondition: window and `fftLength` are powers of two, and the window has a frame; checked in
  ///   every build.
  package init(
    spectrumOf fftLength: Int, data: DataSettings, model: ModelSettings, labelCount: Int = 0
  ) {
    self.fftLength = fftLength
    inputLength = data.windowLength / LogSpectrum.hopLength(fftLength: fftLength)
    inputChannelCount =
      SpectralBands(fftLength: fftLength, frameScale: data.frameScale).count * data.channelCount
    precondition(inputLength > 0, "a window of \(data.windowLength) has no frame of \(fftLength)")
    kernelLength = Self.spectralKernelLength
    shuffledLayerCount = 0
    self.labelCount = labelCount
    let width = 8 * model.dim
    var layers = [
      NetworkGeometry.Layer(
        stride: 1, inputChannelCount: inputChannelCount, outputChannelCount: width,
        inputLength: inputLength, outputLength: inputLength)
    ]
    var length = inputLength
    while length > Self.lastFrameCount {
      let isLast = length / 2 <= Self.lastFrameCount
      layers.append(
        NetworkGeometry.Layer(
          stride: 2, inputChannelCount: width, outputChannelCount: isLast ? 2 * width : width,
          inputLength: length, outputLength: length / 2))
      length /= 2
    }
    self.layers = layers
    normalizedLayers = model.batchNormalization ? Array(layers.indices.dropFirst()) : []
  }

  /// What stands before the names of its layers, where there are several discriminators:
  /// `stft-256.`; nothing for the one of waveforms.
  package var prefix: String { fftLength.map { "stft-\($0)." } ?? "" }

  /// Steps that the verdict is made from.
  var lastLength: Int { layers.last?.outputLength ?? inputLength }

  /// Channels that the verdict is made from.
  var lastChannelCount: Int { layers.last?.outputChannelCount ?? inputChannelCount }

  /// Whether phase shuffle follows a layer.
  func isShuffled(_ layer: Int) -> Bool { layer < shuffledLayerCount }

  /// A layer's sums: `[B, T, I]` → `[B, T/stride, O]`.
  func convolution(_ layer: NetworkGeometry.Layer, workspace: Workspace) -> Convolution {
    Convolution(
      layer.strided(kernelLength: kernelLength), inputChannelCount: layer.inputChannelCount,
      outputChannelCount: layer.outputChannelCount, workspace: workspace)
  }

  /// The last layer's: `[B, 1, steps · channels]` → `[B, 1, 1]`.
  func verdict(workspace: Workspace) -> Convolution {
    .dense(inputCount: lastLength * lastChannelCount, outputCount: 1, workspace: workspace)
  }

  /// The parameters of the whole network, in the order of their places.
  var declarations: [ParameterArena.Declaration] {
    let featureCount = lastLength * lastChannelCount
    return layers.enumerated().flatMap { index, layer in
      [
        .init(
          "down.\(index).weight",
          [layer.outputChannelCount, layer.inputChannelCount, kernelLength],
          .glorotUniform(
            fanIn: kernelLength * layer.inputChannelCount,
            fanOut: kernelLength * layer.outputChannelCount)),
        .init("down.\(index).bias", [layer.outputChannelCount], .constant(0)),
      ]
    }
      + normalizedLayers.flatMap {
        NormalizedLayer.declarations(index: $0, channelCount: layers[$0].outputChannelCount)
      }
      + [
        .init(
          "output.weight", [1, featureCount], splitShape: [1, lastChannelCount, lastLength],
          .glorotUniform(fanIn: featureCount, fanOut: 1)),
        .init("output.bias", [1], .constant(0)),
      ]
      + (labelCount > 0
        ? LabelProjection.declarations(labelCount: labelCount, channelCount: lastChannelCount) : [])
  }

  /// The running statistics of its normalised layers.
  var statisticsDeclarations: [ParameterArena.Declaration] {
    normalizedLayers.flatMap {
      NormalizedLayer.statisticsDeclarations(
        index: $0, channelCount: layers[$0].outputChannelCount)
    }
  }
}

extension DiscriminatorDesign {
  /// The discriminators that settings ask for: that of waveforms first.
  package static func all(for settings: TrainingSettings) -> [DiscriminatorDesign] {
    let (data, model) = (settings.data, settings.model)
    let labelCount = model.labels.count
    let waveform = DiscriminatorDesign(
      waveform: NetworkGeometry(data: data, model: model), model: model, labelCount: labelCount)
    let spectra = LogSpectrum.fftLengths(for: data).map {
      DiscriminatorDesign(spectrumOf: $0, data: data, model: model, labelCount: labelCount)
    }
    return switch model.discriminators {
    case .waveform: [waveform]
    case .stft: spectra
    case .both: [waveform] + spectra
    }
  }
}
