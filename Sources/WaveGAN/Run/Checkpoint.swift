import AudioFiles
import Foundation
internal import NeuralNet

/// The whole state of a training after some steps, as it lies in a file.
///
/// | tensors | what |
/// | --- | --- |
/// | `generator.…` | parameters and running statistics, under PyTorch's names and in its layouts |
/// | `average.…` | the generator's running average, likewise, if one is kept |
/// | `discriminator.…` | parameters and running statistics |
/// | `optimizer.generator.first.…`, `.second.…` | moments, in the layouts of their parameters |
/// | `optimizer.discriminator.first.…`, `.second.…` | likewise |
/// | `warm-up.latents` | with a warm-up: the vector of each recording for training, `[N, Z]`; recordings by label, then by digest |
/// | `optimizer.warm-up.first.latents`, `.second.…`, `.updates` | in a warm-up: their moments, and how often each was moved |
/// | `prior.mean`, `prior.factor` | after a warm-up: what makes latent vectors of random numbers, ``LatentPrior``; the same for generator and average |
///
/// In a warm-up, whoever renders from a checkpoint makes the prior of the recordings' vectors.
///
/// The metadata hold format, step, attempt, counts of updates, settings (with the names of labels) and,
/// with a warm-up, how many recordings for training each label has. Nothing in a checkpoint
/// depends on clock, threads, paths or the length of the run.
///
/// A checkpoint is as large as what it is a copy of, so it is never whole in memory: numbers go
/// from a training to the file, and from the file to a training, a block at a time.
package struct Checkpoint {
  /// The value of `format` in the metadata of files that this version writes and reads.
  static let format = "wavegan-checkpoint-1"

  /// How many recordings for training each label has, in order: `12,30`.
  static let recordingCounts = "warm-up-recordings"

  /// The open file.
  let file: SafetensorsReader
  package let step: Int
  package let attempt: Int
  package let settings: TrainingSettings

  /// Opens a checkpoint and reads what it is.
  ///
  /// - Throws: ``RunError`` `.notFound` or `.unusable`.
  package init(path: String) throws(RunError) {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw RunError(.notFound, path, "is not there or cannot be read")
    }
    do {
      file = try SafetensorsReader(handle)
    } catch {
      throw RunError(error, path: path)
    }
    let metadata = file.header.metadata
    guard metadata["format"] == Self.format,
      let step = Self.count("step", in: metadata),
      let attempt = Self.count("attempt", in: metadata),
      let settings = metadata["settings"].flatMap({
        try? JSONDecoder().decode(TrainingSettings.self, from: Data($0.utf8))
      }), (try? settings.validate()) != nil
    else {
      throw RunError(.unusable, path, "is not a checkpoint that this version can read")
    }
    self.step = step
    self.attempt = attempt
    self.settings = settings
  }

  /// Opens a checkpoint of a run.
  ///
  /// - Throws: ``RunError`` `.notFound`, or `.unusable`, also when it was made after another step
  ///   than its name says, or with other settings.
  init(path: String, of folder: RunFolder, settings: TrainingSettings) throws(RunError) {
    try self.init(path: path)
    guard path == folder.checkpoint(step: step), self.settings == settings else {
      throw RunError(.unusable, path, "is the checkpoint of another run or step")
    }
  }

  /// The largest count that is believed: more than any training reaches, and far from overflow.
  private static let largestCount = 1_000_000_000_000

  /// A count in the metadata; nil when it is missing or out of range.
  static func count(_ name: String, in metadata: [String: String]) -> Int? {
    guard let count = metadata[name].flatMap({ Int($0) }), (0...largestCount).contains(count)
    else { return nil }
    return count
  }

  /// The options that would have to be others for its networks to be those of these settings, which
  /// have the same layers and the same kind of latent vectors.
  func optionsDiffering(from settings: TrainingSettings) -> [String] {
    func differs(_ value: KeyPath<TrainingSettings, some Equatable>) -> Bool {
      self.settings[keyPath: value] != settings[keyPath: value]
    }
    let options = [
      ("--window", differs(\.data.windowLength)),
      ("--channels", differs(\.data.channelCount)),
      ("--generator", differs(\.model.generator)),
      ("--dim", differs(\.model.dim)),
      ("--latent", differs(\.model.latentSize)),
      ("--latent-distribution", differs(\.model.latentDistribution)),
      ("--kernel", differs(\.model.kernelLength)),
      ("--upsample", differs(\.model.upsampling)),
      ("--upsample-bias", differs(\.model.usesUpsamplingBias)),
      ("--post-filter", differs(\.model.postFilter)),
      ("--batchnorm", differs(\.model.batchNormalization)),
      ("--conditional", differs(\.model.labels)),
    ]
    return options.filter(\.1).map(\.0)
  }

  /// Whether the run keeps an average of its generator.
  var hasAverage: Bool { file.header.tensors.keys.contains { $0.hasPrefix("average.") } }
}

extension RunError {
  /// A checkpoint that is no safetensors file.
  init(_ error: SafetensorsError, path: String) {
    // It may quote names from the file.
    self.init(.unusable, path, "is \(error.description.escapedForDisplay)")
  }
}
