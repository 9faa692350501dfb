import AudioFiles
import Spectra

extension ContactSheet.Clip {
  /// A generated clip, under which its name stands and, if it has one, its label.
  ///
  /// Labels come in turn, so clips are not grouped by them: beside each other, they can be compared.
  init(samples: [Float], name: String, label: String?) {
    self.init(
      samples: samples, caption: name + (label.map { "  \($0.escapedForDisplay)" } ?? ""))
  }
}
