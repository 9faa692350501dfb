import Spectra
import WaveGAN

/// The lines that show a training on a terminal while it goes on.
///
///     step 1,234 of 5,000  ━━━━━─────────────────  25 %  3.2 steps/s  6:25, 19:34 left
///     discriminator      wrong      guessing       right  unsure
///       recordings       ───────────────┾━━━━━━━━━━╸────  85 %  ███▇▇▇▇▇▇▇▇▇▆▇▇▆▇▇▆▆▆
///       generated clips  ───────────────┾━━━╸───────────  62 %  ██████▇▇▇▆▆▆▅▅▅▅▅▅▅▅▅
///     losses             discriminator −3.214  penalty 0.312  generator 1.204
///     verdict            near equilibrium: go on
///     step 1,000: checkpoint saved, run/checkpoints/step-00001000.safetensors
///
/// Each line has several forms, and takes the first that fits.
package struct LiveBlock: Sendable {
  /// What is shown.
  package var status: TrainingStatus
  /// Whether more than ASCII can be shown.
  package var isUnicode: Bool

  /// A block that shows a status.
  package init(_ status: TrainingStatus, isUnicode: Bool) {
    self.status = status
    self.isUnicode = isUnicode
  }

  /// Columns at most. A terminal that becomes narrower breaks wider lines into more rows, and with
  /// too many of them pushes the top of the block out of reach.
  private static let greatestWidth = 100

  /// Seven lines, or four in a warm-up, none wider than asked.
  package func lines(width: Int) -> [StyledLine] {
    let width = min(width, Self.greatestWidth)
    let columns = Columns(width: width, hasHistory: isUnicode)
    let isWarmUp = status.reconstructionLoss != nil
    let meters = [
      meterLine(
        "recordings", \.realAccuracy, status.realHistory, columns, width),
      meterLine(
        columns.label == Columns.longLabel ? "generated clips" : "generated", \.generatedAccuracy,
        status.generatedHistory, columns, width),
    ]
    return [progressLine(width), certaintyLine(columns, width)] + (isWarmUp ? [] : meters)
      + [lossLine(columns, width)] + (isWarmUp ? [] : [verdictLine(columns, width)])
      + [eventLine(width)]
  }

  /// How the lines about the networks share the width.
  private struct Columns {
    static let longLabel = 19
    static let shortLabel = 14
    static let figure = 6

    var label = longLabel
    /// Odd, or 0 where there is no room.
    var meter = 0
    /// 0 where there is no room.
    var history = 0

    init(width: Int, hasHistory: Bool) {
      var room = width - label - Self.figure
      if room < 11 {
        label = Self.shortLabel
        room = width - label - Self.figure
      }
      if hasHistory && room >= 30 {
        history = (room - 2) * 2 / 5
        room -= history + 2
      }
      // How sure it is stands beside the caption of a long meter.
      let besideWord = width - label - 2 - "mostly right".count
      if besideWord >= 21 { room = min(room, besideWord) }
      meter = room >= 7 ? min(61, (room - 1) / 2 * 2 + 1) : 0
    }
  }

  private func first(of forms: [StyledLine], fitting width: Int) -> StyledLine {
    .first(of: forms, fitting: width, isUnicode: isUnicode)
  }

  // MARK: Progress

  private func progressLine(_ width: Int) -> StyledLine {
    var count = StyledLine("step ", .faint) + StyledLine(status.step.grouped, .strong)
    if let target = status.targetStep { count += StyledLine(" of \(target.grouped)") }
    let percent = StyledLine(TrainingFigures.percent(status.fractionCompleted).rightAligned(to: 5))
    let elapsed = TrainingFigures.clock(status.elapsedSeconds)
    let left = status.remainingSeconds.map { "\(TrainingFigures.clock($0)) left" }
    let speed = status.stepsPerSecond > 0 ? TrainingFigures.speed(status.stepsPerSecond) : nil
    let times = left.map { "\(elapsed), \($0)" } ?? elapsed
    func joined(_ parts: String?...) -> StyledLine {
      percent + StyledLine(parts.compactMap { $0.map { "  " + $0 } }.joined())
    }
    let figures = [joined(speed, times), joined(speed, left), joined(left), joined()]
    let withBar = figures.dropLast().compactMap { figures -> StyledLine? in
      let room = width - count.columnCount - figures.columnCount - 3
      guard room >= 10 else { return nil }
      return count + StyledLine("  ")
        + ProgressBar.line(
          status.fractionCompleted, length: min(room, 60), isUnicode: isUnicode)
        + StyledLine(" ") + figures
    }
    return first(
      of: withBar + figures.suffix(2).map { count + StyledLine("  ") + $0 }, fitting: width)
  }

  // MARK: Discriminator

  /// How sure the discriminator is, in a word: from what it is at the start to where it should end,
  /// and beyond.
  package static func certainty(realAccuracy: Double, generatedAccuracy: Double) -> String {
    switch (realAccuracy + generatedAccuracy) / 2 {
    case 0.95...: "sure"
    case 0.75...: "mostly right"
    case 0.6...: "unsure"
    case 0.4...: "cannot tell"
    default: "misled"
    }
  }

  private func certaintyLine(_ columns: Columns, _ width: Int) -> StyledLine {
    let label = StyledLine("discriminator", .faint)
    if status.reconstructionLoss != nil {
      let word = label + StyledLine("  ") + StyledLine("warm-up", .strong)
      let end = StyledLine(": begins after step \(status.warmUpStepCount.grouped)")
      return first(of: [word + end, word, StyledLine("warm-up", .strong)], fitting: width)
    }
    guard let averages = status.averages else { return first(of: [label], fitting: width) }
    let word = StyledLine(
      Self.certainty(
        realAccuracy: averages.realAccuracy, generatedAccuracy: averages.generatedAccuracy),
      .strong)
    let indent = String(repeating: " ", count: columns.label - label.columnCount)
    let caption = StyledLine(indent + GuessingMeter.caption(length: columns.meter) + "  ", .faint)
    return first(
      of: [label + caption + word, label + StyledLine("  ") + word, word], fitting: width)
  }

  /// How often it is right about one kind of clips, and how that went.
  private func meterLine(
    _ name: String, _ accuracy: KeyPath<TrainingStatus.Averages, Double>,
    _ history: AccuracyHistory, _ columns: Columns, _ width: Int
  ) -> StyledLine {
    let label = StyledLine(("  " + name).leftAligned(to: columns.label), .faint)
    guard let averages = status.averages else {
      return first(of: [StyledLine("  " + name, .faint)], fitting: width)
    }
    let part = averages[keyPath: accuracy]
    let figure = StyledLine(TrainingFigures.percent(part).rightAligned(to: Columns.figure))
    let past = history.sparkline(length: columns.history)
    let meter = GuessingMeter.line(part, length: columns.meter, isUnicode: isUnicode)
    return first(
      of: [
        label + (columns.meter > 0 ? meter : StyledLine("")) + figure
          + StyledLine(past.isEmpty ? "" : "  " + past, .faint),
        StyledLine(name + figure.text),
      ], fitting: width)
  }

  // MARK: Losses

  private func lossLine(_ columns: Columns, _ width: Int) -> StyledLine {
    let label = StyledLine("losses", .faint)
    func shown(_ value: Double) -> String {
      TrainingFigures.loss(value, isUnicode: isUnicode)
    }
    let indent = String(repeating: " ", count: columns.label - label.columnCount)
    let distance = status.logMelDistance.map {
      "  spectral distance \(DecimalText.fixed($0, decimals: 1)) dB"
    }
    if let loss = status.reconstructionLoss {
      let long = "\(indent)reconstruction \(shown(loss))"
      return first(
        of: [long + (distance ?? ""), long, "  \(shown(loss))"].map { label + StyledLine($0) },
        fitting: width)
    }
    guard let averages = status.averages else { return first(of: [label], fitting: width) }
    let critic = shown(averages.criticLoss)
    let generator = shown(averages.generatorLoss)
    let penalty = averages.penalty != 0 ? "penalty \(shown(averages.penalty))  " : ""
    let long = "\(indent)discriminator \(critic)  \(penalty)generator \(generator)"
    return first(
      of: [
        long + (distance ?? ""), long, "  discriminator \(critic)  generator \(generator)",
        "  D \(critic)  G \(generator)",
      ].map { label + StyledLine($0) }, fitting: width)
  }

  // MARK: Verdict

  /// How the training goes, and what to try.
  private func verdictLine(_ columns: Columns, _ width: Int) -> StyledLine {
    let label = StyledLine("verdict", .faint)
    guard let verdict = status.verdict else { return first(of: [label], fitting: width) }
    let wide = StyledLine("verdict".leftAligned(to: columns.label), .faint)
    let word = StyledLine(verdict.rawValue, .strong)
    let sentence = word + StyledLine(": \(verdict.advice)")
    return first(
      of: [
        wide + sentence, label + StyledLine("  ") + sentence, label + StyledLine("  ") + word, word,
      ],
      fitting: width)
  }

  // MARK: Event

  private func eventLine(_ width: Int) -> StyledLine {
    let event = status.lastEvent ?? EventText("Ctrl-C saves and stops")
    return first(of: event.shorterLines.map { StyledLine($0, .faint) }, fitting: width)
  }
}
