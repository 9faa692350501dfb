import AudioFiles
import WaveGAN

/// What a reader of a score needs to know beside its figures.
struct ScoreRemarks {
  let score: ListeningTestScore
  /// What was found while answers were read.
  let ofAnswers: [String]

  /// Sentences, the gravest first.
  var sentences: [String] {
    [fewListeners, keptEveryone, constant].compactMap(\.self) + ofAnswers
      + [unfinished, headphones, oneClip].compactMap(\.self)
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

  private var constant: String? {
    let same =
      score.ratings.flatMap { rating in
        rating.conditions.filter { $0.tInterval?.hasWidth == false }.map {
          "\($0.condition) (\(rating.question))"
        }
          + rating.comparisons.filter { $0.tInterval?.hasWidth == false }.map {
            "\($0.first) less \($0.second) (\(rating.question))"
          }
      }
      + score.choices.filter { $0.basis == .listeners && $0.tInterval?.hasWidth == false }.map {
        "\($0.first) against \($0.second)"
      }
    guard !same.isEmpty else { return nil }
    return "Nothing varied from listener to listener in "
      + "\(same.map(\.escapedForDisplay).joined(separator: ", ")): its intervals have no width, and "
      + "tell nothing of other listeners."
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
