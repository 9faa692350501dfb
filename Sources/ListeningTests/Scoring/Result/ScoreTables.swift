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
    zip(
      Self.fileNames, [conditions, comparisons, choices, confusion, listeners, judgements]
    ).compactMap { name, table in
      table.count > 1 ? (name, table.map { Self.line($0) }.joined()) : nil
    }
  }

  /// The names of all tables that there can be, in the order of ``files``.
  package static let fileNames = [
    "conditions.csv", "comparisons.csv", "choices.csv", "confusion.csv", "listeners.csv",
    "judgements.csv",
  ]

  private static func line(_ fields: [String]) -> String {
    fields.map { text($0).csvField }.joined(separator: ",") + "\n"
  }

  /// A field that is safe to show: names of listeners come from anywhere, and a spreadsheet would compute
  /// what begins like a formula, but for an apostrophe before it.
  private static func text(_ field: String) -> String {
    let shown = field.escapedForDisplay
    guard let first = shown.unicodeScalars.first, ["=", "+", "-", "@"].contains(first),
      Double(shown) == nil
    else { return shown }
    return "'" + shown
  }

  /// The names of columns for both ends of some intervals.
  private static func columns(of intervals: String...) -> [String] {
    intervals.flatMap { ["\($0)-low", "\($0)-high"] }
  }

  /// Both ends of some intervals.
  private static func ends(of intervals: Interval?...) -> [String] {
    intervals.flatMap { [number($0?.low), number($0?.high)] }
  }

  private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  private static func truth(_ value: Bool?) -> String { value.map { "\($0)" } ?? "" }

  private var conditions: [[String]] {
    var rows = [
      ["question", "condition", "label", "listeners", "clips", "judgements", "mean", "deviation"]
        + Self.columns(of: "t", "listeners-drawn", "listeners-and-clips-drawn")
    ]
    for rating in score.ratings {
      for condition in rating.conditions + rating.labels {
        let figures = [
          rating.question, condition.condition, condition.label ?? "", "\(condition.listeners)",
          "\(condition.clips)", "\(condition.judgements)", Self.number(condition.mean),
          Self.number(condition.deviation),
        ]
        rows.append(
          figures
            + Self.ends(
              of: condition.tInterval, condition.listenerInterval,
              condition.listenerAndClipInterval))
      }
    }
    return rows
  }

  private var comparisons: [[String]] {
    var rows = [
      ["question", "first", "second", "listeners", "difference", "deviation"]
        + Self.columns(of: "t", "listeners-drawn", "listeners-and-clips-drawn")
        + ["wilcoxon", "wilcoxon-method", "wilcoxon-p", "wilcoxon-holm", "drawn-p", "drawn-holm"]
    ]
    for rating in score.ratings {
      for comparison in rating.comparisons {
        let figures = [
          rating.question, comparison.first, comparison.second, "\(comparison.listeners)",
          Self.number(comparison.difference), Self.number(comparison.deviation),
        ]
        let intervals = Self.ends(
          of: comparison.tInterval, comparison.listenerInterval,
          comparison.listenerAndClipInterval)
        let tests = [
          Self.number(comparison.wilcoxon?.statistic), comparison.wilcoxon?.method.rawValue ?? "",
          Self.number(comparison.wilcoxon?.p), Self.number(comparison.wilcoxonHolm),
          Self.number(comparison.bootstrapP), Self.number(comparison.bootstrapHolm),
        ]
        rows.append(figures + intervals + tests)
      }
    }
    return rows
  }

  private var choices: [[String]] {
    var rows = [
      ["first", "second", "label", "listeners", "listeners-part"]
        + Self.columns(of: "t", "listeners-drawn", "listeners-and-trials-drawn")
        + ["wilcoxon-p", "wilcoxon-holm", "chosen", "of", "pooled-part"]
        + Self.columns(of: "pooled-clopper-pearson")
        + ["pooled-binomial-p", "pooled-binomial-holm"]
    ]
    for choice in score.choices {
      let figures = [
        choice.first, choice.second, "", "\(choice.listeners)", Self.number(choice.listenerPart),
      ]
      let intervals = Self.ends(
        of: choice.tInterval, choice.listenerInterval, choice.listenerAndClipInterval)
      let tests = [choice.wilcoxon?.p, choice.wilcoxonHolm].map { Self.number($0) }
      let pooled = Self.pooled(choice.count, choice.judgements, choice.pooledInterval)
      let pooledTests = [choice.pooledP, choice.pooledHolm].map { Self.number($0) }
      rows.append(figures + intervals + tests + pooled + pooledTests)
      for label in choice.labels {
        let unknown = Array(repeating: "", count: figures.count + intervals.count + tests.count - 3)
        rows.append(
          [choice.first, choice.second, label.label] + unknown
            + Self.pooled(label.count, label.judgements, label.interval) + ["", ""])
      }
    }
    return rows
  }

  /// What all choices together say.
  private static func pooled(_ count: Int, _ all: Int, _ interval: Interval?) -> [String] {
    ["\(count)", "\(all)", number(Double(count) / Double(all))] + ends(of: interval)
  }

  private var confusion: [[String]] {
    var rows = [["condition", "label", "answer", "judgements"]]
    for naming in score.namings {
      for (label, counts) in zip(naming.labels, naming.counts) {
        for (answer, count) in zip(naming.labels, counts) {
          rows.append([naming.condition, label, answer, "\(count)"])
        }
      }
    }
    return rows
  }

  private var listeners: [[String]] {
    var rows = [
      [
        "listener", "counts", "reason", "judgements", "finished", "headphones", "checks",
        "right-checks", "repeats", "mean-repeat-difference",
      ]
    ]
    for listener in score.listeners {
      let reasons = score.exclusions.filter { $0.listener == listener.listener }.map(\.reason)
      rows.append([
        listener.listener, Self.truth(listener.isCounted), reasons.joined(separator: " "),
        "\(listener.judgements)", Self.truth(listener.isFinished),
        Self.truth(listener.passedHeadphoneCheck), "\(listener.checks)",
        "\(listener.rightChecks)", "\(listener.repeats)",
        Self.number(listener.meanRepeatDifference),
      ])
    }
    return rows
  }

  /// Every judgement that can count, with what the stimulus really is, for other programs.
  private var judgements: [[String]] {
    let counted = Set(score.listeners.filter(\.isCounted).map(\.listener))
    var rows = [
      [
        "listener", "counts", "question", "stimulus", "condition", "clip", "label", "value",
        "against",
      ]
    ]
    for sheet in sheets {
      func add(_ question: String, _ clip: KeyRow, _ value: String, against: String = "") {
        rows.append([
          sheet.listener, Self.truth(counted.contains(sheet.listener)), question, clip.stimulus,
          clip.conditionName, clip.clip, clip.label, value, against,
        ])
      }
      for rating in sheet.ratings {
        add(rating.question, rating.clip, Self.number(rating.value))
      }
      for naming in sheet.namings { add("label", naming.clip, naming.answer) }
      for choice in sheet.choices {
        add(
          "choice", choice.chosen, choice.isRight.map { $0 ? "right" : "wrong" } ?? "chosen",
          against: choice.other.conditionName)
      }
    }
    return rows
  }
}
