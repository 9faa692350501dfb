import AudioFiles
import Spectra
import WaveGAN

/// The report: one page of HTML with everything in it, that opens anywhere and prints.
package struct ScorePage: Sendable {
  private let score: ListeningTestScore
  private let findings: ScoreFindings

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

  private func section(_ title: String, _ parts: [String]) -> String {
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

  private func section(_ rating: RatingScore) -> String {
    let format = ScoreFormat(rating.scale)
    let range: ClosedRange<Double> =
      switch rating.scale {
      case .category: 1...5
      case .continuous: 0...100
      case .grade: -4...0
      case .right: 0...1
      }
    func row(_ condition: RatingScore.Condition, _ name: String) -> IntervalChart.Row {
      .init(
        name: name, value: condition.mean, inner: condition.tInterval,
        outer: condition.listenerAndClipInterval)
    }
    func cells(_ condition: RatingScore.Condition, _ name: String) -> [String] {
      [
        HTMLText.escaped(name), condition.judgements.grouped, condition.listeners.grouped,
        condition.clips.grouped, "<b>\(format.text(condition.mean))</b>",
        condition.deviation.map(format.text) ?? "–",
      ]
        + [condition.tInterval, condition.listenerInterval, condition.listenerAndClipInterval].map {
          $0.map { format.text($0) } ?? "–"
        }
    }
    let columns = [
      "Judgements", "Listeners", "Clips", "Mean", "Deviation", "95 %, t", "95 %, listeners drawn",
      "95 %, listeners and clips drawn",
    ]
    let chart = IntervalChart(
      title: "Means of \(rating.question) with their intervals",
      rows: rating.conditions.map { row($0, $0.condition) }, range: range, mark: nil,
      text: Self.tick(rating.scale))
    let histogram = HistogramChart(
      title: "How often each value was given", bins: rating.bins,
      rows: rating.conditions.map { .init(name: $0.condition, counts: $0.histogram) })
    return section(
      rating.scale == .right ? "\(rating.question): how often it is right" : rating.question,
      [
        rating.text.isEmpty ? "" : "<p class=\"question\">\(HTMLText.escaped(rating.text))</p>",
        HTMLText.list(findings.comparisons(of: rating)), figure(chart.svg, Self.intervalCaption),
        HTMLText.table(
          columns: ["Condition"] + columns,
          rows: rating.conditions.map { cells($0, $0.condition) }),
        figure(histogram.svg, "How often each value was given, of all judgements of a condition."),
        comparisonTable(rating, format),
        rating.labels.isEmpty
          ? ""
          : details(
            "Label by label",
            HTMLText.table(
              columns: ["Condition, label"] + columns,
              rows: rating.labels.map { cells($0, "\($0.condition), \($0.label ?? "")") })),
      ])
  }

  private static let intervalCaption =
    "Dot: mean. Thick: where it would lie with other listeners, for these clips. Thin: with other "
    + "listeners and other clips. Both with 95 % confidence."

  private static func tick(_ scale: RatingScore.Scale) -> @Sendable (Double) -> String {
    { scale == .right ? DecimalText.significant(100 * $0) + " %" : DecimalText.significant($0) }
  }

  private func comparisonTable(_ rating: RatingScore, _ format: ScoreFormat) -> String {
    guard !rating.comparisons.isEmpty else { return "" }
    return HTMLText.table(
      columns: [
        "Comparison", "Listeners", "Difference", "95 %, t", "95 %, listeners drawn",
        "95 %, listeners and clips drawn", "Wilcoxon W", "p", "p, Holm", "p drawn",
        "p drawn, Holm",
      ],
      rows: rating.comparisons.map { comparison in
        [
          HTMLText.escaped("\(comparison.first) – \(comparison.second)"),
          comparison.listeners.grouped, "<b>\(format.signed(comparison.difference))</b>",
        ]
          + [
            comparison.tInterval, comparison.listenerInterval, comparison.listenerAndClipInterval,
          ].map { $0.map { format.text($0, signed: true) } ?? "–" }
          + [
            comparison.wilcoxon.map { DecimalText.significant($0.statistic, digits: 6) } ?? "–",
            Self.p(comparison.wilcoxon?.p), Self.p(comparison.wilcoxonHolm),
            Self.p(comparison.bootstrapP), Self.p(comparison.bootstrapHolm),
          ]
      })
  }

  private static func p(_ p: Double?) -> String {
    p.map { $0 < 0.001 ? "&lt; 0.001" : DecimalText.fixed($0, decimals: 3) } ?? "–"
  }

  private var choices: [String] {
    guard !score.choices.isEmpty else { return [] }
    let format = ScoreFormat(.right)
    let words =
      switch score.design {
      case .abx: "How often X was found"
      case .realOrFake: "How often a clip was called recorded"
      default: "How often the first was preferred"
      }
    func name(_ choice: ChoiceScore) -> String {
      score.design == .realOrFake ? choice.first : "\(choice.first) – \(choice.second)"
    }
    let chart = IntervalChart(
      title: words,
      rows: score.choices.map {
        .init(
          name: name($0), value: $0.part, inner: $0.interval, outer: $0.listenerAndClipInterval)
      }, range: 0...1, mark: 0.5, text: Self.tick(.right))
    let labels = score.choices.flatMap { choice in
      choice.labels.map { label in
        [
          HTMLText.escaped("\(name(choice)), \(label.label)"), label.count.grouped,
          label.judgements.grouped, label.interval.map { format.text($0) } ?? "–",
        ]
      }
    }
    return [
      section(
        words,
        [
          HTMLText.list(score.choices.map(findings.choice)),
          figure(
            chart.svg,
            "Dot: part of all choices. Thick: Clopper and Pearson's interval. Thin: where it would lie "
              + "with other listeners and other trials. Dashed: chance."),
          HTMLText.table(
            columns: [
              "Pair", "Listeners", "Chosen", "Of", "Part", "95 %, Clopper–Pearson",
              "95 %, listeners drawn", "95 %, listeners and trials drawn", "Binomial p", "p, Holm",
              "p of listeners, Wilcoxon",
            ],
            rows: score.choices.map { choice in
              [
                HTMLText.escaped(name(choice)), choice.listeners.grouped, choice.count.grouped,
                choice.judgements.grouped, "<b>\(format.text(choice.part))</b>",
              ]
                + [choice.interval, choice.listenerInterval, choice.listenerAndClipInterval].map {
                  $0.map { format.text($0) } ?? "–"
                } + [Self.p(choice.p), Self.p(choice.pHolm), Self.p(choice.wilcoxon?.p)]
            }),
          labels.isEmpty
            ? ""
            : details(
              "Label by label",
              HTMLText.table(
                columns: ["Pair, label", "Chosen", "Of", "95 %, Clopper–Pearson"], rows: labels)),
        ])
    ]
  }

  private func section(_ naming: NamingScore) -> String {
    let rows = zip(naming.labels, naming.counts).map { label, counts in
      let total = Double(max(counts.reduce(0, +), 1))
      return [HTMLText.escaped(label)]
        + counts.map { count in
          let part = DecimalText.fixed(Double(count) / total, decimals: 2)
          return
            "<span class=\"cell\" style=\"--part: \(part)\">\(count == 0 ? "·" : "\(count)")</span>"
        }
    }
    return section(
      "What \(naming.condition) was taken for",
      [
        "<p>\(HTMLText.escaped(findings.naming(naming)))</p>",
        "<div class=\"confusion\">"
          + HTMLText.table(columns: ["Label ↓, answer →"] + naming.labels, rows: rows) + "</div>",
        naming.information.map {
          "<p class=\"note\">Information: \(DecimalText.fixed($0.bits, decimals: 3)) bits as counted, "
            + "\(DecimalText.fixed($0.correctedBits, decimals: 3)) less its bias. "
            + "By guessing as often: \(ScoreFormat.probability(naming.p).replacing("<", with: "&lt;")).</p>"
        } ?? "",
      ])
  }

  private var agreement: String {
    section("Agreement", [HTMLText.list(score.agreements.map(findings.agreement))])
  }

  private var plan: String {
    score.plans.isEmpty
      ? "" : section("Listeners needed", [HTMLText.list(score.plans.map(findings.plan))])
  }

  private func figure(_ svg: String, _ caption: String) -> String {
    "<figure>\n\(svg)\n<figcaption>\(HTMLText.escaped(caption))</figcaption>\n</figure>"
  }

  private func details(_ title: String, _ content: String) -> String {
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

  private static let style = """
    :root { color-scheme: light dark; --ink: #1d2126; --soft: #68717c; --line: #d9dde2;
      --paper: #ffffff; --accent: #1f6fb2; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6e9ed; --soft: #9aa4af; --line: #3a424b; --paper: #15181c; --accent: #6db3f2; }
    }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    h1 { font-size: 1.7rem; margin: 0; }
    h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
    .note, figcaption { color: var(--soft); font-size: .875rem; }
    .question { font-style: italic; }
    figure { margin: 1.25rem 0; }
    svg { width: 100%; max-width: 45rem; height: auto; font: 12px system-ui, sans-serif; }
    svg text { fill: var(--ink); }
    svg .tick, svg .count { fill: var(--soft); font-size: 11px; }
    svg .middle { text-anchor: middle; }
    svg .end { text-anchor: end; }
    svg .grid { stroke: var(--line); }
    svg .mark { stroke: var(--ink); stroke-dasharray: 5 4; }
    svg .thin { stroke: var(--accent); stroke-width: 2; }
    svg .thick { stroke: var(--accent); stroke-width: 7; stroke-linecap: round; opacity: .45; }
    svg .dot, svg .bar { fill: var(--accent); }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
    th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right;
      vertical-align: bottom; }
    td { white-space: nowrap; }
    th:first-child { text-align: left; }
    thead th { color: var(--soft); font-weight: 500; }
    .confusion td { padding: 1px; border: 0; }
    .cell { display: block; min-width: 1.6rem; padding: .3rem .4rem; text-align: center;
      background: color-mix(in srgb, var(--accent) calc(var(--part) * 75%), transparent); }
    summary { cursor: pointer; margin: 1rem 0; }
    @media print { main { max-width: none; } details { display: block; } }
    """
}
