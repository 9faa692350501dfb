import AudioFiles
package import WaveGAN

/// An event of a training in words.
package struct EventText: Sendable, Hashable {
  /// When, what: `step 1,000: checkpoint saved`.
  package var sentence: String
  /// The file or folder that was made.
  package var path: String?

  /// A sentence, and what was made.
  package init(_ sentence: String, path: String? = nil) {
    self.sentence = sentence
    self.path = path
  }

  /// nil for what happens all the time.
  package init?(_ event: TrainingEvent) {
    switch event {
    case .step, .reported: return nil
    case .savedCheckpoint(let step, let path):
      self.init("step \(step.grouped): checkpoint saved", path: path)
    case .wrotePreviews(let step, let folder):
      self.init("step \(step.grouped): previews written", path: folder)
    case .wentBack(let step, let reason):
      self.init(
        "went back to step \(step.grouped): \(reason); going on with other random draws")
    }
  }

  /// On one line, safe to print.
  package var line: String {
    sentence + (path.map { ", \($0.escapedForDisplay)" } ?? "")
  }

  /// The same with less and less of the path, for lines that are too narrow.
  package var shorterLines: [String] {
    guard let path else { return [line] }
    let name = path.split(separator: "/").suffix(2).joined(separator: "/")
    return [line, "\(sentence), \(name.escapedForDisplay)", sentence]
  }
}
