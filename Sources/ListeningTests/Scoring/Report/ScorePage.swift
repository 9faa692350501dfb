import AudioFiles
import Spectra
import WaveGAN

/// The report: one page of HTML with everything in it, that opens anywhere and prints.
package struct ScorePage: Sendable {
  let score: ListeningTestScore
  let findings: ScoreFindings

  package init(_ score: ListeningTestScore) {
    self.score = score
    findings = ScoreFindings(score)
  }

  /// The page.
  package var html: String {
    let sections =
      [listeners] + score.ratings.map(section) + choices + score.namings.map(section)
      + [agreement, plan, methods]
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(score.title.escapedForMarkup): results</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <main>
      <h1>\(score.title.escapedForMarkup)</h1>
      <p class="note">Listening test \(score.test.escapedForMarkup), design \
      \(score.design.rawValue). wavegan \(score.version.escapedForMarkup).</p>
      \(sections.filter { !$0.isEmpty }.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  /// A part of the page with a heading.
  func section(_ title: String, _ parts: [String]) -> String {
    "<section>\n<h2>\(title.escapedForMarkup)</h2>\n"
      + parts.filter { !$0.isEmpty }.joined(separator: "\n") + "\n</section>"
  }

  private var listeners: String {
    section(
      "Listeners",
      [
        "<p>\(findings.listeners.escapedForMarkup)</p>",
        score.exclusions.isEmpty
          ? ""
          : "<p>\(score.keepsEveryone ? "They count against the rules:" : "Excluded by the rules:")</p>",
        HTMLText.list(findings.exclusions), HTMLText.list(score.remarks),
      ])
  }

  private var agreement: String {
    section("Agreement", [HTMLText.list(score.agreements.map(findings.agreement))])
  }

  private var plan: String {
    score.plans.isEmpty
      ? "" : section("Listeners needed", [HTMLText.list(score.plans.map(findings.plan))])
  }

  /// A picture with what is to be seen on it.
  func figure(_ svg: String, _ caption: String) -> String {
    "<figure>\n\(svg)\n<figcaption>\(caption.escapedForMarkup)</figcaption>\n</figure>"
  }

  /// Something that is shown when it is asked for.
  func details(_ title: String, _ content: String) -> String {
    "<details>\n<summary>\(title.escapedForMarkup)</summary>\n\(content)\n</details>"
  }

  private var methods: String {
    section(
      "Methods",
      [
        HTMLText.list(
          [
            "Listeners are excluded by ITU-R BS.1534-3 (hidden reference below 90, or the anchor of 7 kHz "
              + "above 90, in more than 15 % of pages), ITU-R BS.1116-3 (originals not told apart) and "
              + "ITU-T P.808 (gold and trapping items, more than 15 % wrong).",
            "A mean is that of listeners' means, and its t interval goes by them. Repeats say how steady "
              + "listeners are, and count for nothing else.",
            "Drawn: \(score.draws.grouped) times with seed \(score.seed), listeners with replacement, or "
              + "listeners and clips (Owen 2007), spread to their variances.",
            "Conditions are compared by Wilcoxon's signed-rank test of listeners' differences, zeros left "
              + "out, two-sided, exact up to \(WilcoxonTest.exactLimit) listeners. p values of a question "
              + "are corrected by Holm's method.",
          ] + choiceMethods)
      ])
  }

  /// By what test choices are found to be more than chance, of the design at hand.
  private var choiceMethods: [String] {
    guard !score.choices.isEmpty else { return [] }
    let pooled =
      "Clopper and Pearson's interval takes every choice for independent; where listeners choose "
      + "often, believe the drawn intervals."
    switch score.design {
    case .abx:
      return [
        "Whether X is found more often than by chance is asked by the exact binomial test of all "
          + "answers, one-sided: that so many or more are right. Where nobody hears a difference, "
          + "answers are independent, whoever gives them.", pooled,
      ]
    case .realOrFake:
      return [
        "Whether recordings are told is asked by the exact binomial test of all choices, two-sided. "
          + "Where nobody hears which is recorded, choices are independent, whoever makes them.",
        pooled,
      ]
    default:
      return [
        "Preferences are found by Wilcoxon's test of listeners' own parts against one half, two-sided, "
          + "and the t interval is that of their mean. What is pooled (Clopper and Pearson's interval, "
          + "and the exact binomial test of all choices, two-sided) takes every choice for independent, "
          + "which those of one listener are not: no finding rests on it."
      ]
    }
  }

  /// A probability in a table.
  static func p(_ p: Double?) -> String {
    p.map { $0 < 0.001 ? "&lt; 0.001" : DecimalText.fixed($0, decimals: 3) } ?? "–"
  }

  /// Intervals in a table.
  static func intervals(
    _ format: ScoreFormat, _ intervals: Interval?..., signed: Bool = false
  ) -> [String] {
    intervals.map { interval in interval.map { format.text($0, signed: signed) } ?? "–" }
  }

  /// How the ticks of an axis are written.
  static func tick(_ scale: RatingScore.Scale) -> @Sendable (Double) -> String {
    { scale == .right ? DecimalText.significant(100 * $0) + " %" : DecimalText.significant($0) }
  }
}
