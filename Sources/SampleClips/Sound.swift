import Foundation

/// A mono sound at 16 kHz, and the few operations that drums are made of.
///
/// Everything is computed in double precision with the system's `sin`, `exp` and `tanh`. Two versions
/// of a C library may differ there in the last bit, 10⁻¹⁶; a sample of 16 bits is 10¹¹ times as
/// coarse, so that the files are the same.
struct Sound {
  static let sampleRate = 16_000.0

  var samples: [Double]

  /// A sound whose sample at time t, in seconds, is `value(t)`.
  init(seconds: Double, value: (Double) -> Double) {
    let count = Int((seconds * Self.sampleRate).rounded())
    samples = (0..<count).map { value(Double($0) / Self.sampleRate) }
  }

  /// Multiplies each sample by `gain(t)`, t in seconds.
  func shaped(by gain: (Double) -> Double) -> Sound {
    var result = self
    for n in samples.indices { result.samples[n] *= gain(Double(n) / Self.sampleRate) }
    return result
  }

  /// Applies `transform` to the samples in their order.
  func mapped(_ transform: (Double) -> Double) -> Sound {
    var result = self
    for n in samples.indices { result.samples[n] = transform(samples[n]) }
    return result
  }

  /// Starts later.
  func delayed(by seconds: Double) -> Sound {
    var result = self
    result.samples.insert(
      contentsOf: repeatElement(0, count: Int((seconds * Self.sampleRate).rounded())), at: 0)
    return result
  }

  /// Mixes two sounds; the result is as long as the longer one.
  static func + (a: Sound, b: Sound) -> Sound {
    var longer = a.samples.count >= b.samples.count ? a : b
    let shorter = a.samples.count >= b.samples.count ? b : a
    for n in shorter.samples.indices { longer.samples[n] += shorter.samples[n] }
    return longer
  }

  static func * (gain: Double, sound: Sound) -> Sound { sound.mapped { gain * $0 } }
}
