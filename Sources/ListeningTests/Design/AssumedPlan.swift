import WaveGAN

extension ListenerPlan {
  /// A plan before anybody has listened; a first score tells better.
  init(difference: Double, before settings: TestSettings) {
    self.init(
      assuming: settings.design, conditionCount: settings.conditions.count,
      clipCount: settings.count, difference: difference)
  }

  /// The plan as a sentence.
  func words(for settings: TestSettings) -> String {
    let comparisons = comparisons.counted("comparison")
    guard let listeners else {
      return "To see a difference of \(difference) would take more than "
        + "\(Self.listenerLimit.grouped) listeners."
    }
    return "To see a difference of \(difference) in four of five tests, with \(comparisons) and "
      + "listeners who vary by \(String(rounding: deviation)), it takes about "
      + "\(listeners.counted("listener")); orders are made for \(settings.listeners.grouped)."
  }
}

extension String {
  /// A number with two decimals at most.
  fileprivate init(rounding value: Double) { self = "\((value * 100).rounded() / 100)" }
}
