import AudioFiles
import Foundation

/// How to make one class of drum sounds: what varies, within which limits, and the synthesis.
struct Recipe: Sendable {
  /// Name of the class, of its folder, and the beginning of its files' names.
  let name: String

  /// Length of a clip.
  let durationSeconds: ClosedRange<Double>

  /// The fundamental, or what the ear takes for it.
  let pitchHz: ClosedRange<Double>

  /// Where the bright part of the sound lies: the corner or the middle of its filter.
  let brightnessHz: ClosedRange<Double>

  /// Makes the sound of one stroke; level, fade and DC are seen to afterwards.
  let synthesize: @Sendable (inout Stroke) -> Sound

  /// Makes clip number `index`, from 0.
  func clip(_ index: Int) -> Sound {
    var stroke = Stroke(recipe: self, index: index)
    let sound = synthesize(&stroke)
    // Recordings differ in level; these do, too, by up to 3 dB.
    return sound.finished(peakDecibels: stroke.draw(in: -4 ... -1))
  }

  /// Name of clip number `index`, from 0: `kick-01` is the first.
  func clipName(_ index: Int) -> String {
    "\(name)-\((index + 1).zeroPadded(to: 2))"
  }
}

/// The values that one clip has within the limits of its recipe, and its own random numbers.
struct Stroke {
  let seconds: Double
  let pitch: Double
  let brightness: Double
  var random: SplitMix64

  /// Places clip number `index` within the limits of `recipe`, evenly on a scale of ratios.
  ///
  /// The three values walk through the R₃ sequence, which covers a cube evenly however many points
  /// there are: no two clips are close in all three. Source: Martin Roberts, "The unreasonable
  /// effectiveness of quasirandom sequences", 2018; g is the root of g⁴ = g + 1.
  init(recipe: Recipe, index: Int) {
    func place(_ limits: ClosedRange<Double>, axis: Double) -> Double {
      let g = 1.2207440846057596
      let position = (0.5 + Double(index) * pow(g, -axis)).truncatingRemainder(dividingBy: 1)
      return limits.lowerBound * pow(limits.upperBound / limits.lowerBound, position)
    }
    seconds = place(recipe.durationSeconds, axis: 1)
    pitch = place(recipe.pitchHz, axis: 2)
    brightness = place(recipe.brightnessHz, axis: 3)
    random = SplitMix64(name: recipe.clipName(index))
  }

  /// Draws whatever else varies.
  mutating func draw(in range: ClosedRange<Double>) -> Double { random.draw(in: range) }

  /// White noise from this stroke's own random numbers.
  mutating func noise(seconds: Double) -> Sound {
    .noise(seconds: seconds, random: &random)
  }
}
