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
      <title>\(HTMLText.escaped(score.title)): results</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <main>
      <h1>\(HTMLText.escaped(score.title))</h1>
      <p class="note">Listening test \(HTMLText.escaped(score.test)), design \
      \(score.design.rawValue). wavegan \(HTMLText.escaped(score.version)).</p>
      \(sections.filter { !$0.isEmpty }.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  /// A part of the page with a heading.
  func section(_ title: String, _ parts: [String]) -> String {
    "<section>\n<h2>\(HTMLText.escaped(title))</h2>\n"
      + parts.filter { !$0.isEmpty }.joined(separator: "\n") + "\n</section>"
  }

  private var listeners: String {
    section(
      "Listeners",
      [
        "<p>\(HTMLText.escaped(findings.listeners))</p>",
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
    "<figure>\n\(svg)\n<figcaption>\(HTMLText.escaped(caption))</figcaption>\n</figure>"
  }

  /// Something that is shown when it is asked for.
  func details(_ title: String, _ content: String) -> String {
    "<details>\n<summary>\(HTMLText.escaped(title))</summary>\n\(content)\n</details>"
  }

  private var methods: String {
    section(
      "Methods",
      [
        HTMLText.list([
          "Listeners are excluded by ITU-R BS.1534-3 (hidden reference below 90, or the anchor of 7 kHz "
            + "above 90, in more than 15 % of pages), ITU-R BS.1116-3 (originals not told apart) and "
            + "ITU-T P.808 (gold and trapping items, more than 15 % wrong).",
          "A mean is that of listeners' means, and its t interval goes by them. Repeats say how steady "
            + "listeners are, and count for nothing else.",
          "Drawn: \(score.draws.grouped) times with seed \(score.seed), listeners with replacement, or "
            + "listeners and clips (Owen 2007), spread to their variances.",
          "Conditions are compared by Wilcoxon's signed-rank test of listeners' differences, zeros left "
            + "out, two-sided, exact up to \(WilcoxonTest.exactLimit) listeners; choices by the exact "
            + "binomial test. p values of a question are corrected by Holm's method.",
          "The binomial test and Clopper and Pearson's interval take every judgement for independent; "
            + "where listeners judge often, believe the drawn interval and the test of listeners.",
        ])
      ])
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
