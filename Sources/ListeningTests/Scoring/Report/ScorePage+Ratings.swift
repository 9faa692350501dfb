import Spectra
import WaveGAN

extension ScorePage {
  /// The means of a question, how its values are distributed, and what differs.
  func section(_ rating: RatingScore) -> String {
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
      let figures = [
        name.escapedForMarkup, condition.judgements.grouped, condition.listeners.grouped,
        condition.clips.grouped, "<b>\(format.text(condition.mean))</b>",
        condition.deviation.map { format.text($0) } ?? "–",
      ]
      let intervals = Self.intervals(
        format, condition.tInterval, condition.listenerInterval, condition.listenerAndClipInterval)
      return figures + intervals
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
        rating.text.isEmpty ? "" : "<p class=\"question\">\(rating.text.escapedForMarkup)</p>",
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

  private func comparisonTable(_ rating: RatingScore, _ format: ScoreFormat) -> String {
    guard !rating.comparisons.isEmpty else { return "" }
    return HTMLText.table(
      columns: [
        "Comparison", "Listeners", "Difference", "95 %, t", "95 %, listeners drawn",
        "95 %, listeners and clips drawn", "Wilcoxon W", "p", "p, Holm", "p drawn",
        "p drawn, Holm",
      ],
      rows: rating.comparisons.map { comparison in
        let figures = [
          "\(comparison.first) – \(comparison.second)".escapedForMarkup,
          comparison.listeners.grouped, "<b>\(format.signed(comparison.difference))</b>",
        ]
        let intervals = Self.intervals(
          format, comparison.tInterval, comparison.listenerInterval,
          comparison.listenerAndClipInterval, signed: true)
        let tests = [
          comparison.wilcoxon.map { DecimalText.significant($0.statistic, digits: 6) } ?? "–",
          Self.p(comparison.wilcoxon?.p), Self.p(comparison.wilcoxonHolm),
          Self.p(comparison.bootstrapP), Self.p(comparison.bootstrapHolm),
        ]
        return figures + intervals + tests
      })
  }
}
