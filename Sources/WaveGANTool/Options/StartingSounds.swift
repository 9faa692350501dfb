import AudioFiles
import WaveGAN

/// Starting sounds that were looked up, and what the rendered ones have in common.
struct StartingSounds {
  let origins: [LatentOrigin]
  private let files: [(path: String, provenance: ClipProvenance)]

  /// - Parameters:
  ///   - sounds: as the command line names them.
  ///   - labels: of those that are seeds, in turn; empty where nothing was said.
  ///   - run: the run that is to be rendered from.
  /// - Throws: an error of reading a file, or a `RunError` when `run` neither rendered it nor has a
  ///   vector for it.
  init(_ sounds: [StartingSound], labels: [String], of run: RunFolder) throws {
    var origins: [LatentOrigin] = []
    var files: [(path: String, provenance: ClipProvenance)] = []
    for (place, sound) in sounds.enumerated() {
      switch sound {
      case .clip(let seed, let index):
        let label = labels.isEmpty ? nil : labels[place % labels.count]
        origins.append(.drawn(seed: seed, index: index, label: label))
      case .file(let path):
        let file = try StartingFile(path, of: run)
        origins.append(file.origin)
        if case .rendered(let provenance) = file { files.append((path, provenance)) }
      }
    }
    self.origins = origins
    self.files = files
  }

  /// What the rendered files were all rendered with, so that a walk meets them as they are; nil
  /// without any.
  ///
  /// - Parameters:
  ///   - option: what could have said it.
  ///   - value: what a file was rendered with.
  ///   - words: the value in a sentence: “was rendered with 0.5”.
  /// - Throws: `SettingsError` `.conflict` when they were rendered with different values.
  func common<Value: Equatable>(
    _ option: String, _ value: (ClipProvenance) -> Value,
    words: (Value) -> String = { "with \($0)" }
  ) throws -> Value? {
    guard let first = files.first else { return nil }
    for file in files where value(file.provenance) != value(first.provenance) {
      throw SettingsError(
        .conflict, option,
        "\(first.path.escapedForDisplay) was rendered \(words(value(first.provenance))) and "
          + "\(file.path.escapedForDisplay) \(words(value(file.provenance))); say which to use")
    }
    return value(first.provenance)
  }

  /// Makes sure that the files were rendered from the very weights that a walk is to be made with.
  ///
  /// - Throws: `RunError` `.unusable` for the first that was not.
  func check(_ renderer: Renderer, of run: RunFolder) throws {
    for file in files { try file.provenance.checkWeights(renderer, of: run, file: file.path) }
  }
}
