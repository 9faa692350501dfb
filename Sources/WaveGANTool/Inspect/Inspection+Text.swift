import AudioFiles
import Foundation
import Spectra
import WaveGAN

extension Inspection {
  /// The report for people.
  ///
  /// - Parameter columns: the width that only long words, such as the names of files, go beyond.
  func text(columns: Int = 80) -> String {
    let page = ReportPage(columns: columns)
    var sections = [overview(page)]
    if recordings > 0 { sections += [durationText(page), levelText, labelText(page)] }
    sections += [truncatedText, rejectedText(page)]
    if let training { sections.append(training.text(page)) }
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n")
  }

  private func overview(_ page: ReportPage) -> [String] {
    guard let durations else {
      return ["No recording can be used, of \(files.counted("file"))."]
    }
    let unused = files - recordings
    let summary =
      "\(recordings.counted("recording")) \(labelCount), "
      + "\(ReportFigures.duration(seconds)) of sound"
      + (unused > 0 ? "; \(unused.counted("file")) not used" : "") + unusedKinds
    var lines =
      page.wrapped(summary, indent: 0) + ["", row("Length", ReportFigures.lengths(durations))]
    let facts = [
      ("Rate", listed(rates) { "\((Int($0) ?? 0).grouped) Hz" }),
      (
        "Channels",
        listed(channels) { $0 == "1" ? "mono" : $0 == "2" ? "stereo" : "\($0) channels" }
      ),
      ("Encoding", listed(encodings) { $0 }),
    ]
    for (name, values) in facts {
      for (index, value) in values.enumerated() { lines.append(row(index == 0 ? name : "", value)) }
    }
    return lines
  }

  /// What people look for among the files that are not used.
  private var unusedKinds: String {
    let kinds = [
      silent > 0 ? "\(silent.grouped) silent" : nil,
      duplicates > 0 ? duplicates.counted("duplicate") : nil,
    ].compactMap { $0 }
    return kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))"
  }

  private var labelCount: String {
    if labels.count == 1, let label = labels.keys.first {
      return "in the label “\(label.escapedForDisplay)”"
    }
    return "in \(labels.count.counted("label"))"
  }

  /// `16,000 Hz (745)`, the most frequent first; without the count where there is but one value.
  private func listed(_ counts: [String: Int], _ name: (String) -> String) -> [String] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { value, count in
      counts.count == 1 ? name(value) : "\(name(value)) (\(count.grouped))"
    }
  }

  /// Empty rows in a row, of which more are not shown.
  private static let longestGap = 3

  /// The histogram; nothing where all lengths are alike, as they have been told already.
  private func durationText(_ page: ReportPage) -> [String] {
    guard let durations, durations.lowest < durations.highest else { return [] }
    let most = histogram.map(\.count).max() ?? 1
    var lines = ["Lengths"]
    for run in histogram.splitIntoGapsAndBars() {
      if run[0].count == 0 && run.count > Self.longestGap {
        lines.append("  …")
        continue
      }
      lines += run.map { row in
        page.barLine(
          ReportFigures.bounds(row.from, row.to), width: 16, count: row.count, of: most)
      }
    }
    return lines
  }

  private var levelText: [String] {
    let figures: [(String, Summary?)] = [
      ("peak, dB", peak), ("RMS, dB", rms), ("loudness, LUFS", loudness),
    ]
    if recordings == 1 {
      return ["Levels"]
        + figures.compactMap { name, summary in
          summary.map {
            ("  " + name).leftAligned(to: 16) + ReportFigures.level($0.median).rightAligned(to: 10)
          }
        }
    }
    return [
      "Levels" + "lowest".rightAligned(to: 20) + "median".rightAligned(to: 10)
        + "highest".rightAligned(to: 10)
    ]
      + figures.compactMap { name, summary in
        summary.map {
          ("  " + name).leftAligned(to: 16) + ReportFigures.level($0.lowest).rightAligned(to: 10)
            + ReportFigures.level($0.median).rightAligned(to: 10)
            + ReportFigures.level($0.highest).rightAligned(to: 10)
        }
      }
  }

  /// The labels; nothing where there is but one, as it has been told already.
  private func labelText(_ page: ReportPage) -> [String] {
    guard labels.count > 1 else { return [] }
    // With numbers by their value: 2 before 10.
    let names = labels.sorted { left, right in
      let order = left.key.compare(right.key, options: .numeric, locale: nil)
      return order == .orderedSame ? left.key < right.key : order == .orderedAscending
    }
    let shown = names.prefix(40)
    let width = min(30, max(8, shown.map { $0.key.escapedForDisplay.count }.max() ?? 8))
    let most = names.map(\.value).max() ?? 1
    let lines = shown.map {
      page.barLine($0.key.escapedForDisplay, width: width, count: $0.value, of: most)
    }
    let more = names.count - shown.count
    return ["Labels"] + lines + (more > 0 ? ["  and \(more.grouped) more (--json lists all)"] : [])
  }

  private var truncatedText: [String] {
    guard !truncated.isEmpty else { return [] }
    return ["Shorter than their headers say (used as far as they go)"]
      + truncated.map { "    " + $0.escapedForDisplay }
  }

  /// Files with the same reason together, the rarest reasons first: they tell most.
  private func rejectedText(_ page: ReportPage) -> [String] {
    guard !rejected.isEmpty else { return [] }
    let groups = Dictionary(grouping: rejected) { file in
      file.code == "same-content"
        ? "is an exact duplicate"
        : file.code == "other-label"
          ? "has a label that was not asked for" : file.reason
    }
    var lines = ["Not used: \(rejected.count.counted("file"))"]
    let rarestFirst = groups.sorted { ($0.value.count, $0.key) < ($1.value.count, $1.key) }
    for (reason, files) in rarestFirst {
      let count = files.count > 1 ? " (\(files.count.counted("file")))" : ""
      lines += page.wrapped(reason + count, indent: 2)
      if files[0].code == "other-label" { continue }
      for file in files {
        lines.append("      " + file.path.escapedForDisplay)
        if file.code == "same-content" { lines += page.wrapped(file.reason, indent: 10) }
      }
    }
    return lines
  }
}

private func row(_ name: String, _ value: String) -> String {
  "  " + name.leftAligned(to: 10) + value
}

extension [DurationHistogram.Row] {
  /// The rows in order, cut where empty ones begin or end.
  fileprivate func splitIntoGapsAndBars() -> [[Element]] {
    reduce(into: []) { runs, row in
      if let last = runs.last?.last, (last.count == 0) == (row.count == 0) {
        runs[runs.count - 1].append(row)
      } else {
        runs.append([row])
      }
    }
  }
}
