import WaveGAN

extension ListenerPlan {
  /// A plan before anybody has listened, from a deviation that is usual: listeners' mean differences
  /// between two conditions vary by about 0.6 of a step of five, and 12 of 100; choices vary by chance,
  /// and by 0.1 besides. A first score tells better.
  init(difference: Double, before settings: TestSettings) {
    let count = settings.conditions.count
    let (deviation, comparisons): (Double, Int) =
      switch settings.design {
      case .mos, .identify: (0.6, max(1, count * (count - 1) / 2))
      case .multi, .mushra: (12, max(1, count * (count - 1) / 2))
      case .ab, .abx: (Self.choiceDeviation(settings), max(1, count * (count - 1) / 2))
      case .realOrFake: (Self.choiceDeviation(settings), max(1, count - 1))
      }
    self.init(difference: difference, deviation: deviation, comparisons: comparisons)
  }

  /// Of a listener's part of choices: √(¼ / n + 0.1²).
  private static func choiceDeviation(_ settings: TestSettings) -> Double {
    (0.25 / Double(settings.count) + 0.01).squareRoot()
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
