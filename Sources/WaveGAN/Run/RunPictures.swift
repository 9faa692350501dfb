import AudioFiles
import Spectra

/// The pictures that a run leaves in its folder.
enum RunPictures {
  /// Draws losses, accuracies, spectral distance and loudness over the steps of a run.
  static func writeCurves(of lines: [MetricsLine], to path: String) throws {
  }
}
