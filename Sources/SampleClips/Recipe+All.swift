extension Recipe {
  /// Every class, in the order in which they are made.
  static let all = [
    kick, snare, tom, closedHat, openHat, cowbell, clap, rim, shaker,
  ]

  /// Clips of each class.
  static let clipCount = 16
}
