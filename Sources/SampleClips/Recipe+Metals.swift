/// Struck metal: clusters of square waves, of which a filter keeps the upper or the middle part.
extension Recipe {
  /// The top of a metal cluster with some hiss, stopped at once.
  static let closedHat = Recipe(
    name: "closed-hat", durationSeconds: 0.06...0.13, pitchHz: 290...430,
    brightnessHz: 5_000...6_400
  ) { stroke in
    hat(&stroke).decaying(over: stroke.seconds * stroke.draw(in: 0.55...0.8))
  }

  /// The same pair of cymbals, left to ring: the cluster lies lower and outlasts the clip.
  static let openHat = Recipe(
    name: "open-hat", durationSeconds: 0.32...0.6, pitchHz: 260...400, brightnessHz: 3_600...4_800
  ) { stroke in
    let tip = stroke.noise(seconds: 0.04).highPassed(atHz: 5_000).decaying(over: 0.03)
    let ring = hat(&stroke).decaying(over: stroke.seconds * stroke.draw(in: 1.3...2.2))
    return ring + stroke.draw(in: 0.2...0.8) * tip
  }

  /// Cluster and hiss above the brightness, by two second-order high-pass filters.
  private static func hat(_ stroke: inout Stroke) -> Sound {
    let hiss = stroke.draw(in: 0.6...1.6)
    let cluster = Sound.metal(hz: stroke.pitch, seconds: stroke.seconds, random: &stroke.random)
    return (cluster + hiss * stroke.noise(seconds: stroke.seconds))
      .highPassed(atHz: stroke.brightness)
      .highPassed(atHz: stroke.brightness, q: 1.2)
  }

  /// Two squares about a fifth apart in a band around their upper harmonics: a hard stroke of
  /// a hundredth of a second, then a ring.
  static let cowbell = Recipe(
    name: "cowbell", durationSeconds: 0.22...0.45, pitchHz: 470...660, brightnessHz: 1_200...2_600
  ) { stroke in
    let ratio = stroke.draw(in: 1.44...1.52)
    let pair = [1, ratio].map { ratio in
      Sound.square(
        hz: ratio * stroke.pitch, phase: stroke.draw(in: 0...1), seconds: stroke.seconds)
    }.reduce(Sound(seconds: stroke.seconds) { _ in 0 }, +)
    let band = pair.bandPassed(atHz: stroke.brightness, q: stroke.draw(in: 0.7...1.4))
      .highPassed(atHz: 400)
    let ring = band.decaying(over: stroke.seconds * stroke.draw(in: 0.9...1.2))
    return band.decaying(over: 0.05) + stroke.draw(in: 0.4...0.8) * ring
  }
}
