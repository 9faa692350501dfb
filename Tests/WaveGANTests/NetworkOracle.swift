import Foundation
import NeuralNet
import WaveGAN

/// Both networks straight from their formulas, in 64 bits, on weights in PyTorch's layouts.
///
/// Which side of its kink each activation is on does not follow from the numbers here, but is what
/// the program found: the networks are then smooth functions of their weights.
struct NetworkOracle {
  /// By name, in PyTorch's order.
  var weights: [String: [Double]] = [:]

  private let geometry: NetworkGeometry

  /// Of each layer, whether each activation is above zero: `[B, T, C]`.
  private let signs: [[Bool]]

  private let clipCount: Int

  init(_ geometry: NetworkGeometry, arena: ParameterArena, activations: [Tensor]) {
    self.geometry = geometry
    for parameter in arena.parameters {
      weights[parameter.name] = parameter.fileOrder(of: arena.values).map(Double.init)
    }
    signs = activations.map { $0.array.map { $0 > 0 } }
    clipCount = activations[0].shape[0]
  }

  /// Activations of one clip, `[T, C]`.
  private struct Signal {
    var steps: Int
    var channels: Int
    var values: [Double]

    init(_ steps: Int, _ channels: Int) {
      self.steps = steps
      self.channels = channels
      values = [Double](repeating: 0, count: steps * channels)
    }

    subscript(step: Int, channel: Int) -> Double {
      get { values[step * channels + channel] }
      set { values[step * channels + channel] = newValue }
    }
  }

  private func weight(_ name: String) -> [Double] {
    guard let weight = weights[name] else { preconditionFailure("there is no \(name)") }
    return weight
  }

  /// Multiplies where the program found a negative activation.
  private func applySlopes(
    _ signal: inout Signal, layer: Int, clip: Int, negative: Double
  ) {
    let start = clip * signal.values.count
    for i in signal.values.indices where !signs[layer][start + i] { signal.values[i] *= negative }
  }

  // MARK: Discriminator

  /// D(x) of each clip.
  func logits(of clips: [Double], shifts: Discriminator.Shifts) -> [Double] {
    (0..<clipCount).map { clip in
      var signal = Signal(geometry.windowLength, geometry.channelCount)
      let count = signal.values.count
      signal.values = Array(clips[clip * count..<(clip + 1) * count])
      for index in geometry.discriminatorLayers.indices {
        signal = strided(signal, index)
        applySlopes(&signal, layer: index, clip: clip, negative: 0.2)
        if index < shifts.count { signal = shuffled(signal, by: shifts[index][clip]) }
      }
      let weight = weight("output.weight")
      var logit = self.weight("output.bias")[0]
      for t in 0..<signal.steps {
        for c in 0..<signal.channels { logit += weight[c * signal.steps + t] * signal[t, c] }
      }
      return logit
    }
  }

  /// ∇ₓD of each clip.
  func inputGradients(shifts: Discriminator.Shifts) -> [[Double]] {
    (0..<clipCount).map { clip in
      var signal = Signal(NetworkGeometry.baseLength, geometry.baseChannelCount)
      let weight = weight("output.weight")
      for t in 0..<signal.steps {
        for c in 0..<signal.channels { signal[t, c] = weight[c * signal.steps + t] }
      }
      for index in geometry.discriminatorLayers.indices.reversed() {
        if index < shifts.count { signal = unshuffled(signal, by: shifts[index][clip]) }
        applySlopes(&signal, layer: index, clip: clip, negative: 0.2)
        signal = transposed(
          signal, weight: self.weight("down.\(index).weight"),
          stride: geometry.discriminatorLayers[index].stride,
          outputs: geometry.discriminatorLayers[index].inputChannelCount)
      }
      return signal.values
    }
  }

  /// `y[t, o] = bias[o] + Σₖᵢ w[o, i, k] · x[stride·t + k − padding, i]`.
  private func strided(_ x: Signal, _ index: Int) -> Signal {
    let layer = geometry.discriminatorLayers[index]
    let (weight, bias) = (weight("down.\(index).weight"), weight("down.\(index).bias"))
    let taps = geometry.kernelLength
    let padding = (taps - layer.stride + 1) / 2
    var y = Signal(layer.outputLength, layer.outputChannelCount)
    for t in 0..<y.steps {
      for o in 0..<y.channels {
        var sum = bias[o]
        for k in 0..<taps where (0..<x.steps).contains(layer.stride * t + k - padding) {
          for i in 0..<x.channels {
            sum += weight[(o * x.channels + i) * taps + k] * x[layer.stride * t + k - padding, i]
          }
        }
        y[t, o] = sum
      }
    }
    return y
  }

  private func source(_ step: Int, _ shift: Int, _ count: Int) -> Int {
    let place = step - shift
    return place < 0 ? -place : place < count ? place : 2 * (count - 1) - place
  }

  private func shuffled(_ x: Signal, by shift: Int) -> Signal {
    var y = x
    for t in 0..<x.steps {
      for c in 0..<x.channels { y[t, c] = x[source(t, shift, x.steps), c] }
    }
    return y
  }

  private func unshuffled(_ y: Signal, by shift: Int) -> Signal {
    var x = Signal(y.steps, y.channels)
    for t in 0..<y.steps {
      for c in 0..<y.channels { x[source(t, shift, y.steps), c] += y[t, c] }
    }
    return x
  }

  // MARK: Generator

  /// The clips of a batch of latents, `[B, T, C]`, batch normalisation measuring the batch.
  func clips(of latents: [Double], upsampling: ModelSettings.Upsampling) -> [Double] {
    let size = geometry.inputSize
    var batch = (0..<clipCount).map { clip in
      project(Array(latents[clip * size..<(clip + 1) * size]))
    }
    for index in 0...geometry.generatorLayers.count {
      if index > 0 {
        batch = batch.map { upsampled($0, index - 1, upsampling) }
      }
      if weights["norm.\(index).weight"] != nil { normalize(&batch, index) }
      for clip in batch.indices {
        if index < geometry.generatorLayers.count {
          applySlopes(&batch[clip], layer: index, clip: clip, negative: 0)
        } else {
          batch[clip].values = batch[clip].values.map { tanh($0) }
        }
      }
    }
    if weights["post.weight"] != nil { batch = batch.map { filtered($0) } }
    return batch.flatMap(\.values)
  }

  private func project(_ latent: [Double]) -> Signal {
    let (weight, bias) = (weight("project.weight"), weight("project.bias"))
    var y = Signal(NetworkGeometry.baseLength, geometry.baseChannelCount)
    for t in 0..<y.steps {
      for c in 0..<y.channels {
        let row = c * y.steps + t
        y[t, c] = latent.indices.reduce(bias[row]) {
          $0 + weight[row * latent.count + $1] * latent[$1]
        }
      }
    }
    return y
  }

  private func upsampled(
    _ x: Signal, _ index: Int, _ upsampling: ModelSettings.Upsampling
  ) -> Signal {
    let layer = geometry.generatorLayers[index]
    let (weight, bias) = (weight("up.\(index).weight"), weight("up.\(index).bias"))
    var y: Signal
    switch upsampling {
    case .zeros:
      y = transposed(
        x, weight: weight, stride: layer.stride, outputs: layer.outputChannelCount)
    case .nearest:
      let taps = geometry.kernelLength
      y = Signal(layer.outputLength, layer.outputChannelCount)
      for u in 0..<y.steps {
        for k in 0..<taps where (0..<y.steps).contains(u + k - taps / 2) {
          for i in 0..<x.channels {
            for o in 0..<y.channels {
              y[u, o] +=
                weight[(o * x.channels + i) * taps + k] * x[(u + k - taps / 2) / layer.stride, i]
            }
          }
        }
      }
    }
    for t in 0..<y.steps {
      for o in 0..<y.channels { y[t, o] += bias[o] }
    }
    return y
  }

  /// Each step is spread over the outputs that a strided convolution would make it from:
  /// `y[stride·t + k − padding, o] += w[i, o, k] · x[t, i]`.
  private func transposed(
    _ x: Signal, weight: [Double], stride: Int, outputs: Int
  ) -> Signal {
    let taps = geometry.kernelLength
    let padding = (taps - stride + 1) / 2
    var y = Signal(x.steps * stride, outputs)
    for t in 0..<x.steps {
      for k in 0..<taps where (0..<y.steps).contains(stride * t + k - padding) {
        for i in 0..<x.channels {
          for o in 0..<outputs {
            y[stride * t + k - padding, o] += weight[(i * outputs + o) * taps + k] * x[t, i]
          }
        }
      }
    }
    return y
  }

  private func normalize(_ batch: inout [Signal], _ index: Int) {
    let (weight, bias) = (weight("norm.\(index).weight"), weight("norm.\(index).bias"))
    let steps = batch[0].steps
    for c in 0..<batch[0].channels {
      let values = batch.flatMap { signal in (0..<steps).map { signal[$0, c] } }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      let scale = weight[c] / (variance + 1e-3).squareRoot()
      for clip in batch.indices {
        for t in 0..<steps { batch[clip][t, c] = scale * (batch[clip][t, c] - mean) + bias[c] }
      }
    }
  }

  /// `y[t, c] = Σₖ w[c, 0, k] · x[t + k − 255, c]`.
  private func filtered(_ x: Signal) -> Signal {
    let weight = weight("post.weight")
    var y = Signal(x.steps, x.channels)
    for t in 0..<x.steps {
      for k in max(0, 255 - t)..<min(512, x.steps + 255 - t) {
        for c in 0..<x.channels { y[t, c] += weight[c * 512 + k] * x[t + k - 255, c] }
      }
    }
    return y
  }
}
