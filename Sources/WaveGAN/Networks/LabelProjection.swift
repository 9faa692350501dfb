internal import NeuralNet

/// What a clip's label adds to a discriminator's verdict:
///
///     ⟨E[y], (1/T) Σₜ h[t]⟩
///
/// h `[T, C]` are the features of the clip, y its label, and E `[L, C]` is learned. Given the labels it
/// is linear in h, so that the tangent sweep goes through it as through any other layer.
///
/// Source: Miyato & Koyama 2018, equation 3, with the mean over time in place of the sum.
final class LabelProjection {
  private let weight: Parameter
  private let arena: ParameterArena
  private let labelCount: Int

  static func declarations(
    labelCount: Int, channelCount: Int
  ) -> [ParameterArena.Declaration] {
    [
      .init(
        "output.label.weight", [labelCount, channelCount],
        .glorotUniform(fanIn: channelCount, fanOut: 1))
    ]
  }

  init(labelCount: Int, arena: ParameterArena) {
    self.labelCount = labelCount
    self.arena = arena
    weight = arena.parameter("output.label.weight")
  }

  /// Where E[y, 0] is in the arena: memory is `[C, L]`.
  private func place(_ label: Int) -> Int {
    precondition(
      (0..<labelCount).contains(label), "\(label) is none of \(labelCount) labels")
    return weight.offset + label
  }

  /// Adds to the logits of some clips.
  ///
  /// - Parameters:
  ///   - features: h, `[n, T, C]`.
  ///   - labels: `[n]`.
  ///   - logits: `[n, 1, 1]`.
  func addForward(_ features: Tensor, labels: [Int], to logits: Tensor) {
    let (stepCount, channelCount) = (features.shape[1], features.shape[2])
    let values = arena.values.pointer
    for (clip, label) in labels.enumerated() {
      let (row, h) = (values + place(label), clipPointer(features, clip))
      var sum = 0.0
      for channel in 0..<channelCount {
        var total: Float = 0
        for step in 0..<stepCount { total += h[step * channelCount + channel] }
        sum += Double(row[channel * labelCount]) * Double(total)
      }
      logits[clip] += Float(sum / Double(stepCount))
    }
  }

  /// Adds to the gradient with respect to what the features were before LeakyReLU.
  ///
  /// - Parameters:
  ///   - gradient: with respect to the logits, `[n, 1, 1]`.
  ///   - features: h after LeakyReLU, `[n, T, C]`.
  ///   - labels: `[n]`.
  ///   - signal: receives the sum, `[n, T, C]`.
  func addBackward(_ gradient: Tensor, features: Tensor, labels: [Int], to signal: Tensor) {
    let (stepCount, channelCount) = (features.shape[1], features.shape[2])
    let values = arena.values.pointer
    for (clip, label) in labels.enumerated() {
      let row = values + place(label)
      let (h, s) = (clipPointer(features, clip), clipPointer(signal, clip))
      let share = gradient[clip] / Float(stepCount)
      for step in 0..<stepCount {
        for channel in 0..<channelCount {
          let i = step * channelCount + channel
          let term = share * row[channel * labelCount]
          s[i] += h[i] > 0 ? term : Activation.leakySlope * term
        }
      }
    }
  }

  /// Adds the gradient of E.
  ///
  /// - Parameters:
  ///   - features: h, or what a tangent pass made of it, `[n, T, C]`.
  ///   - labels: `[n]`.
  ///   - gradient: with respect to the logits, `[n, 1, 1]`.
  func addWeightGradient(_ features: Tensor, labels: [Int], gradient: Tensor) {
    let (stepCount, channelCount) = (features.shape[1], features.shape[2])
    for (clip, label) in labels.enumerated() {
      let row = arena.gradients.pointer + place(label)
      let h = clipPointer(features, clip)
      let share = gradient[clip] / Float(stepCount)
      for channel in 0..<channelCount {
        var total: Float = 0
        for step in 0..<stepCount { total += h[step * channelCount + channel] }
        row[channel * labelCount] += share * total
      }
    }
  }

  private func clipPointer(_ tensor: Tensor, _ clip: Int) -> UnsafeMutablePointer<Float> {
    precondition(clip < tensor.shape[0], "\(tensor.shape) has no clip \(clip)")
    return tensor.pointer + clip * (tensor.count / tensor.shape[0])
  }
}
