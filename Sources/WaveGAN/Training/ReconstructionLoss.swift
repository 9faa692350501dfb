import Foundation
package import NeuralNet
import Spectra

/// How far generated clips are from the recordings that they should be: the distance of their
/// short-time spectra at several resolutions.
///
///     L = mean over lengths N of  ‖Y − X‖ / ‖X‖  +  mean |ln Y − ln X|
///     X[t, k] = ε + |STFT(x)[t, k]| · 2 / Σₙ w[n]
///
/// x is the recording, y the generated clip, Y as X. The first term, spectral convergence, is about
/// what is loud; the second about the shape of everything louder than ε. Phases count for nothing, so
/// a clip need not match sample for sample, which no generator from few numbers could. Several lengths
/// keep it from being exact in frequency and vague in time, or the reverse.
///
/// Channels count as clips. Sources: Arık et al. 2019 (both terms), Yamamoto et al. 2020, equations
/// 3–6 (several lengths).
package struct ReconstructionLoss: Sendable {
  /// Samples in a frame, N, for each resolution; frames are N/4 apart.
  package static let fftLengths = [128, 256, 512, 1_024]

  /// ε, as a part of a full-scale sine: 60 dB under it. The slope of the logarithm is 1/ε where there
  /// is silence; a lower floor lets the silence after a sound outweigh the sound.
  package static let floor = 1e-3

  private let transforms: [ShortTimeFourierTransform]

  /// Plans the transforms.
  package init() {
    transforms = Self.fftLengths.map {
      ShortTimeFourierTransform(fftLength: $0, hopLength: $0 / 4)
    }
  }

  /// Measures a batch.
  ///
  /// - Parameters:
  ///   - generated: y, `[B, T, C]`.
  ///   - recorded: x, likewise.
  ///   - gradient: receives ∂L/∂y, likewise.
  /// - Returns: L, the mean over clips and channels.
  /// - Precondition: the shapes are equal; checked in every build.
  package func measure(
    _ generated: Tensor, against recorded: Tensor, gradient: Tensor, team: ThreadTeam
  ) -> Double {
    precondition(
      generated.shape == recorded.shape && generated.shape == gradient.shape,
      "\(generated.shape), \(recorded.shape) and \(gradient.shape) are not alike")
    let (length, channelCount) = (generated.shape[1], generated.shape[2])
    let count = generated.shape[0] * channelCount
    // Each item writes its own channel of its own clip.
    let losses = team.map(count) { item in
      let (clip, channel) = item.quotientAndRemainder(dividingBy: channelCount)
      let places = (0..<length).map { (clip * length + $0) * channelCount + channel }
      let (loss, slopes) = measure(
        places.map { generated.pointer[$0] }, against: places.map { recorded.pointer[$0] })
      for (place, slope) in zip(places, slopes) {
        gradient.pointer[place] = slope / Float(count)
      }
      return loss
    }
    return losses.reduce(0, +) / Double(count)
  }

  /// Measures one channel of one clip.
  ///
  /// - Parameters:
  ///   - generated: y, `[T]`.
  ///   - recorded: x, `[T]`.
  /// - Returns: L and ∂L/∂y, `[T]`.
  package func measure(
    _ generated: [Float], against recorded: [Float]
  ) -> (loss: Double, gradient: [Float]) {
    var loss = 0.0
    var gradient = [Float](repeating: 0, count: generated.count)
    for transform in transforms {
      let part = Self.measure(
        transform.forward(generated), against: transform.forward(recorded),
        scale: Double(transform.amplitudeScale))
      loss += part.loss / Double(transforms.count)
      let slopes = transform.adjoint(part.gradient, sampleCount: generated.count)
      for n in gradient.indices { gradient[n] += slopes[n] / Float(transforms.count) }
    }
    return (loss, gradient)
  }

  /// Measures one resolution; the gradient is by real and imaginary parts of y's spectra.
  private static func measure(
    _ generated: ComplexSpectrogram, against recorded: ComplexSpectrogram, scale: Double
  ) -> (loss: Double, gradient: ComplexSpectrogram) {
    let magnitudes = Self.magnitudes(of: generated)
    let levels = magnitudes.map { floor + scale * $0 }
    let wanted = Self.magnitudes(of: recorded).map { floor + scale * $0 }
    var (squares, energy, logarithms) = (0.0, 0.0, 0.0)
    for i in levels.indices {
      squares += (levels[i] - wanted[i]) * (levels[i] - wanted[i])
      energy += wanted[i] * wanted[i]
      logarithms += abs(log(levels[i] / wanted[i]))
    }
    let (distance, size) = (squares.squareRoot(), energy.squareRoot())
    let count = Double(levels.count)

    var gradient = generated
    for i in levels.indices {
      let difference = levels[i] - wanted[i]
      var slope = difference == 0 ? 0 : (difference > 0 ? 1 : -1) / (count * levels[i])
      if distance > 0 { slope += difference / (distance * size) }
      // ∂|Y|/∂Y = Y/|Y|; at 0, which has no direction, nothing.
      let factor = magnitudes[i] > 0 ? slope * scale / magnitudes[i] : 0
      gradient.real[i] = Float(factor * Double(generated.real[i]))
      gradient.imaginary[i] = Float(factor * Double(generated.imaginary[i]))
    }
    return (distance / size + logarithms / count, gradient)
  }

  private static func magnitudes(of spectra: ComplexSpectrogram) -> [Double] {
    spectra.real.indices.map {
      let (real, imaginary) = (Double(spectra.real[$0]), Double(spectra.imaginary[$0]))
      return (real * real + imaginary * imaginary).squareRoot()
    }
  }
}
