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
/// | `warm-up.latents` | in a warm-up: the vector of each recording for training, `[N, Z]`; recordings by label, then by digest |
/// | `optimizer.warm-up.first.latents`, `.second.…` | in a warm-up: their moments |
///
/// In a warm-up, the generator takes the recordings' vectors; whoever renders from such a checkpoint
/// folds the Gaussian fitted to them into it first. Afterwards that has been done.
///
/// The metadata hold format, step, attempt, counts of updates and settings. Nothing in a checkpoint
/// depends on clock, threads, paths or the length of the run.
package struct Checkpoint {
  /// The value of `format` in the metadata of files that this version writes and reads.
  static let format = "wavegan-checkpoint-1"

  let file: SafetensorsFile
  package let step: Int
  package let attempt: Int
  package let settings: TrainingSettings

  // MARK: Making

  /// Takes a copy of a training's state.
  package init(_ adversaries: Adversaries, step: Int, attempt: Int) throws {
    self.step = step
    self.attempt = attempt
    settings = adversaries.settings
    var file = SafetensorsFile()
    for part in adversaries.stateParts {
      for parameter in part.arena.parameters {
        file.tensors[part.prefix + parameter.name] = SafetensorsFile.Entry(
          shape: parameter.shape, numbers: parameter.fileOrder(of: part.numbers))
      }
    }
    file.metadata = [
      "format": Self.format,
      "step": String(step),
      "attempt": String(attempt),
      "generator-updates-made": String(adversaries.generatorOptimizer.updateCount),
      "discriminator-updates-made": String(adversaries.discriminatorOptimizer.updateCount),
      "settings": String(
        decoding: try JSONEncoder.forFiles.encode(adversaries.settings), as: UTF8.self),
    ]
    self.file = file
  }

  /// Writes the checkpoint, whole or not at all.
  ///
  /// - Throws: `AudioFileError` when the file cannot be written.
  package func write(to path: String) throws {
    try file.write(to: path, overwrites: true)
  }

  // MARK: Reading

  /// Reads a checkpoint.
  ///
  /// - Throws: ``RunError`` `.notFound` or `.unusable`.
  package init(path: String) throws(RunError) {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw RunError(.notFound, path, "is not there or cannot be read")
    }
    do {
      file = try SafetensorsFile(bytes)
    } catch {
      // It may quote names from the file.
      throw RunError(.unusable, path, "is \(error.description.escapedForDisplay)")
    }
    guard file.metadata["format"] == Self.format,
      let step = Self.count("step", in: file), let attempt = Self.count("attempt", in: file),
      let settings = file.metadata["settings"].flatMap({
        try? JSONDecoder().decode(TrainingSettings.self, from: Data($0.utf8))
      }), (try? settings.validate()) != nil
    else {
      throw RunError(.unusable, path, "is not a checkpoint that this version can read")
    }
    self.step = step
    self.attempt = attempt
    self.settings = settings
  }

  /// Reads a checkpoint of a run.
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
  private static func count(_ name: String, in file: SafetensorsFile) -> Int? {
    guard let count = file.metadata[name].flatMap({ Int($0) }), (0...largestCount).contains(count)
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
      ("--dim", differs(\.model.dim)),
      ("--latent", differs(\.model.latentSize)),
      ("--latent-distribution", differs(\.model.latentDistribution)),
      ("--kernel", differs(\.model.kernelLength)),
      ("--upsample", differs(\.model.upsampling)),
      ("--upsample-bias", differs(\.model.usesUpsamplingBias)),
      ("--post-filter", differs(\.model.postFilter)),
      ("--batchnorm", differs(\.model.batchNormalization)),
    ]
    return options.filter(\.1).map(\.0)
  }

  /// Puts a training into this state.
  ///
  /// - Throws: ``RunError`` `.unusable` when a tensor is missing or has another shape.
  package func restore(_ adversaries: Adversaries, path: String) throws(RunError) {
    adversaries.prepareWarmUp(atStep: step)
    for part in adversaries.stateParts { try restore(part, path: path) }
    guard
      let generatorUpdates = Self.count("generator-updates-made", in: file),
      let discriminatorUpdates = Self.count("discriminator-updates-made", in: file)
    else {
      throw RunError(.unusable, path, "does not say how often its networks were updated")
    }
    adversaries.generatorOptimizer.updateCount = generatorUpdates
    adversaries.warmUp?.optimizer.updateCount = generatorUpdates
    adversaries.discriminatorOptimizer.updateCount = discriminatorUpdates
  }

  /// Puts the weights, but nothing of how they were trained, into new networks.
  ///
  /// - Throws: ``RunError`` `.unusable` when the networks have other shapes.
  package func restoreWeights(of adversaries: Adversaries, path: String) throws(RunError) {
    for part in adversaries.weightParts { try restore(part, path: path) }
    try foldLatents(into: adversaries.generator, path: path)
    adversaries.average?.restart()
  }

  /// Puts a generator into this state.
  ///
  /// - Parameter isAverage: whether its running average is taken.
  /// - Throws: ``RunError`` `.unusable` when a tensor is missing, as the average is in a run without
  ///   one.
  func restore(_ generator: Generator, isAverage: Bool, path: String) throws(RunError) {
    let prefix = isAverage ? "average." : "generator."
    for arena in [generator.arena, generator.statisticsArena] {
      try restore(
        StatePart(prefix: prefix, arena: arena, numbers: arena.values), path: path)
    }
    try foldLatents(into: generator, path: path)
  }

  /// Lets a generator from a warm-up take vectors from N(0, 1), as after it; does nothing to others.
  private func foldLatents(into generator: Generator, path: String) throws(RunError) {
    guard step < settings.objective.warmUpSteps else { return }
    let size = settings.model.latentSize
    guard let latents = file.tensors["warm-up.latents"], latents.shape.count == 2,
      latents.shape[0] > 0, latents.shape[1] == size
    else {
      throw RunError(
        .unusable, path, "has no tensor warm-up.latents of shape [N, \(size)], but is of a warm-up")
    }
    try checkIsFinite(latents, name: "warm-up.latents", path: path)
    LatentGaussian(fittedTo: latents.numbers, size: size).fold(into: generator)
  }

  /// Whether the run keeps an average of its generator.
  var hasAverage: Bool { file.tensors.keys.contains { $0.hasPrefix("average.") } }

  /// None is written with other numbers.
  private func checkIsFinite(
    _ entry: SafetensorsFile.Entry, name: String, path: String
  ) throws(RunError) {
    guard entry.numbers.allSatisfy(\.isFinite) else {
      throw RunError(
        .unusable, path,
        "is damaged: \(name) holds what is no number; move it away to use an older one")
    }
  }

  private func restore(_ part: StatePart, path: String) throws(RunError) {
    for parameter in part.arena.parameters {
      let name = part.prefix + parameter.name
      guard let entry = file.tensors[name], entry.shape == parameter.shape else {
        throw RunError(
          .unusable, path,
          "has no tensor \(name) of shape \(parameter.shape); its networks are not the ones asked for"
        )
      }
      try checkIsFinite(entry, name: name, path: path)
      parameter.set(part.numbers, fromFileOrder: entry.numbers)
    }
  }
}

/// Numbers of one kind for the parameters of one arena.
struct StatePart {
  /// What stands before each parameter's name in files.
  var prefix: String
  var arena: ParameterArena
  var numbers: Tensor
}

extension Adversaries {
  /// The weights and running statistics of both networks.
  var weightParts: [StatePart] {
    [
      StatePart(prefix: "generator.", arena: generator.arena, numbers: generator.arena.values),
      StatePart(
        prefix: "generator.", arena: generator.statisticsArena,
        numbers: generator.statisticsArena.values),
      StatePart(
        prefix: "discriminator.", arena: discriminator.arena,
        numbers: discriminator.arena.values),
      StatePart(
        prefix: "discriminator.", arena: discriminator.statisticsArena,
        numbers: discriminator.statisticsArena.values),
    ]
  }

  /// Everything that training changes.
  var stateParts: [StatePart] {
    var parts = weightParts
    if let average {
      parts += [
        StatePart(prefix: "average.", arena: generator.arena, numbers: average.values),
        StatePart(
          prefix: "average.", arena: generator.statisticsArena, numbers: average.statistics),
      ]
    }
    var optimized = [
      ("generator", generatorOptimizer, generator.arena),
      ("discriminator", discriminatorOptimizer, discriminator.arena),
    ]
    if let warmUp {
      parts.append(
        StatePart(prefix: "warm-up.", arena: warmUp.arena, numbers: warmUp.arena.values))
      optimized.append(("warm-up", warmUp.optimizer, warmUp.arena))
    }
    for (name, optimizer, arena) in optimized {
      parts += [
        StatePart(
          prefix: "optimizer.\(name).first.", arena: arena, numbers: optimizer.firstMoments),
        StatePart(
          prefix: "optimizer.\(name).second.", arena: arena, numbers: optimizer.secondMoments),
      ]
    }
    return parts
  }
}
