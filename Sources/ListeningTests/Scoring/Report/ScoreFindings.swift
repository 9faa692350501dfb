import AudioFiles
import Spectra
import WaveGAN

/// What a score says, in sentences.
package struct ScoreFindings: Sendable {
  private let score: ListeningTestScore

  package init(_ score: ListeningTestScore) { self.score = score }

  /// Who answered and who counts.
  package var listeners: String {
    let (all, counted) = (score.listeners.count, score.countedListeners)
    return all == counted
      ? "\(all.counted("listener")), who all count."
      : "\(all.counted("listener")), of whom \(counted.grouped) count\(counted == 1 ? "s" : "")."
  }

  /// A sentence for each exclusion.
  package var exclusions: [String] {
    score.exclusions.map { "Listener \($0.listener.escapedForDisplay): \($0.reason)" }
  }

  /// What the comparisons of a question say, those that are clear first.
  package func comparisons(of rating: RatingScore) -> [String] {
    let ordered = rating.comparisons.filter(\.isClear) + rating.comparisons.filter { !$0.isClear }
    return ordered.map { comparison in
      var (first, second) = (
        comparison.first.escapedForDisplay, comparison.second.escapedForDisplay
      )
      var interval = comparison.tInterval
      // What is rated above comes first.
      if comparison.isClear, comparison.difference < 0 {
        (first, second, interval) = (second, first, interval?.negated)
      }
      let format = ScoreFormat(rating.scale)
      let figures =
        Self.range(interval) { format.text($0, signed: true) }
        + (comparison.wilcoxonHolm.map { ", \(ScoreFormat.probability($0))" } ?? "")
      guard comparison.isClear else {
        return "\(first) and \(second) are not shown to differ: "
          + "\(format.signed(comparison.difference))\(figures)."
      }
      let verb = rating.scale == .right ? "is named rightly more often than" : "is rated above"
      return "\(first) \(verb) \(second), by \(format.size(comparison.difference))\(figures)"
        + Self.reach(comparison.listenerAndClipInterval, without: 0)
    }
  }

  /// An interval in words; nothing for none, or for one that nothing varied in.
  private static func range(_ interval: Interval?, _ text: (Interval) -> String) -> String {
    interval.map { $0.hasWidth ? " (95 %: \(text($0)))" : "" } ?? ""
  }

  /// How a clear finding ends whose interval for other clips holds what would be no difference.
  private static func reach(_ interval: Interval?, without none: Double) -> String {
    interval?.holds(none) == true ? ", for these clips; other clips may not show it." : "."
  }

  /// What a pair's choices say.
  package func choice(_ choice: ChoiceScore) -> String {
    let (first, second) = (choice.first.escapedForDisplay, choice.second.escapedForDisplay)
    switch score.design {
    case .abx:
      return
        "\(first) and \(second) are \(choice.isClear ? "" : "not shown to be ")told apart: X is "
        + "found in \(figures(of: choice))."
    case .realOrFake:
      let found = "it is called recorded in \(figures(of: choice))."
      guard choice.isClear else {
        return "\(first) is not shown to be told from \(second): \(found)"
      }
      return choice.part < 0.5
        ? "\(first) is told from \(second): \(found)"
        : "\(first) is taken for recorded more often than \(second): \(found)"
    default:
      guard choice.isClear else {
        return
          "\(first) and \(second) are not shown to be preferred to each other: the first is chosen "
          + "in \(figures(of: choice))."
      }
      let figures = figures(of: choice, reversed: choice.part < 0.5)
      return
        (choice.part > 0.5
        ? "\(first) is preferred to \(second)" : "\(second) is preferred to \(first)")
        + ": chosen in \(figures)" + Self.reach(choice.listenerAndClipInterval, without: 0.5)
    }
  }

  /// The part of a pair's choices with its interval and p; that of the second condition, if `reversed`.
  private func figures(of choice: ChoiceScore, reversed: Bool = false) -> String {
    let format = ScoreFormat(.right)
    let part = reversed ? 1 - choice.part : choice.part
    let interval = choice.interval.map {
      reversed ? Interval(low: 1 - $0.high, high: 1 - $0.low) : $0
    }
    let whole =
      choice.basis == .choices
      ? choice.judgements.grouped
      : "choices, on average over \(choice.listeners.counted("listener"))"
    return "\(format.text(part)) of \(whole)" + Self.range(interval) { format.text($0) }
      + (choice.holm.map { ", \(ScoreFormat.probability($0))" } ?? "")
  }

  /// What the names of a condition's clips say.
  package func naming(_ naming: NamingScore) -> String {
    let format = ScoreFormat(.right)
    return
      "\(naming.condition.escapedForDisplay) is named rightly in \(format.text(naming.part)) of "
      + "\(naming.judgements.grouped)" + Self.range(naming.interval) { format.text($0) }
      + (naming.information.map {
        "; an answer tells \(DecimalText.fixed($0.correctedBits, decimals: 2)) bits of the label"
      } ?? "") + "."
  }

  /// How far listeners agree.
  package func agreement(_ agreement: Agreement) -> String {
    var sentence =
      "\(agreement.question.escapedForDisplay): Krippendorff's α (\(agreement.metric.rawValue)) "
      + (agreement.alpha.map { DecimalText.fixed($0, decimals: 2) } ?? "cannot be told")
    if agreement.repeats > 0 {
      sentence += "; \(agreement.repeats.counted("repeat"))"
      if let same = agreement.sameRepeats {
        sentence += ", \(ScoreFormat(.right).text(same)) answered alike"
      }
      if let difference = agreement.meanRepeatDifference {
        sentence += ", \(DecimalText.fixed(difference, decimals: 2)) apart on average"
      }
    }
    return sentence + "."
  }

  /// How many listeners a difference takes.
  package func plan(_ planned: QuestionPlan) -> String {
    let plan = planned.plan
    return "\(planned.question.escapedForDisplay): " + plan.sentence
  }
}

extension ListenerPlan {
  /// The plan in words.
  package var sentence: String {
    guard varies else {
      return "listeners' differences do not vary, so they do not tell how many listeners it takes."
    }
    let size = DecimalText.significant(difference)
    let comparisons =
      comparisons > 1 ? " in each of \(self.comparisons.grouped) comparisons" : ""
    guard let listeners else {
      return "a difference of \(size) takes more than \(Self.listenerLimit.grouped) listeners"
        + "\(comparisons); look for a larger one."
    }
    return "to see a difference of \(size)\(comparisons) in four of five tests takes "
      + "\(listeners.counted("listener")), if listeners' differences have a deviation of "
      + "\(DecimalText.significant(deviation))."
  }
}
