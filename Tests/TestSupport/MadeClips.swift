package import AudioFiles
import Foundation

/// Sounds made from a formula or a seed, the same on every machine up to rounding.
package enum MadeClips {
  /// `amplitude · sin(2π · frequency · t)` on every channel.
  package static func sine(
    frequencyHz: Double, amplitude: Double = 0.5, seconds: Double, sampleRate: Int,
    channelCount: Int = 1
  ) -> AudioClip {
    let samples = (0..<Int((seconds * Double(sampleRate)).rounded())).flatMap { t in
      let x = amplitude * sin(2 * .pi * frequencyHz * Double(t) / Double(sampleRate))
      return [Float](repeating: Float(x), count: channelCount)
    }
    return AudioClip(samples: samples, channelCount: channelCount, sampleRate: sampleRate)
  }

  /// Uniform noise within ±amplitude that decays by 60 dB over its length, like a struck drum.
  package static func noiseBurst(
    seed: UInt64, amplitude: Double = 0.5, seconds: Double, sampleRate: Int, channelCount: Int = 1
  ) -> AudioClip {
    var generator = SplitMix64(state: seed)
    let frameCount = Int((seconds * Double(sampleRate)).rounded())
    let samples = (0..<frameCount * channelCount).map { i in
      let decay = pow(10, -3 * Double(i / channelCount) / Double(frameCount))
      return Float(amplitude * decay * Double.random(in: -1...1, using: &generator))
    }
    return AudioClip(samples: samples, channelCount: channelCount, sampleRate: sampleRate)
  }
}

/// Steele, Lea and Flood's SplitMix64: a small generator that a seed decides completely.
package struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
