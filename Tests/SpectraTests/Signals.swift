import Foundation

/// Signals that the tests are made on; all are functions of their arguments alone.
enum Signals {
  /// Uniform noise in −1 ..< 1 from a linear congruential generator, exact in any language.
  static func noise(count: Int, seed: UInt32 = 12_345) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Double(state) / 2_147_483_648 - 1
    }
  }

  static func noiseSamples(count: Int, seed: UInt32 = 12_345) -> [Float] {
    noise(count: count, seed: seed).map { Float($0) }
  }

  static func sine(hz: Double, sampleRate: Int, count: Int, amplitude: Double = 1) -> [Float] {
    (0..<count).map { Float(amplitude * sin(2 * .pi * hz * Double($0) / Double(sampleRate))) }
  }

  /// The signal of `Tests/Golden/spectra_golden.py`: a falling tone with an octave, over noise.
  static func golden(sampleRate: Int, count: Int) -> [Float] {
    let noise = noise(count: count)
    return (0..<count).map { n in
      let t = Double(n) / Double(sampleRate)
      let tone =
        sin(2 * .pi * (900 * t - 400 * t * t)) + 0.3 * sin(2 * .pi * 1_800 * t)
      return Float(0.6 * tone * exp(-6 * t) + 0.01 * noise[n])
    }
  }
}

/// √(Σ (a − b)² / Σ b²): the error of `a` as a part of `b`.
func relativeError(_ a: [some BinaryFloatingPoint], _ b: [Double]) -> Double {
  precondition(a.count == b.count)
  let error = zip(a, b).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
  return (error / b.reduce(0) { $0 + $1 * $1 }).squareRoot()
}

/// Σ a · b in Double.
func dot<Number: BinaryFloatingPoint>(_ a: [Number], _ b: [Number]) -> Double {
  zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}
