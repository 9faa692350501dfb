/// Turns frames of any number of channels into one channel or two.
///
///     one:  y[t]    = Σ_c x[t, c] / C
///     two:  y[t, 0] = (x[t, 0] + ½ Σ_{c ≥ 2} x[t, c]) / (1 + ½ (C − 2)),  y[t, 1] likewise from x[t, 1]
///
/// A mono recording is heard on both of two channels. Beyond two, the first channels are left and
/// right, as in every usual order, and the others come from the middle; weights sum to 1, so that
/// mixing never clips.
struct ChannelMix {
  let sourceCount: Int
  let targetCount: Int

  /// Whether frames stay as they are.
  var isIdentity: Bool { sourceCount == targetCount }

  /// - Parameters:
  ///   - source: frames, `[T, sourceCount]`; only the first `frameCount` are used.
  ///   - target: becomes `[frameCount, targetCount]` in its first places.
  func apply(_ source: [Float], frameCount: Int, into target: inout [Float]) {
    if isIdentity {
      for i in 0..<frameCount * sourceCount { target[i] = source[i] }
    } else if targetCount == 1 {
      for t in 0..<frameCount {
        var sum: Float = 0
        for c in 0..<sourceCount { sum += source[t * sourceCount + c] }
        target[t] = sum / Float(sourceCount)
      }
    } else if sourceCount == 1 {
      for t in 0..<frameCount {
        target[2 * t] = source[t]
        target[2 * t + 1] = source[t]
      }
    } else {
      let scale = 1 / (1 + 0.5 * Float(sourceCount - 2))
      for t in 0..<frameCount {
        let frame = t * sourceCount
        var middle: Float = 0
        for c in 2..<sourceCount { middle += source[frame + c] }
        target[2 * t] = (source[frame] + 0.5 * middle) * scale
        target[2 * t + 1] = (source[frame + 1] + 0.5 * middle) * scale
      }
    }
  }
}
