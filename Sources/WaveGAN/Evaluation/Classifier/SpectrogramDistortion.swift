package import NeuralNet

/// A change of a log-mel spectrogram that leaves what it is a recording of: what a classifier learns
/// to overlook.
///
/// Each clip of each batch gets another one, so that no clip is heard twice alike:
///
/// | change | drawn from |
/// | --- | --- |
/// | louder or softer | ±6 dB |
/// | a noise floor | 40 to 80 dB below a full-scale sine, ±4 dB in each place |
/// | faster or slower | by up to 15 % |
/// | later or earlier | by up to a sixteenth of the window |
/// | higher or lower | by up to 2 bands |
/// | a hole in frequency | up to an eighth of the bands |
/// | a hole in time | up to an eighth of the frames |
///
/// Source of the holes: Park et al. 2019 (SpecAugment), section 2.
package struct SpectrogramDistortion {
  /// Added to each level, in dB.
  package var gain: Float = 0
  /// No level is below it, but for its fluctuation; in dB of a full-scale sine.
  package var noiseLevel: Float = -.infinity
  /// By how much the noise differs from place to place, from lowest to highest, in dB.
  package var noiseRange: Float = 0
  /// Frames of the original for one frame.
  package var speed: Float = 1
  /// Frames of silence before the first; negative: frames that are left out.
  package var delay: Float = 0
  /// By how many bands the sound is moved down.
  package var bandShift = 0
  /// Bands that are not told.
  package var maskedBands = 0..<0
  /// Frames that are not told.
  package var maskedFrames = 0..<0

  /// Changes nothing.
  package static let none = SpectrogramDistortion()

  private init() {}

  /// Draws a change for a clip of so many frames and bands.
  package init(frameCount: Int, bandCount: Int, random: inout RandomStream) {
    func draw(_ range: ClosedRange<Float>) -> Float {
      range.lowerBound + (range.upperBound - range.lowerBound) * random.nextUniform()
    }
    func drawHole(in count: Int) -> Range<Int> {
      let length = random.nextInteger(below: count / 8 + 1)
      let first = random.nextInteger(below: count - length + 1)
      return first..<first + length
    }
    gain = draw(-6...6)
    noiseLevel = draw(EvaluationFeatures.floorDecibels ... -40)
    noiseRange = 8
    speed = draw(0.85...1.15)
    delay = draw(-1...1) * Float(frameCount) / 16
    bandShift = random.nextInteger(below: 5) - 2
    maskedBands = drawHole(in: bandCount)
    maskedFrames = drawHole(in: frameCount)
  }
}
