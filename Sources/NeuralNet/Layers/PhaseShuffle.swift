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
  /// The networks do not call it, as convolutions read shifted steps themselves; it is what these are
  /// compared with.
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

  /// Takes a gradient back through the shift, in place: the transpose of
  /// ``forward(_:shifts:into:team:)``.
  ///
  /// - Parameters:
  ///   - gradient: with respect to y, `[B, T, C]`; becomes the one with respect to x.
  ///   - shifts: those of the forward pass.
  ///   - slope: an activation before the shift, by whose slope the result is multiplied, and what it
  ///     gave; none leaves the result as it is.
  ///   - team: the threads that share the work.
  package static func adjoint(
    _ gradient: Tensor, shifts: [Int], slope: Convolution.Slope? = nil, team: ThreadTeam
  ) {
    check(gradient, slope?.output ?? gradient, shifts)
    let (stepCount, channelCount) = (gradient.shape[1], gradient.shape[2])
    let clipLength = stepCount * channelCount
    team.forEach(shifts.count) { clip, _ in
      let numbers = gradient.pointer + clip * clipLength
      let shift = shifts[clip]
      let reflected = reflectedSteps(shift: shift, stepCount: stepCount)
      let edge = reflected.map { step in
        Array(UnsafeBufferPointer(start: numbers + step.target * channelCount, count: channelCount))
      }
      let inside = max(0, shift)..<stepCount + min(0, shift)
      let place = inside.lowerBound - shift
      (numbers + place * channelCount).update(
        from: numbers + inside.lowerBound * channelCount, count: inside.count * channelCount)
      numbers.update(repeating: 0, count: place * channelCount)
      let end = (place + inside.count) * channelCount
      (numbers + end).update(repeating: 0, count: clipLength - end)
      for (step, numbersThere) in zip(reflected, edge) {
        let target = numbers + step.source * channelCount
        for channel in 0..<channelCount { target[channel] += numbersThere[channel] }
      }
      if let slope {
        slope.activation.scale(
          numbers, bySlopeAt: slope.output.pointer + clip * clipLength, count: clipLength)
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
