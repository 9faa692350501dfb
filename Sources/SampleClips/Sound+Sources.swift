import Foundation

/// Where sound comes from: tones and noise.
extension Sound {
  /// A sine that starts higher and falls to `hz`, as a struck skin does.
  ///
  ///     f(t) = hz · (1 + rise · e^(−t/τ)),  τ = fallSeconds
  static func fallingSine(
    hz: Double, rise: Double, fallSeconds: Double, seconds: Double
  ) -> Sound {
    Sound(seconds: seconds) { t in
      sin(2 * .pi * hz * (t + rise * fallSeconds * (1 - exp(-t / fallSeconds))))
    }
  }

  static func sine(hz: Double, seconds: Double) -> Sound {
    Sound(seconds: seconds) { t in sin(2 * .pi * hz * t) }
  }

  /// A square wave of the odd harmonics under 7.8 kHz, so that nothing is mirrored at 8 kHz.
  ///
  ///     x(t) = Σ_{k odd} sin(2π·k·(hz·t + phase)) / k,  phase in turns
  static func square(hz: Double, phase: Double, seconds: Double) -> Sound {
    let harmonics = stride(from: 1, to: 7_800 / hz, by: 2)
    return Sound(seconds: seconds) { t in
      harmonics.reduce(0) { $0 + sin(2 * .pi * $1 * (hz * t + phase)) / $1 }
    }
  }

  /// Six square waves that share no harmonics: struck metal, as in analogue drum machines.
  static func metal(hz: Double, seconds: Double, random: inout SplitMix64) -> Sound {
    [1, 1.483, 1.800, 2.546, 2.630, 3.897].map { ratio in
      let detune = random.draw(in: 0.98...1.02)
      return square(hz: hz * ratio * detune, phase: random.draw(in: 0...1), seconds: seconds)
    }.reduce(Sound(seconds: seconds) { _ in 0 }, +)
  }

  /// White noise, evenly distributed over −1 … 1.
  static func noise(seconds: Double, random: inout SplitMix64) -> Sound {
    Sound(seconds: seconds) { _ in random.draw(in: -1...1) }
  }
}
