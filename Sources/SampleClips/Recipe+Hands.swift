/// Wood, hands and seeds: short bands of noise, once or many times.
extension Recipe {
  /// A stick across the rim: two wooden modes in the ratio 1 : 0.47, over within some hundredths of
  /// a second, and a tick.
  static let rim = Recipe(
    name: "rim", durationSeconds: 0.06...0.12, pitchHz: 1_350...2_150, brightnessHz: 2_500...6_000
  ) { stroke in
    let ringSeconds = stroke.seconds * stroke.draw(in: 0.35...0.6)
    let high = Sound.sine(hz: stroke.pitch, seconds: stroke.seconds).decaying(over: ringSeconds)
    let low = Sound.sine(hz: 0.47 * stroke.pitch, seconds: stroke.seconds)
      .decaying(over: 1.3 * ringSeconds)
    let tick = stroke.noise(seconds: 0.02)
      .bandPassed(atHz: stroke.brightness, q: 0.7)
      .decaying(over: stroke.draw(in: 0.006...0.014))
    return (high + stroke.draw(in: 0.4...0.8) * low + stroke.draw(in: 0.6...1.5) * tick)
      .saturated(by: stroke.draw(in: 1...2))
  }

  /// Several hands that almost meet: three to five bursts about a hundredth of a second apart, the
  /// last one with the echo of the room. The pitch is the resonance of the hollow hands.
  static let clap = Recipe(
    name: "clap", durationSeconds: 0.2...0.4, pitchHz: 900...1_500, brightnessHz: 2_000...3_200
  ) { stroke in
    let sharpness = stroke.draw(in: 1.5...3)
    func hands(_ stroke: inout Stroke, seconds: Double) -> Sound {
      let noise = stroke.noise(seconds: seconds)
      return noise.bandPassed(atHz: stroke.pitch, q: sharpness)
        + 0.25 * noise.bandPassed(atHz: stroke.brightness, q: 1.5)
    }
    let bursts = Int(stroke.draw(in: 2...4.999))
    var start = 0.0
    var sound = Sound(seconds: stroke.seconds) { _ in 0 }
    for _ in 0..<bursts {
      let burst = hands(&stroke, seconds: 0.015).decaying(over: stroke.draw(in: 0.02...0.04))
      sound = sound + stroke.draw(in: 0.7...1) * burst.delayed(by: start)
      start += stroke.draw(in: 0.008...0.014)
    }
    let room =
      stroke.draw(in: 0.5...0.9)
      * hands(&stroke, seconds: stroke.seconds - start)
      .decaying(over: stroke.seconds * stroke.draw(in: 0.7...1))
    // Hands have neither the body of a snare drum nor the sizzle of its wires.
    return (sound + room.delayed(by: start)).highPassed(atHz: 500).lowPassed(atHz: 4_500)
  }

  /// Seeds thrown against the wall of a gourd and back: two swells of a narrow hiss, the second one
  /// weaker, grained by the single seeds. The pitch is how many grains a second there are.
  static let shaker = Recipe(
    name: "shaker", durationSeconds: 0.12...0.26, pitchHz: 150...500, brightnessHz: 3_800...5_200
  ) { stroke in
    func seeds(_ stroke: inout Stroke, seconds: Double) -> Sound {
      var (gain, left) = (1.0, 0.0)
      return stroke.noise(seconds: seconds).mapped { x in
        left -= 1 / Sound.sampleRate
        if left < 0 {
          gain = stroke.draw(in: 0.2...1)
          left = stroke.draw(in: 0.5...1.5) / stroke.pitch
        }
        return x * gain
      }
      .swelling(over: 0.4 * seconds)
      .decaying(over: stroke.draw(in: 1.2...2) * seconds)
    }
    let turn = stroke.seconds * stroke.draw(in: 0.4...0.6)
    let forth = seeds(&stroke, seconds: turn)
    let back = stroke.draw(in: 0.15...0.6) * seeds(&stroke, seconds: stroke.seconds - turn)
    return (forth + back.delayed(by: turn))
      .bandPassed(atHz: stroke.brightness, q: stroke.draw(in: 2...3.5))
      .highPassed(atHz: 0.7 * stroke.brightness)
      .lowPassed(atHz: 1.3 * stroke.brightness)
  }
}
