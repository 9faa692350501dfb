import Foundation
import Spectra

/// The distance of two clips' short-time spectra at one resolution, with the memory that measuring
/// it takes; see ``ReconstructionLoss``.
///
/// Spectra and levels are kept in Float, and summed in Double. For one thread.
struct SpectralDistance {
  private let transform: ShortTimeFourierTransform
  /// What turns a magnitude into a level, 2 / Σₙ w[n].
  private let scale: Float
  private var workspace: FourierWorkspace
  /// First the spectra of x, then those of y, then the loss's gradient with respect to those.
  private var spectra: ComplexSpectrogram
  /// |STFT(x)|, `[T, F]`.
  private var recorded: [Float]
  /// |STFT(y)|, `[T, F]`.
  private var generated: [Float]

  /// Memory for clips of `sampleCount` samples.
  init(_ transform: ShortTimeFourierTransform, sampleCount: Int) {
    self.transform = transform
    scale = transform.amplitudeScale
    workspace = transform.makeWorkspace()
    spectra = ComplexSpectrogram(
      frameCount: transform.frameCount(sampleCount: sampleCount), binCount: transform.binCount)
    recorded = [Float](repeating: 0, count: spectra.frameCount * spectra.binCount)
    generated = recorded
  }

  /// Measures two clips of the length that there is memory for.
  ///
  /// - Parameters:
  ///   - y: the generated clip, `[T]`.
  ///   - x: the recording, `[T]`.
  ///   - gradient: receives, added to what it holds, the gradient of the distance with respect to y.
  /// - Returns: the distance.
  mutating func measure(
    _ y: Span<Float>, against x: Span<Float>, addingGradientTo gradient: inout MutableSpan<Double>
  ) -> Double {
    transform.forward(x, into: &spectra, using: &workspace)
    Self.magnitudes(of: spectra, into: &recorded)
    transform.forward(y, into: &spectra, using: &workspace)
    Self.magnitudes(of: spectra, into: &generated)
    let sums = sums()
    Self.replaceByFactors(&generated, recorded: recorded, scale: scale, sums: sums)
    spectra.multiply(by: generated)
    transform.addAdjoint(spectra, to: &gradient, using: &workspace)
    return sums.distance / sums.size + sums.logarithms / Double(generated.count)
  }

  private static func magnitudes(of spectra: ComplexSpectrogram, into values: inout [Float]) {
    var span = values.mutableSpan
    spectra.magnitude(into: &span)
  }

  /// What the two terms are made of: ‖Y − X‖, ‖X‖ and Σ |ln Y − ln X|.
  private struct Sums {
    var distance = 0.0
    var size = 0.0
    var logarithms = 0.0
  }

  private func sums() -> Sums {
    let (floor, scale) = (ReconstructionLoss.floor, Double(scale))
    let (recorded, generated) = (recorded.span, generated.span)
    var (squares, energy, logarithms) = (0.0, 0.0, 0.0)
    // A sum of logarithms is the logarithm of a product, and that is one multiplication a bin. A
    // level is between 10⁻³ and 10³⁹, so that the product has room for one more beyond 10²⁰⁰.
    var product = 1.0
    for i in 0..<generated.count {
      let wanted = floor + scale * Double(recorded[unchecked: i])
      let level = floor + scale * Double(generated[unchecked: i])
      squares += (level - wanted) * (level - wanted)
      energy += wanted * wanted
      product *= level > wanted ? level / wanted : wanted / level
      if product > 1e200 {
        logarithms += log(product)
        product = 1
      }
    }
    return Sums(
      distance: squares.squareRoot(), size: energy.squareRoot(),
      logarithms: logarithms + log(product))
  }

  /// What each bin of y's spectra is multiplied by to give the gradient by its real and imaginary
  /// parts, in place of the magnitudes of y.
  ///
  ///     ∂L/∂Y = scale / |Y| · ((Y − X) / (‖Y − X‖·‖X‖) + sign(Y − X) / (n·Y)) · Y
  ///
  /// with levels for Y and X inside the brackets, and n bins. The direction of a complex number is
  /// Y/|Y|; 0 has none, and its factor is 0.
  private static func replaceByFactors(
    _ generated: inout [Float], recorded: [Float], scale: Float, sums: Sums
  ) {
    let floor = Float(ReconstructionLoss.floor)
    let convergence = sums.distance > 0 ? Float(1 / (sums.distance * sums.size)) : 0
    let share = 1 / Float(generated.count)
    let recorded = recorded.span
    var generated = generated.mutableSpan
    for i in 0..<recorded.count {
      let magnitude = generated[unchecked: i]
      let difference = scale * (magnitude - recorded[unchecked: i])
      let sign: Float = difference > 0 ? share : (difference < 0 ? -share : 0)
      let slope = convergence * difference + sign / (floor + scale * magnitude)
      generated[unchecked: i] = magnitude > 0 ? scale * slope / magnitude : 0
    }
  }
}
