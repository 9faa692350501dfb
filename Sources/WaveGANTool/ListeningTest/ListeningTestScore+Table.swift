import AudioFiles
import ListeningTests
import Spectra
import WaveGAN

extension ListeningTestScore {
  /// The report for people: who counts, then question by question the means and what they say.
  ///
  /// - Parameter columns: the width of sentences; tables have 79 columns in any case.
  func table(columns: Int = 80) -> String {
    let page = ReportPage(columns: columns)
    let findings = ScoreFindings(self)
    var lines = page.wrapped(title.escapedForDisplay, indent: 0)
    lines += page.wrapped(findings.listeners, indent: 0)
    func add(_ sentences: [String], indent: Int = 0) {
      lines += sentences.flatMap { page.wrapped($0, indent: indent, hanging: indent + 2) }
    }
    add(findings.exclusions, indent: 2)
    for rating in ratings {
      lines += [""] + meanLines(rating)
      guard !rating.comparisons.isEmpty else { continue }
      lines.append("")
      add(findings.comparisons(of: rating))
    }
    if !choices.isEmpty {
      lines.append("")
      add(choices.map(findings.choice))
    }
    if !namings.isEmpty {
      lines.append("")
      add(namings.map(findings.naming))
    }
    if !agreements.isEmpty {
      lines += ["", "Agreement"]
      add(agreements.map(findings.agreement), indent: 2)
    }
    if !plans.isEmpty {
      lines += ["", "Listeners needed"]
      add(plans.map(findings.plan), indent: 2)
    }
    if !remarks.isEmpty {
      lines.append("")
      add(remarks)
    }
    return lines.joined(separator: "\n")
  }

  private func meanLines(_ rating: RatingScore) -> [String] {
    let format = ScoreFormat(rating.scale)
    let name = rating.scale == .right ? "\(rating.question), right" : rating.question
    let heading = line(
      name, "n", "mean", ["for these clips", "for other clips"])
    return [heading]
      + rating.conditions.map { condition in
        line(
          condition.condition, condition.judgements.grouped, format.text(condition.mean),
          [condition.tInterval, condition.listenerAndClipInterval].map {
            $0.map { format.text($0) } ?? "–"
          })
      }
  }

  private func line(_ name: String, _ count: String, _ mean: String, _ intervals: [String])
    -> String
  {
    let shown = name.escapedForDisplay
    let cut = shown.count > 22 ? shown.prefix(21) + "…" : shown
    return cut.leftAligned(to: 22) + count.rightAligned(to: 7) + mean.rightAligned(to: 10)
      + intervals.map { $0.rightAligned(to: 20) }.joined()
  }
}
