import AudioFiles
import Foundation
import NeuralNet

/// Sounds that the tool makes itself.
enum MadeSound {
  private static let rate = StimulusSound.sampleRate

  /// Sines, each with its own amplitude on either side, with ends faded by 20 ms.
  private static func tone(
    hertz: Double, left: Double, right: Double, seconds: Double
  ) -> [Float] {
    let count = Int(seconds * Double(rate))
    return (0..<count).flatMap { t -> [Float] in
      let edge = min(1, Double(min(t, count - 1 - t)) / (0.02 * Double(rate)))
      let x = sin(2 * .pi * hertz * Double(t) / Double(rate)) * edge
      return [Float(left * x), Float(right * x)]
    }
  }

  private static func stereo(_ samples: [Float]) -> AudioClip {
    AudioClip(samples: samples, channelCount: 2, sampleRate: rate)
  }

  /// As many beeps as a listener is to answer with.
  static func beeps(_ count: Int) -> AudioClip {
    let beep = tone(hertz: 800, left: 0.25, right: 0.25, seconds: 0.12)
    let pause = [Float](repeating: 0, count: 2 * rate / 5)
    return stereo((0..<count).flatMap { _ in beep + pause })
  }

  /// The tones of a check for headphones: plain, softer by 6 dB, and with its sides in antiphase.
  static var headphoneTones: (plain: AudioClip, soft: AudioClip, antiphase: AudioClip) {
    func clip(_ left: Double, _ right: Double) -> AudioClip {
      stereo(tone(hertz: 200, left: left, right: right, seconds: 1))
    }
    return (clip(0.2, 0.2), clip(0.1, 0.1), clip(0.2, -0.2))
  }

  /// Noise to set the level by: bursts with as much in each octave (Paul Kellet's filter).
  static func level(seed: UInt64) -> AudioClip {
    var random = RandomStream(seed: seed, purpose: .listening, step: 4)
    var (b0, b1, b2): (Float, Float, Float) = (0, 0, 0)
    let burst = rate / 2
    return stereo(
      (0..<4 * rate).flatMap { t -> [Float] in
        let white = 2 * random.nextUniform() - 1
        b0 = 0.99765 * b0 + white * 0.0990460
        b1 = 0.96300 * b1 + white * 0.2965164
        b2 = 0.57000 * b2 + white * 1.0526913
        let place = t % rate
        let edge = max(0, min(1, Float(min(place, burst - place)) / Float(rate / 50)))
        let x = 0.05 * edge * (b0 + b1 + b2 + white * 0.1848)
        return [x, x]
      })
  }

  /// A clip that is plainly spoilt: reduced to its signs, with holes, over a hum.
  static func spoilt(_ clip: AudioClip) -> AudioClip {
    var result = clip
    let level = max(0.05, 0.5 * clip.peak)
    let frames = clip.frameCount
    for t in 0..<frames {
      let time = Double(t) / Double(clip.sampleRate)
      let isHole = (time * 12).truncatingRemainder(dividingBy: 1) > 0.5
      let hum = Float(sin(2 * .pi * 110 * time) >= 0 ? 0.4 : -0.4) * level
      for channel in 0..<clip.channelCount {
        let place = t * clip.channelCount + channel
        let x = clip.samples[place]
        let sign: Float = abs(x) < 0.02 * clip.peak ? 0 : x > 0 ? level : -level
        result.samples[place] = (isHole ? 0 : sign) + hum
      }
    }
    return result
  }
}
