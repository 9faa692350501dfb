import WaveGAN

/// Operations of direct convolution: a multiplication and an addition for each tap, input and output
/// channel, at each step of the shorter side.
///
/// A critic step is eleven forward passes: the generator's, and of the critic three over real clips
/// (forward, gradient of the signal, gradient of the weights), three over generated ones, and four for
/// the penalty (forward, backward, tangent, gradient of the weights). A generator step is five:
/// forward through both, the signal's gradient through both, and the gradient of the generator's
/// weights. Activations, shuffles and optimisers are work too, but are not counted.
extension NetworkGeometry {
  /// Of one forward pass of the critic over one clip.
  var criticOperationCount: Double {
    discriminatorLayers.reduce(2 * Double(Self.baseLength * baseChannelCount)) {
      $0 + operationCount(of: $1, stepCount: $1.outputLength)
    }
  }

  /// Of one forward pass of the generator, for one clip.
  ///
  /// After repeating, every output step takes all taps; of a transposed convolution's, every input
  /// step does.
  func generatorOperationCount(_ upsampling: ModelSettings.Upsampling) -> Double {
    generatorLayers.reduce(2 * Double(inputSize * Self.baseLength * baseChannelCount)) {
      let stepCount = upsampling == .nearest ? $1.outputLength : $1.inputLength
      return $0 + operationCount(of: $1, stepCount: stepCount)
    }
  }

  private func operationCount(of layer: Layer, stepCount: Int) -> Double {
    2 * Double(kernelLength * layer.inputChannelCount * layer.outputChannelCount * stepCount)
  }
}

extension SpectralGeometry {
  /// Of one forward pass of the generator, for one clip; Fourier transforms are not counted.
  var operationCount: Double {
    layers.reduce(2 * Double(inputSize * Self.baseLength * baseChannelCount)) {
      $0 + 2
        * Double($1.tapCount * $1.inputChannelCount * $1.outputChannelCount * $1.outputLength)
    }
  }
}

extension TrainingSettings {
  /// Of one forward pass of the generator, for one clip.
  var generatorOperationCount: Double {
    switch model.generator {
    case .wavegan:
      NetworkGeometry(data: data, model: model).generatorOperationCount(model.upsampling)
    case .istft: SpectralGeometry(data: data, model: model).operationCount
    }
  }
}
