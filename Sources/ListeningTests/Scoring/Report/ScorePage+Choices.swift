import Spectra
import WaveGAN

extension ScorePage {
  /// How often one of two was chosen; nothing where there was no choice.
  var choices: [String] {
    guard !score.choices.isEmpty else { return [] }
    let format = ScoreFormat(.right)
    let words =
      switch score.design {
      case .abx: "How often X was found"
      case .realOrFake: "How often a clip was called recorded"
      default: "How often the first was preferred"
      }
    let restsOnListeners = score.choices.contains { $0.basis == .listeners }
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
          "\(name(choice)), \(label.label)".escapedForMarkup, label.count.grouped,
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
            (restsOnListeners
              ? "Dot: mean of listeners' parts. Thick: where it would lie with other listeners, for these "
                + "trials. "
              : "Dot: part of all choices. Thick: Clopper and Pearson's interval. ")
              + "Thin: where it would lie with other listeners and other trials. Dashed: chance."),
          HTMLText.table(
            columns: [
              "Pair", "Listeners", "Mean of listeners' parts", "95 %, t", "95 %, listeners drawn",
              "95 %, listeners and trials drawn", "Wilcoxon p of listeners", "p, Holm", "Chosen",
              "Of", "Part of all, pooled", "95 %, Clopper–Pearson, pooled", "Binomial p, pooled",
              "p, Holm",
            ],
            rows: score.choices.map { choice in
              func part(_ value: Double, _ basis: ChoiceScore.Basis) -> String {
                let text = format.text(value)
                return choice.basis == basis ? "<b>\(text)</b>" : text
              }
              let listeners =
                [
                  name(choice).escapedForMarkup, choice.listeners.grouped,
                  part(choice.listenerPart, .listeners),
                ]
                + Self.intervals(
                  format, choice.tInterval, choice.listenerInterval,
                  choice.listenerAndClipInterval)
                + [Self.p(choice.wilcoxon?.p), Self.p(choice.wilcoxonHolm)]
              let pooled =
                [
                  choice.count.grouped, choice.judgements.grouped,
                  part(choice.pooledPart, .choices),
                ] + Self.intervals(format, choice.pooledInterval)
                + [Self.p(choice.pooledP), Self.p(choice.pooledHolm)]
              return listeners + pooled
            }),
          labels.isEmpty
            ? ""
            : details(
              "Label by label",
              HTMLText.table(
                columns: ["Pair, label", "Chosen", "Of", "95 %, Clopper–Pearson, pooled"],
                rows: labels)),
        ])
    ]
  }

  /// Which labels the clips of a condition were taken for.
  func section(_ naming: NamingScore) -> String {
    let rows = zip(naming.labels, naming.counts).map { label, counts in
      let total = Double(max(counts.reduce(0, +), 1))
      return [label.escapedForMarkup]
        + counts.map { count in
          let part = DecimalText.fixed(Double(count) / total, decimals: 2)
          return
            "<span class=\"cell\" style=\"--part: \(part)\">\(count == 0 ? "·" : "\(count)")</span>"
        }
    }
    return section(
      "What “\(naming.condition)” was taken for",
      [
        "<p>\(findings.naming(naming).escapedForMarkup)</p>",
        "<div class=\"confusion\">"
          + HTMLText.table(columns: ["Label ↓, answer →"] + naming.labels, rows: rows) + "</div>",
        naming.information.map {
          "<p class=\"note\">Information: \(DecimalText.fixed($0.bits, decimals: 3)) bits as counted, "
            + "\(DecimalText.fixed($0.correctedBits, decimals: 3)) less its bias. "
            + "As many right by guessing: \(ScoreFormat.probability(naming.p).replacing("<", with: "&lt;")).</p>"
        } ?? "",
      ])
  }
}
