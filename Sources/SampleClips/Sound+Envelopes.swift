import Foundation

/// How loudness goes over time.
extension Sound {
  /// Dies away exponentially: −60 dB after `seconds`.
  func decaying(over seconds: Double) -> Sound {
    shaped { t in pow(10, -3 * t / seconds) }
  }

  /// Swells from nothing to full within `seconds`, along a half cosine.
  func swelling(over seconds: Double) -> Sound {
    shaped { t in t < seconds ? (1 - cos(.pi * t / seconds)) / 2 : 1 }
  }

  /// Drives the sound into a soft limit; larger is rougher, and 1 is nearly clean.
  func saturated(by drive: Double) -> Sound {
    mapped { tanh(drive * $0) / tanh(drive) }
  }

  /// Makes a clip of it: no DC, silent at its very end, and with the given peak.
  ///
  /// The last fifth fades along a half cosine f. A mean m that is left by then goes by taking away
  /// a multiple of f itself, which is silent at the end, too.
  func finished(peakDecibels: Double) -> Sound {
    let centered = highPassed(atHz: 20)
    let end = Double(samples.count - 1) / Self.sampleRate
    let fade = mapped { _ in 1 }.shaped { t in
      let left = (end - t) / (0.2 * end)
      return left < 1 ? (1 - cos(.pi * left)) / 2 : 1
    }
    var faded = centered
    for n in samples.indices { faded.samples[n] *= fade.samples[n] }
    let mean = faded.samples.reduce(0, +) / fade.samples.reduce(0, +)
    let level = faded + -mean * fade
    let peak = level.samples.reduce(0) { max($0, abs($1)) }
    return pow(10, peakDecibels / 20) / peak * level
  }
}
