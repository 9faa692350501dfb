import AudioFiles
import Foundation
package import Spectra

/// The pictures that a run leaves in its folder.
package enum RunPictures {
  /// Writes the curves of a run; see ``curves(of:title:bestStep:)``.
  ///
  /// - Throws: `AudioFileError` when the file cannot be written.
  static func writeCurves(
    of lines: [MetricsLine], title: String, bestStep: Int?, to path: String
  ) throws {
    let picture = curves(of: lines, title: title, bestStep: bestStep)
    try AtomicFile.write(try picture.png(), to: path, overwrites: true)
  }

  /// How a training goes: a chart for each question, over steps and time.
  ///
  /// What a line does not have, as the discriminator's figures in a warm-up, is a gap.
  ///
  /// - Parameters:
  ///   - lines: what the training has told so far.
  ///   - title: what stands over the charts.
  ///   - bestStep: the step of the best checkpoint that there is.
  package static func curves(
    of lines: [MetricsLine], title: String, bestStep: Int?
  ) -> CurvesPicture {
    let checkpoints = lines.filter(\.isCheckpoint).map(\.step)
    var marks: [CurvesPicture.Mark] = []
    var note = "Bold, and in numbers: the trend; faint: every report"
    if !checkpoints.isEmpty { note += "; notches: checkpoints" }
    if let bestStep, checkpoints.contains(bestStep) {
      marks.append(.init(step: bestStep, label: "best"))
      note += ", the best after \(bestStep.grouped) steps"
    }
    for (before, after) in zip(lines, lines.dropFirst()) where before.attempt < after.attempt {
      marks.append(.init(step: before.step, label: "went back"))
    }
    return CurvesPicture(
      title: title, note: note,
      panels: [accuracies(lines), losses(lines)] + evaluations(lines) + [
        distances(lines), levels(lines), varieties(lines),
      ],
      marks: marks, notches: checkpoints,
      elapsed: lines.map { .init(step: $0.step, seconds: $0.seconds) })
  }

  private static func accuracies(_ lines: [MetricsLine]) -> CurvesPanel {
    CurvesPanel(
      title: "How often the discriminator is right",
      hint: "At 0.5 it only guesses: it cannot tell generated from real. At 1 nothing deceives it.",
      series: [
        series("real", of: lines, \.realAccuracy),
        series("generated", of: lines, \.generatedAccuracy),
      ], range: 0...1, guides: [.init(value: 0.5, label: "guessing")])
  }

  private static func losses(_ lines: [MetricsLine]) -> CurvesPanel {
    let hasWarmUp = lines.contains { $0.reconstructionLoss != nil }
    return CurvesPanel(
      title: "Losses",
      hint: "How large they are means little. Look for curves that settle, not for low ones.",
      series: [
        series("discriminator", of: lines, \.criticLoss), series("penalty", of: lines, \.penalty),
        series("generator", of: lines, \.generatorLoss),
      ] + (hasWarmUp ? [series("reconstruction", of: lines, \.reconstructionLoss)] : []))
  }

  /// How good the clips of checkpoints are; no chart where that was not measured.
  private static func evaluations(_ lines: [MetricsLine]) -> [CurvesPanel] {
    let distant = lines.filter { $0.frechetDistance != nil }
    let near = lines.filter { $0.precision != nil && $0.coverage != nil }
    var panels: [CurvesPanel] = []
    if !distant.isEmpty {
      panels.append(
        CurvesPanel(
          title: "Fréchet distance at checkpoints (dB²)",
          hint:
            "How far all generated clips are from the recordings. The best checkpoint has the lowest.",
          series: [series("distance", of: distant, \.frechetDistance)], isLogarithmic: true))
    }
    if !near.isEmpty {
      panels.append(
        CurvesPanel(
          title: "Precision and coverage at checkpoints",
          hint:
            "The part of generated clips near a recording, and of recordings near a generated clip.",
          series: [
            series("precision", of: near, \.precision), series("coverage", of: near, \.coverage),
          ], range: 0...1))
    }
    return panels
  }

  private static func distances(_ lines: [MetricsLine]) -> CurvesPanel {
    CurvesPanel(
      title: "Distance of mean log-mel spectra (dB)",
      hint:
        "How far generated clips are, on average, from the colour of the recordings. Lower is nearer.",
      series: [series("distance", of: lines, \.logMelDistance)])
  }

  private static func levels(_ lines: [MetricsLine]) -> CurvesPanel {
    CurvesPanel(
      title: "Level (RMS, dBFS)",
      hint:
        "Generated clips should become about as loud as real ones; a fall to the floor is silence.",
      series: [
        series("real", of: lines) { decibels($0.realRMS) },
        series("generated", of: lines) { decibels($0.generatedRMS) },
      ])
  }

  private static func varieties(_ lines: [MetricsLine]) -> CurvesPanel {
    CurvesPanel(
      title: "Variety (dB)",
      hint:
        "How far two clips are from each other. Near 0 all generated clips are one and the same sound.",
      series: [
        series("real", of: lines, \.realVariety),
        series("generated", of: lines, \.generatedVariety),
      ])
  }

  private static func series(
    _ name: String, of lines: [MetricsLine], _ value: (MetricsLine) -> Double?
  ) -> CurvesPanel.Series {
    CurvesPanel.Series(
      name: name, steps: lines.map(\.step), values: lines.map { value($0) ?? .nan })
  }

  /// An amplitude in dB; silence is −100 dB.
  private static func decibels(_ amplitude: Double) -> Double {
    amplitude.isFinite ? 20 * log10(max(amplitude, 1e-5)) : amplitude
  }
}
