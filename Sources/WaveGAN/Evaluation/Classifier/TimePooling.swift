import NeuralNet

/// What is left of a clip when its time is forgotten: mean and maximum of each channel.
///
///     y[b, c] = 1/T · Σₜ x[b, t, c],   y[b, C + c] = maxₜ x[b, t, c]
///
/// The mean says how much of something there is, the maximum whether there is any, which silence
/// behind a short sound does not dilute.
enum TimePooling {
  /// - Parameters:
  ///   - input: x, `[B, T, C]`.
  ///   - output: receives y, `[B, 1, 2·C]`.
  ///   - team: the threads that share the work.
  static func forward(_ input: Tensor, into output: Tensor, team: ThreadTeam) {
    let (stepCount, channelCount) = (input.shape[1], input.shape[2])
    precondition(output.shape == [input.shape[0], 1, 2 * channelCount])
    team.forEach(input.shape[0]) { clip, _ in
      let x = input.pointer + clip * stepCount * channelCount
      let mean = output.pointer + clip * 2 * channelCount
      let maximum = mean + channelCount
      mean.update(from: x, count: channelCount)
      maximum.update(from: x, count: channelCount)
      for step in 1..<stepCount {
        let row = x + step * channelCount
        for c in 0..<channelCount {
          mean[c] += row[c]
          maximum[c] = max(maximum[c], row[c])
        }
      }
      for c in 0..<channelCount { mean[c] /= Float(stepCount) }
    }
  }

  /// Takes a gradient back: a mean's goes to every step alike, a maximum's to the first step that
  /// has it.
  ///
  /// - Parameters:
  ///   - gradient: with respect to y, `[B, 1, 2·C]`.
  ///   - input: x of the forward pass, `[B, T, C]`.
  ///   - inputGradient: receives the gradient with respect to x.
  ///   - team: the threads that share the work.
  static func backward(
    _ gradient: Tensor, input: Tensor, into inputGradient: Tensor, team: ThreadTeam
  ) {
    let (stepCount, channelCount) = (input.shape[1], input.shape[2])
    precondition(gradient.shape == [input.shape[0], 1, 2 * channelCount])
    precondition(inputGradient.shape == input.shape)
    team.forEach(input.shape[0]) { clip, _ in
      let first = clip * stepCount * channelCount
      let x = input.pointer + first
      let result = inputGradient.pointer + first
      let mean = gradient.pointer + clip * 2 * channelCount
      for c in 0..<channelCount {
        var best = 0
        for step in 0..<stepCount {
          result[step * channelCount + c] = mean[c] / Float(stepCount)
          if x[step * channelCount + c] > x[best * channelCount + c] { best = step }
        }
        result[best * channelCount + c] += mean[channelCount + c]
      }
    }
  }
}
