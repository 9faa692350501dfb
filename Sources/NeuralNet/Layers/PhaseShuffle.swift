/// Shifts clips in time by a few steps, reflecting at the edges.
///
///     y[b, t] = x[b, reflect(t − shift[b])]
///
/// where reflect(−i) = i and reflect(T − 1 + i) = T − 1 − i. A positive shift moves a clip to the
/// right. The discriminator can then not tell clips by the phase of artefacts of upsampling.
///
/// What makes its pointers safe: both tensors have one shape, and every shift is smaller than a clip;
/// both are checked in every build.
///
/// Source: Donahue et al. 2019, section 3.3.
package enum PhaseShuffle {
  /// Shifts each clip.
  ///
  /// - Parameters:
  ///   - input: `[B, T, C]`.
  ///   - shifts: one for each clip, less than T in size.
  ///   - output: `[B, T, C]`.
  ///   - team: the threads that share the work.
  package static func forward(
    _ input: Tensor, shifts: [Int], into output: Tensor, team: ThreadTeam
  ) {
    check(input, output, shifts)
    let (stepCount, channelCount) = (input.shape[1], input.shape[2])
    let clipLength = stepCount * channelCount
    team.forEach(shifts.count) { clip, _ in
      let source = input.pointer + clip * clipLength
      let target = output.pointer + clip * clipLength
      let shift = shifts[clip]
      let inside = max(0, shift)..<stepCount + min(0, shift)
      (target + inside.lowerBound * channelCount).update(
        from: source + (inside.lowerBound - shift) * channelCount,
        count: inside.count * channelCount)
      for step in reflectedSteps(shift: shift, stepCount: stepCount) {
        (target + step.target * channelCount).update(
          from: source + step.source * channelCount, count: channelCount)
      }
    }
  }

  /// Takes a gradient back through the shift: the transpose of ``forward(_:shifts:into:team:)``.
  ///
  /// - Parameters:
  ///   - outputGradient: with respect to y, `[B, T, C]`.
  ///   - shifts: those of the forward pass.
  ///   - inputGradient: receives the one with respect to x, `[B, T, C]`.
  ///   - team: the threads that share the work.
  package static func adjoint(
    _ outputGradient: Tensor, shifts: [Int], into inputGradient: Tensor, team: ThreadTeam
  ) {
    check(inputGradient, outputGradient, shifts)
    let (stepCount, channelCount) = (inputGradient.shape[1], inputGradient.shape[2])
    let clipLength = stepCount * channelCount
    team.forEach(shifts.count) { clip, _ in
      let source = outputGradient.pointer + clip * clipLength
      let target = inputGradient.pointer + clip * clipLength
      let shift = shifts[clip]
      let inside = max(0, shift)..<stepCount + min(0, shift)
      target.update(repeating: 0, count: clipLength)
      (target + (inside.lowerBound - shift) * channelCount).update(
        from: source + inside.lowerBound * channelCount, count: inside.count * channelCount)
      for step in reflectedSteps(shift: shift, stepCount: stepCount) {
        let from = source + step.target * channelCount
        let to = target + step.source * channelCount
        for channel in 0..<channelCount { to[channel] += from[channel] }
      }
    }
  }

  /// The step inside a clip that is shown for one up to a clip's length outside it.
  @inline(__always)
  static func reflect(_ step: Int, stepCount: Int) -> Int {
    step < 0 ? -step : (step < stepCount ? step : 2 * (stepCount - 1) - step)
  }

  /// The steps that the shift uncovers, and what they show instead.
  private static func reflectedSteps(
    shift: Int, stepCount: Int
  ) -> [(target: Int, source: Int)] {
    if shift >= 0 {
      (0..<shift).map { ($0, shift - $0) }
    } else {
      (1..<1 - shift).map { (stepCount + shift - 1 + $0, stepCount - 1 - $0) }
    }
  }

  private static func check(_ input: Tensor, _ output: Tensor, _ shifts: [Int]) {
    precondition(input.shape == output.shape, "\(output.shape) is not \(input.shape)")
    precondition(
      shifts.count == input.shape[0] && shifts.allSatisfy { abs($0) < input.shape[1] },
      "shifts \(shifts) do not fit clips \(input.shape)")
  }
}
