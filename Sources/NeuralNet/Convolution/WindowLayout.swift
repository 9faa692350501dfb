/// How the taps of a convolution fall on a window of its input.
///
/// Strided, transposed, upsampled and plain convolutions are all one operation,
///
///     y[b, q, r, o] = Σ_w Σᵢ m[w, i, r, o] · x[b, a·q + start + w, i]
///
/// a product of windows of the input, one every `a` time steps, with a matrix that makes `r` =
/// 0 ..< `phaseCount` output steps from each. They differ only in where a tap stands in that
/// matrix, which this type says:
///
/// | convolution | window moves by | steps made at once | window |
/// | --- | --- | --- | --- |
/// | stride s | s | 1 | the K taps |
/// | transposed, stride s | 1 | s | the inputs that reach s outputs |
/// | nearest ×s, then stride 1 | 1 | s | likewise |
/// | stride 1, few channels | n | n | n + K − 1 inputs |
///
/// The last row makes one-channel filters, which are otherwise products of matrix and vector, into
/// products of matrices.
package struct WindowLayout: Hashable, Sendable {
  /// Tap `tap` stands at `position` of the window and adds to output step `phase`.
  package struct Entry: Hashable, Sendable {
    package var tap: Int
    package var position: Int
    package var phase: Int
  }

  /// Input steps from one window to the next, a.
  package let inputStride: Int

  /// Output steps that one window makes.
  package let phaseCount: Int

  /// First input step of window 0; negative where the input is padded.
  package let start: Int

  /// Input steps in a window.
  package let length: Int

  /// Taps of the convolution, K.
  package let tapCount: Int

  package let entries: [Entry]

  /// Lays out entries whose positions are relative to the first step of a window's stride.
  private init(inputStride: Int, phaseCount: Int, tapCount: Int, relative: [Entry]) {
    let first = relative.lazy.map(\.position).min() ?? 0
    let last = relative.lazy.map(\.position).max() ?? 0
    self.inputStride = inputStride
    self.phaseCount = phaseCount
    self.tapCount = tapCount
    start = first
    length = last - first + 1
    entries = relative.map { Entry(tap: $0.tap, position: $0.position - first, phase: $0.phase) }
  }

  /// A convolution of stride `stride`: `y[t] = Σₖ w[k] · x[stride·t + k − padding]`.
  package static func strided(tapCount: Int, stride: Int, padding: Int) -> WindowLayout {
    WindowLayout(
      inputStride: stride, phaseCount: 1, tapCount: tapCount,
      relative: (0..<tapCount).map { Entry(tap: $0, position: $0 - padding, phase: 0) })
  }

  /// Repeats each step `scale` times, then convolves with stride 1:
  /// `y[u] = Σₖ w[k] · x[⌊(u + k − padding) / scale⌋]`.
  package static func nearest(tapCount: Int, scale: Int, padding: Int) -> WindowLayout {
    var entries: [Entry] = []
    for phase in 0..<scale {
      for tap in 0..<tapCount {
        let offset = Double(phase + tap - padding) / Double(scale)
        entries.append(Entry(tap: tap, position: Int(offset.rounded(.down)), phase: phase))
      }
    }
    return WindowLayout(inputStride: 1, phaseCount: scale, tapCount: tapCount, relative: entries)
  }

  /// A convolution of stride 1 that makes `blockLength` steps at once:
  /// `y[t] = Σₖ w[k] · x[t + k − padding]`.
  package static func blocked(tapCount: Int, blockLength: Int, padding: Int) -> WindowLayout {
    var entries: [Entry] = []
    for phase in 0..<blockLength {
      for tap in 0..<tapCount {
        entries.append(Entry(tap: tap, position: phase + tap - padding, phase: phase))
      }
    }
    return WindowLayout(
      inputStride: blockLength, phaseCount: blockLength, tapCount: tapCount, relative: entries)
  }

  /// Whether the matrix is the filter itself, tap by tap.
  var isFilter: Bool { phaseCount == 1 }
}
