import Foundation
package import NeuralNet

/// What is done to one clip before the discriminators judge it.
///
///     y[t] = a · (x[t − s] + c/2 · (x[t − s − d] + x[t − s + d])) + σ · n[t]
///
/// s shifts it, a sets level and polarity, and c colours it: a filter of the response 1 + c · cos(ωd), a
/// tilt where d is 1 and broad ripples where it is more. n is noise of deviation 1 and triangular density.
/// Samples outside the clip count as zero.
///
/// Recorded and generated clips are changed alike, so that a discriminator has more to learn than a few
/// recordings by heart, and the generator learns through the change: the noise aside it is linear, and
/// as the filter is symmetric, its transpose is itself with the opposite shift.
///
/// Source: Zhao, Liu, Lin, Zhu & Han, "Differentiable augmentation for data-efficient GAN training", 2020;
/// that each kind of change comes with some probability: Karras et al., "Training generative adversarial
/// networks with limited data", 2020. The kinds and sizes are this program's, for sound.
package struct ClipChange: Sendable {
  /// s, in samples; later where it is positive.
  package var shift = 0

  /// a; negative where the polarity is turned.
  package var gain: Float = 1

  /// c, −1 … 1.
  package var colour: Float = 0

  /// d, in samples.
  package var reach = 1

  /// σ, the root mean square of the noise; full scale is 1.
  package var noiseLevel: Float = 0

  /// What the noise is made of.
  package var noise: RandomStream

  /// The largest shift either way, as a part of the window.
  package static let largestShift: Float = 0.05

  /// The largest gain and loss, in dB.
  package static let largestGainDecibels: Float = 6

  /// The largest |c|: 3.5 dB up and 6 dB down.
  package static let largestColour: Float = 0.5

  /// The largest d: half a millisecond at 16 kHz, too short for an echo.
  package static let largestReach = 8

  /// The noise, in dBFS; each level as often as any other.
  package static let noiseDecibels: ClosedRange<Float> = -80 ... -40

  /// A change that changes nothing.
  package init(noise: RandomStream) { self.noise = noise }

  /// Draws a change: each kind with the probability of the settings, and dither always.
  ///
  /// - Parameters:
  ///   - settings: what is drawn from, and the window.
  ///   - stream: the random numbers of this clip.
  package init(settings: TrainingSettings, from stream: RandomStream) {
    noise = stream
    let objective = settings.objective
    let probability = Float(objective.augmentation)
    // A number from −1 to 1 where a kind is chosen.
    func draw(_ stream: inout RandomStream) -> Float? {
      let isChosen = stream.nextUniform() < probability
      let place = 2 * stream.nextUniform() - 1
      return isChosen ? place : nil
    }
    if let place = draw(&noise) {
      shift = Int((place * Self.largestShift * Float(settings.data.windowLength)).rounded())
    }
    if let place = draw(&noise) { gain = amplitude(decibels: place * Self.largestGainDecibels) }
    // Half of the clips keep their polarity even where all are changed: neither is the right one.
    if let place = draw(&noise), place < 0 { gain = -gain }
    if let place = draw(&noise) { colour = place * Self.largestColour }
    reach = 1 + noise.nextInteger(below: Self.largestReach)
    if let place = draw(&noise) {
      let (quietest, loudest) = (Self.noiseDecibels.lowerBound, Self.noiseDecibels.upperBound)
      noiseLevel = amplitude(decibels: quietest + (place + 1) / 2 * (loudest - quietest))
    }
    if objective.ditherDecibels < 0 {
      // Powers of noises add up.
      let dither = amplitude(decibels: Float(objective.ditherDecibels))
      noiseLevel = (noiseLevel * noiseLevel + dither * dither).squareRoot()
    }
  }
}

private func amplitude(decibels: Float) -> Float { pow(10, decibels / 20) }
