/// Struck skins: a tone that falls as the skin relaxes, and the noise of the blow.
extension Recipe {
  /// A deep sine that falls by about two octaves within a few hundredths of a second, pushed
  /// into saturation, under the click of the beater.
  static let kick = Recipe(
    name: "kick", durationSeconds: 0.25...0.55, pitchHz: 40...70, brightnessHz: 500...5_000
  ) { stroke in
    let body = Sound.fallingSine(
      hz: stroke.pitch, rise: stroke.draw(in: 2...4.5), fallSeconds: stroke.draw(in: 0.018...0.04),
      seconds: stroke.seconds
    )
    .decaying(over: stroke.seconds * stroke.draw(in: 1.1...1.7))
    .saturated(by: stroke.draw(in: 1...3))
    let click = stroke.noise(seconds: 0.03)
      .lowPassed(atHz: stroke.brightness)
      .decaying(over: stroke.draw(in: 0.008...0.03))
    return body + stroke.draw(in: 0.05...0.7) * click
  }

  /// Two modes of a round membrane, in the ratio 1.59 : 1, that fall a little; the higher one dies
  /// first. Over them the slap of the stick.
  static let tom = Recipe(
    name: "tom", durationSeconds: 0.3...0.6, pitchHz: 95...230, brightnessHz: 900...2_800
  ) { stroke in
    let rise = stroke.draw(in: 0.25...0.6)
    let fall = stroke.draw(in: 0.03...0.08)
    let low = Sound.fallingSine(
      hz: stroke.pitch, rise: rise, fallSeconds: fall, seconds: stroke.seconds
    ).decaying(over: stroke.seconds * 1.3)
    let high = Sound.fallingSine(
      hz: 1.59 * stroke.pitch, rise: rise, fallSeconds: fall, seconds: stroke.seconds
    ).decaying(over: stroke.seconds * stroke.draw(in: 0.5...0.9))
    let slap = stroke.noise(seconds: 0.15)
      .bandPassed(atHz: stroke.brightness, q: 0.8)
      .decaying(over: stroke.draw(in: 0.06...0.14))
    return low + stroke.draw(in: 0.3...0.6) * high + stroke.draw(in: 0.4...1) * slap
  }

  /// Three modes of the shell, gone within a tenth of a second, and the longer rattle of the wires:
  /// noise from about 1 kHz up to the brightness.
  static let snare = Recipe(
    name: "snare", durationSeconds: 0.2...0.4, pitchHz: 160...260, brightnessHz: 3_500...6_800
  ) { stroke in
    let ringSeconds = stroke.draw(in: 0.12...0.22)
    let shell = [(1, 1), (1.59, 0.6), (2.14, 0.3)].map { ratio, gain in
      gain
        * Sound.fallingSine(
          hz: ratio * stroke.pitch, rise: 0.3, fallSeconds: 0.012, seconds: stroke.seconds
        ).decaying(over: ringSeconds / ratio.squareRoot())
    }.reduce(Sound(seconds: stroke.seconds) { _ in 0 }, +)
    let wires = stroke.noise(seconds: stroke.seconds)
      .highPassed(atHz: stroke.draw(in: 700...1_300))
      .lowPassed(atHz: stroke.brightness)
      .swelling(over: 0.002)
      .decaying(over: stroke.seconds * 1.1)
    return shell + stroke.draw(in: 0.5...1.1) * wires
  }
}
