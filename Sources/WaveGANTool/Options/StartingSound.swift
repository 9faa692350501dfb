import ArgumentParser
import AudioFiles
import WaveGAN

/// A sound that a walk begins with, as the command line names it: a seed, which means its first clip;
/// SEED:INDEX; or else a rendered file.
enum StartingSound: ExpressibleByArgument, Hashable {
  case clip(seed: UInt64, index: Int)
  case file(String)

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count <= 2, let seed = UInt64(parts[0]),
      let index = parts.count == 1 ? 0 : UInt32(parts[1]).map(Int.init)
    {
      self = .clip(seed: seed, index: index)
    } else {
      self = .file(argument)
    }
  }
}

/// Starting sounds that were looked up, and what the rendered ones have in common.
struct StartingSounds {
  let origins: [LatentOrigin]
  private let files: [(path: String, provenance: ClipProvenance)]

  /// - Throws: an error of reading a file, or a `RunError` when `run` did not render it.
  init(_ sounds: [StartingSound], of run: RunFolder) throws {
    var origins: [LatentOrigin] = []
    var files: [(path: String, provenance: ClipProvenance)] = []
    for sound in sounds {
      switch sound {
      case .clip(let seed, let index): origins.append(.drawn(seed: seed, index: index))
      case .file(let path):
        let provenance = try ClipProvenance(ofFile: path)
        try provenance.checkRun(run, file: path)
        origins.append(provenance.origin)
        files.append((path, provenance))
      }
    }
    self.origins = origins
    self.files = files
  }

  /// What the files were all rendered with, so that a walk meets them as they are; nil without files.
  ///
  /// - Parameter option: what could have said it.
  /// - Throws: `SettingsError` `.conflict` when they were rendered with different values.
  func common<Value: Equatable>(
    _ option: String, _ value: (ClipProvenance) -> Value
  ) throws -> Value? {
    guard let first = files.first else { return nil }
    for file in files where value(file.provenance) != value(first.provenance) {
      throw SettingsError(
        .conflict, option,
        "\(first.path.escapedForDisplay) was rendered with \(value(first.provenance)) and "
          + "\(file.path.escapedForDisplay) with \(value(file.provenance)); say which to use")
    }
    return value(first.provenance)
  }
}
