import Spectra

/// The memory in which one thread measures the ``ReconstructionLoss`` of one clip after another.
final class ReconstructionWorkspace {
  /// The generated clip, y, `[T]`.
  var generated: [Float]
  /// The recording, x, `[T]`.
  var recorded: [Float]
  /// ∂L/∂y, `[T]`, once it is measured.
  private(set) var gradient: [Double]

  private var resolutions: [SpectralDistance]

  /// Memory for clips of `sampleCount` samples.
  init(_ transforms: [ShortTimeFourierTransform], sampleCount: Int) {
    generated = [Float](repeating: 0, count: sampleCount)
    recorded = generated
    gradient = [Double](repeating: 0, count: sampleCount)
    resolutions = transforms.map { SpectralDistance($0, sampleCount: sampleCount) }
  }

  /// Measures the two clips: the mean distance over the resolutions, and its gradient.
  ///
  /// - Returns: L.
  func measure() -> Double {
    Self.measure(generated, against: recorded, by: &resolutions, gradient: &gradient)
  }

  private static func measure(
    _ generated: [Float], against recorded: [Float], by resolutions: inout [SpectralDistance],
    gradient: inout [Double]
  ) -> Double {
    var slopes = gradient.mutableSpan
    for n in 0..<slopes.count { slopes[n] = 0 }
    var loss = 0.0
    for index in resolutions.indices {
      loss += resolutions[index].measure(
        generated.span, against: recorded.span, addingGradientTo: &slopes)
    }
    let count = Double(resolutions.count)
    for n in 0..<slopes.count { slopes[n] /= count }
    return loss / count
  }
}
