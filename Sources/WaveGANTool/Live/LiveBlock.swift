import Spectra
import WaveGAN

/// The lines that show a training on a terminal while it goes on.
///
///     step 1,234 of 5,000  ━━━━━━━━╸────────────────────────  25 %  3.2 steps/s  6:25, 19:34 left
///     losses         discriminator −3.214  penalty 0.312  generator 1.204
///     discriminator  knows real ━━━━━━━╸─  85 %  generated ━━━━━────  62 %  mostly right
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

  /// Four lines, none wider than asked.
  package func lines(width: Int) -> [StyledLine] {
    [progressLine(width), lossLine(width), verdictLine(width), eventLine(width)]
  }

  private func first(of forms: [StyledLine], fitting width: Int) -> StyledLine {
    let form = forms.first { $0.columnCount <= width } ?? forms[forms.count - 1]
    return form.truncated(to: width, mark: isUnicode ? "…" : ">")
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
      return count + StyledLine("  ") + bar(status.fractionCompleted, length: min(room, 60))
        + StyledLine(" ") + figures
    }
    return first(
      of: withBar + figures.suffix(2).map { count + StyledLine("  ") + $0 }, fitting: width)
  }

  /// A bar that is filled from the left.
  private func bar(_ part: Double, length: Int) -> StyledLine {
    let halves = Int((part * Double(2 * length)).rounded(.down))
    guard isUnicode else {
      return StyledLine(String(repeating: "#", count: halves / 2), .accented)
        + StyledLine(String(repeating: ".", count: length - halves / 2), .faint)
    }
    let hasHalf = !halves.isMultiple(of: 2)
    return StyledLine(String(repeating: "━", count: halves / 2) + (hasHalf ? "╸" : ""), .accented)
      + StyledLine(
        String(repeating: "─", count: length - halves / 2 - (hasHalf ? 1 : 0)), .faint)
  }

  // MARK: Losses

  private func lossLine(_ width: Int) -> StyledLine {
    let label = StyledLine("losses", .faint)
    func shown(_ value: Double) -> String {
      TrainingFigures.loss(value, isUnicode: isUnicode)
    }
    let distance = status.logMelDistance.map {
      "  spectral distance \(DecimalText.fixed($0, decimals: 1)) dB"
    }
    if let loss = status.reconstructionLoss {
      let long = "         reconstruction \(shown(loss))"
      return first(
        of: [long + (distance ?? ""), long, "  \(shown(loss))"].map { label + StyledLine($0) },
        fitting: width)
    }
    guard let averages = status.averages else { return first(of: [label], fitting: width) }
    let critic = shown(averages.criticLoss)
    let generator = shown(averages.generatorLoss)
    let penalty = averages.penalty != 0 ? "penalty \(shown(averages.penalty))  " : ""
    let long = "         discriminator \(critic)  \(penalty)generator \(generator)"
    return first(
      of: [
        long + (distance ?? ""), long, "  discriminator \(critic)  generator \(generator)",
        "  D \(critic)  G \(generator)",
      ].map { label + StyledLine($0) }, fitting: width)
  }

  // MARK: Verdict

  /// How sure the discriminator is, in a word: what it is at the start, and what it should lose.
  package static func verdict(realAccuracy: Double, generatedAccuracy: Double) -> String {
    switch (realAccuracy + generatedAccuracy) / 2 {
    case 0.95...: "sure"
    case 0.75...: "mostly right"
    case 0.6...: "unsure"
    default: "guessing"
    }
  }

  private func verdictLine(_ width: Int) -> StyledLine {
    let label = StyledLine("discriminator", .faint)
    if status.reconstructionLoss != nil {
      let word = label + StyledLine("  ") + StyledLine("warm-up", .strong)
      return first(
        of: [word + StyledLine(": not yet training"), word, StyledLine("warm-up", .strong)],
        fitting: width)
    }
    guard let averages = status.averages else { return first(of: [label], fitting: width) }
    let (real, generated) = (averages.realAccuracy, averages.generatedAccuracy)
    let verdict = Self.verdict(realAccuracy: real, generatedAccuracy: generated)
    let word = StyledLine(verdict, .strong)

    func withBars(_ first: String, _ second: String, atLeast shortest: Int) -> StyledLine? {
      let longestVerdict = 12
      let rest = label.columnCount + 2 + first.count + second.count + 2 * 6 + 2 + longestVerdict
      let length = min((width - rest) / 2, 16)
      guard length >= shortest else { return nil }
      return label + StyledLine("  " + first) + bar(real, length: length)
        + StyledLine(TrainingFigures.percent(real).rightAligned(to: 6) + second)
        + bar(generated, length: length)
        + StyledLine(TrainingFigures.percent(generated).rightAligned(to: 6) + "  ") + word
    }
    let figures = StyledLine(
      ": real \(TrainingFigures.percent(real)), generated \(TrainingFigures.percent(generated))")
    let bars =
      withBars("calls real clips real ", "  generated ones generated ", atLeast: 10)
      ?? withBars("knows real ", "  generated ", atLeast: 5)
    return first(
      of: [bars, label + StyledLine("  ") + word + figures].compactMap { $0 } + [word + figures],
      fitting: width)
  }

  // MARK: Event

  private func eventLine(_ width: Int) -> StyledLine {
    let event = status.lastEvent ?? EventText("Ctrl-C saves and stops")
    return first(of: event.shorterLines.map { StyledLine($0, .faint) }, fitting: width)
  }
}
