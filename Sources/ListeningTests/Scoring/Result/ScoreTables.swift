import AudioFiles
import WaveGAN

/// The figures of a score as CSV tables.
package struct ScoreTables: Sendable {
  private let score: ListeningTestScore
  private let sheets: [AnswerSheet]

  package init(_ score: ListeningTestScore, sheets: [AnswerSheet]) {
    self.score = score
    self.sheets = sheets
  }

  /// The tables that have rows, by the names of their files.
  package var files: [(name: String, text: String)] {
    [
      ("conditions.csv", conditions), ("comparisons.csv", comparisons), ("choices.csv", choices),
      ("confusion.csv", confusion), ("listeners.csv", listeners), ("judgements.csv", judgements),
    ].compactMap { name, table in
      table.count > 1 ? (name, table.map { Self.line($0) }.joined()) : nil
    }
  }

  /// The names of all tables that there can be.
  package static let fileNames = [
    "conditions.csv", "comparisons.csv", "choices.csv", "confusion.csv", "listeners.csv",
    "judgements.csv",
  ]

  private static func line(_ fields: [String]) -> String {
    fields.map(\.csvField).joined(separator: ",") + "\n"
  }

  private static func ends(_ name: String) -> [String] { ["\(name)-low", "\(name)-high"] }

  private static func ends(_ interval: Interval?) -> [String] {
    [interval?.low, interval?.high].map { number($0) }
  }

  private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  private static func truth(_ value: Bool?) -> String { value.map { "\($0)" } ?? "" }

  private var conditions: [[String]] {
    let heading =
      ["question", "condition", "label", "listeners", "clips", "judgements", "mean", "deviation"]
      + Self.ends("t") + Self.ends("listeners-drawn") + Self.ends("listeners-and-clips-drawn")
    return [heading]
      + score.ratings.flatMap { rating in
        (rating.conditions + rating.labels).map { condition in
          [rating.question, condition.condition, condition.label ?? ""]
            + [condition.listeners, condition.clips, condition.judgements].map(String.init)
            + [Self.number(condition.mean), Self.number(condition.deviation)]
            + [
              condition.tInterval, condition.listenerInterval, condition.listenerAndClipInterval,
            ].flatMap(Self.ends)
        }
      }
  }

  private var comparisons: [[String]] {
    let heading =
      ["question", "first", "second", "listeners", "difference", "deviation"] + Self.ends("t")
      + Self.ends("listeners-drawn") + Self.ends("listeners-and-clips-drawn")
      + ["wilcoxon", "wilcoxon-method", "wilcoxon-p", "wilcoxon-holm", "drawn-p", "drawn-holm"]
    return [heading]
      + score.ratings.flatMap { rating in
        rating.comparisons.map { comparison in
          [
            rating.question, comparison.first, comparison.second, "\(comparison.listeners)",
            Self.number(comparison.difference), Self.number(comparison.deviation),
          ]
            + [
              comparison.tInterval, comparison.listenerInterval, comparison.listenerAndClipInterval,
            ].flatMap(Self.ends)
            + [
              Self.number(comparison.wilcoxon?.statistic),
              comparison.wilcoxon?.method.rawValue ?? "", Self.number(comparison.wilcoxon?.p),
              Self.number(comparison.wilcoxonHolm), Self.number(comparison.bootstrapP),
              Self.number(comparison.bootstrapHolm),
            ]
        }
      }
  }

  private var choices: [[String]] {
    let heading =
      ["first", "second", "label", "listeners", "chosen", "of", "part"]
      + Self.ends("clopper-pearson") + Self.ends("listeners-drawn")
      + Self.ends("listeners-and-trials-drawn") + ["p", "holm", "wilcoxon-p"]
    return [heading]
      + score.choices.flatMap { choice in
        let whole =
          [
            choice.first, choice.second, "", "\(choice.listeners)", "\(choice.count)",
            "\(choice.judgements)", Self.number(choice.part),
          ]
          + [choice.interval, choice.listenerInterval, choice.listenerAndClipInterval].flatMap(
            Self.ends)
          + [choice.p, choice.pHolm, choice.wilcoxon?.p].map(Self.number)
        let labels = choice.labels.map { label in
          [
            choice.first, choice.second, label.label, "", "\(label.count)", "\(label.judgements)",
            Self.number(Double(label.count) / Double(label.judgements)),
          ] + Self.ends(label.interval) + Array(repeating: "", count: 7)
        }
        return [whole] + labels
      }
  }

  private var confusion: [[String]] {
    [["condition", "label", "answer", "judgements"]]
      + score.namings.flatMap { naming in
        naming.labels.indices.flatMap { label in
          naming.labels.indices.map { answer in
            [
              naming.condition, naming.labels[label], naming.labels[answer],
              "\(naming.counts[label][answer])",
            ]
          }
        }
      }
  }

  private var listeners: [[String]] {
    let heading = [
      "listener", "counts", "reason", "judgements", "finished", "headphones", "checks",
      "right-checks", "repeats", "mean-repeat-difference",
    ]
    return [heading]
      + score.listeners.map { listener in
        let reasons = score.exclusions.filter { $0.listener == listener.listener }.map(\.reason)
        return [
          listener.listener, Self.truth(listener.isCounted), reasons.joined(separator: " "),
          "\(listener.judgements)", Self.truth(listener.isFinished),
          Self.truth(listener.passedHeadphoneCheck), "\(listener.checks)",
          "\(listener.rightChecks)", "\(listener.repeats)",
          Self.number(listener.meanRepeatDifference),
        ]
      }
  }

  /// Every judgement that can count, with what the stimulus really is, for other programs.
  private var judgements: [[String]] {
    let counted = Set(score.listeners.filter(\.isCounted).map(\.listener))
    let heading = [
      "listener", "counts", "question", "stimulus", "condition", "clip", "label", "value",
      "against",
    ]
    func row(
      _ sheet: AnswerSheet, _ question: String, _ clip: KeyRow, _ value: String,
      _ against: String = ""
    ) -> [String] {
      [
        sheet.listener, Self.truth(counted.contains(sheet.listener)), question, clip.stimulus,
        clip.conditionName, clip.clip, clip.label, value, against,
      ]
    }
    return [heading]
      + sheets.flatMap { sheet in
        sheet.ratings.map { row(sheet, $0.question, $0.clip, Self.number($0.value)) }
          + sheet.namings.map { row(sheet, "label", $0.clip, $0.answer) }
          + sheet.choices.map { choice in
            row(
              sheet, "choice", choice.chosen,
              choice.isRight.map { $0 ? "right" : "wrong" } ?? "chosen",
              choice.other.conditionName)
          }
      }
  }
}
