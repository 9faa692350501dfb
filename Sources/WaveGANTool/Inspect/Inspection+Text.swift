import AudioFiles
import Foundation
import Spectra
import WaveGAN

extension Inspection {
  /// The report for people, at most 80 columns wide apart from long file names.
  func text() -> String {
    var sections = [overview]
    if recordings > 0 { sections += [durationText, levelText, labelText] }
    sections += [truncatedText, rejectedText]
    if let training { sections.append(training.text()) }
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n")
  }

  private var overview: [String] {
    guard let durations else {
      return ["No recording can be used, of \(files.counted("file"))."]
    }
    let unused = files - recordings
    var lines = [
      "\(recordings.counted("recording")) in \(labels.count.counted("label")), "
        + "\(duration(seconds)) of sound"
        + (unused > 0 ? "; \(unused.counted("file")) not used" : ""),
      "",
      row("Length", lengths(durations)),
    ]
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

  /// `16,000 Hz (745)`, the most frequent first; without the count where there is but one value.
  private func listed(_ counts: [String: Int], _ name: (String) -> String) -> [String] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { value, count in
      counts.count == 1 ? name(value) : "\(name(value)) (\(count.grouped))"
    }
  }

  private var durationText: [String] {
    let most = histogram.map(\.count).max() ?? 1
    return ["Lengths"]
      + histogram.map { row in
        let range = "\(bound(row.from)) to \(bound(row.to)) s"
        return barLine(range, width: 16, count: row.count, of: most)
      }
  }

  private var levelText: [String] {
    let figures: [(String, Summary?)] = [
      ("peak, dB", peak), ("RMS, dB", rms), ("loudness, LUFS", loudness),
    ]
    return [
      "Levels" + "lowest".rightAligned(to: 20) + "median".rightAligned(to: 10)
        + "highest".rightAligned(to: 10)
    ]
      + figures.compactMap { name, summary in
        summary.map {
          ("  " + name).leftAligned(to: 16) + level($0.lowest).rightAligned(to: 10)
            + level($0.median).rightAligned(to: 10)
            + level($0.highest).rightAligned(to: 10)
        }
      }
  }

  private var labelText: [String] {
    let names = labels.mapValues { $0 }.sorted { $0.key < $1.key }
    let shown = names.prefix(40)
    let width = min(30, max(8, shown.map { $0.key.escapedForDisplay.count }.max() ?? 8))
    let most = names.map(\.value).max() ?? 1
    let lines = shown.map {
      barLine($0.key.escapedForDisplay, width: width, count: $0.value, of: most)
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
  private var rejectedText: [String] {
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
      lines += wrapped(reason + count, indent: 2)
      if files[0].code == "other-label" { continue }
      for file in files {
        lines.append("      " + file.path.escapedForDisplay)
        if file.code == "same-content" { lines += wrapped(file.reason, indent: 10) }
      }
    }
    return lines
  }
}

extension TrainingPlan {
  fileprivate func text() -> [String] {
    var lines = ["What `wavegan train` would do"]
    for choice in choices {
      lines += wrapped("--\(choice.name): \(choice.value), \(choice.reason)", indent: 2, hanging: 4)
    }
    let held = heldOutRecordings
    lines += wrapped(
      "train on \(trainingRecordings.counted("recording")), \(windows.counted("window")) of "
        + "\(window.grouped) samples at \(sampleRate.grouped) Hz, "
        + (channels == 1 ? "mono" : "stereo")
        + (held > 0 ? "; hold out \(held.counted("recording")) for evaluation" : ""),
      indent: 2, hanging: 4)
    if paddedRecordings > 0 {
      let percent = DecimalText.fixed(100 * paddedPart)
      lines += wrapped(
        "fill up \(paddedRecordings.counted("shorter recording")) with silence "
          + "(\(percent) % of all windows)",
        indent: 2, hanging: 4)
    }
    if cutRecordings > 0 {
      lines += wrapped(
        "cut windows from \(cutRecordings.counted("longer recording"))"
          + (unusedSeconds > 0 ? ", leaving \(duration(unusedSeconds)) unused" : ""),
        indent: 2, hanging: 4)
    }
    return lines
  }
}

// MARK: Words and columns

/// `0.43 s`, `12 min 3 s`, `3 h 20 min`.
private func duration(_ seconds: Double) -> String {
  if seconds < 60 { return "\(precise(seconds)) s" }
  let whole = Int(seconds.rounded())
  return whole < 3600
    ? "\(whole / 60) min \(whole % 60) s" : "\((whole / 3600).grouped) h \(whole / 60 % 60) min"
}

/// `0.14 to 2.28 s, median 0.42 s`, or one figure where all are alike.
private func lengths(_ durations: Summary) -> String {
  let (lowest, highest) = (precise(durations.lowest), precise(durations.highest))
  return lowest == highest
    ? "\(lowest) s" : "\(lowest) to \(highest) s, median \(precise(durations.median)) s"
}

/// Seconds with as many decimals as tell something.
private func precise(_ seconds: Double) -> String {
  DecimalText.fixed(seconds, decimals: seconds < 0.1 ? 4 : seconds < 100 ? 2 : 0)
}

/// A bound of the histogram, with the decimals that it has.
private func bound(_ seconds: Double) -> String {
  let decimals = (0..<5).first { decimals in
    let scaled = seconds * pow(10, Double(decimals))
    return abs(scaled - scaled.rounded()) < 1e-6
  }
  return DecimalText.fixed(seconds, decimals: decimals ?? 6)
}

private func level(_ decibels: Double) -> String {
  DecimalText.fixed(decibels, decimals: 1)
}

private func row(_ name: String, _ value: String) -> String {
  "  " + name.leftAligned(to: 10) + value
}

/// A name, a count and a bar; what is not nothing has a bar.
private func barLine(_ name: String, width: Int, count: Int, of most: Int) -> String {
  let room = 80 - 2 - width - 9
  let eighths = (count * room * 8 + most - 1) / most
  let blocks = Array("▏▎▍▌▋▊▉")
  let bar =
    String(repeating: "█", count: eighths / 8)
    + (eighths % 8 > 0 ? String(blocks[eighths % 8 - 1]) : "")
  let line = "  " + name.leftAligned(to: width) + count.grouped.rightAligned(to: 7) + "  " + bar
  return count == 0 ? String(line.prefix(2 + width + 7)) : line
}

/// Breaks a text between words, so that no line passes 80 columns where its words allow.
private func wrapped(_ text: String, indent: Int, hanging: Int? = nil) -> [String] {
  var lines: [String] = []
  var line = String(repeating: " ", count: indent)
  var isEmpty = true
  for word in text.split(separator: " ") {
    if !isEmpty && line.count + 1 + word.count > 80 {
      lines.append(line)
      line = String(repeating: " ", count: hanging ?? indent)
      isEmpty = true
    }
    line += (isEmpty ? "" : " ") + word
    isEmpty = false
  }
  return lines + [line]
}
