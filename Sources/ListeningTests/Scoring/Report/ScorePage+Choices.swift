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
              let figures = [
                HTMLText.escaped(name(choice)), choice.listeners.grouped, choice.count.grouped,
                choice.judgements.grouped, "<b>\(format.text(choice.part))</b>",
              ]
              let intervals = Self.intervals(
                format, choice.interval, choice.listenerInterval, choice.listenerAndClipInterval)
              let tests = [Self.p(choice.p), Self.p(choice.pHolm), Self.p(choice.wilcoxon?.p)]
              return figures + intervals + tests
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

  /// Which labels the clips of a condition were taken for.
  func section(_ naming: NamingScore) -> String {
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
      "What “\(naming.condition)” was taken for",
      [
        "<p>\(HTMLText.escaped(findings.naming(naming)))</p>",
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
