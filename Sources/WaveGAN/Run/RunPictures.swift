import AudioFiles
import Foundation
import Spectra

/// The pictures that a run leaves in its folder.
enum RunPictures {
  /// Draws losses, accuracies, spectral distance and level over the steps of a run.
  ///
  /// - Throws: `AudioFileError` when the file cannot be written.
  static func writeCurves(of lines: [MetricsLine], title: String, to path: String) throws {
    let steps = lines.map(\.step)
    func series(_ name: String, _ value: (MetricsLine) -> Double) -> CurvesPanel.Series {
      CurvesPanel.Series(name: name, steps: steps, values: lines.map(value))
    }
    let picture = CurvesPicture(
      title: title,
      panels: [
        CurvesPanel(
          title: "How often the discriminator is right",
          series: [
            series("real", \.realAccuracy), series("generated", \.generatedAccuracy),
          ], range: 0...1, guides: [.init(value: 0.5, label: "guessing")]),
        CurvesPanel(
          title: "Losses",
          series: [
            series("discriminator", \.criticLoss), series("penalty", \.penalty),
            series("generator", \.generatorLoss),
          ]),
        CurvesPanel(
          title: "Distance of mean log-mel spectra (dB)",
          series: [series("distance", \.logMelDistance)]),
        CurvesPanel(
          title: "RMS",
          series: [series("real", \.realRMS), series("generated", \.generatedRMS)]),
      ])
    try AtomicFile.write(try picture.png(), to: path, overwrites: true)
  }
}
