import WaveGAN

/// What a reader of a score needs to know beside its figures.
struct ScoreRemarks {
  let score: ListeningTestScore

  /// Sentences, the gravest first.
  var sentences: [String] {
    [fewListeners, keptEveryone, unfinished, headphones, oneClip].compactMap(\.self)
  }

  private var fewListeners: String? {
    let count = score.countedListeners
    guard count < 6 else { return nil }
    return
      "With \(count.counted("listener")) no comparison of listeners can reach p < 0.05: it takes "
      + "6, and for several comparisons more."
  }

  private var keptEveryone: String? {
    let broken = Set(score.exclusions.filter { $0.rule != .empty }.map(\.listener)).count
    guard score.keepsEveryone, broken > 0 else { return nil }
    return "\(broken.counted("listener")) count here whom the rules of the standards exclude."
  }

  private var unfinished: String? {
    let count = score.listeners.count { $0.isCounted && $0.isFinished == false }
    guard count > 0 else { return nil }
    return "Of those who count, \(count.grouped) did not finish."
  }

  private var headphones: String? {
    let count = score.listeners.count { $0.isCounted && $0.passedHeadphoneCheck == false }
    guard count > 0 else { return nil }
    return "Of those who count, \(count.grouped) failed the check for headphones."
  }

  private var oneClip: String? {
    let isOne = score.ratings.contains { $0.conditions.contains { $0.clips == 1 } }
    guard isOne else { return nil }
    return "Where a condition has one clip, nothing can be said of its other clips."
  }
}
