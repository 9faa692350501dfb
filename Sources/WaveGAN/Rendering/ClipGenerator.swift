internal import NeuralNet

/// Makes clips from latent vectors with a trained generator.
///
/// It works on groups of a fixed number of clips, so that a clip does not depend on how many are
/// made: clip i is always in slot i mod 16 of a group of 16, the last one filled up.
final class ClipGenerator {
  /// Clips in a group.
  static let groupSize = 16

  let settings: TrainingSettings
  private let generator: any GeneratorNetwork
  /// What makes latent vectors of random numbers; nil where these are the latents.
  private(set) var prior: LatentPrior?

  /// Plans a generator without weights; ``load(_:isAverage:path:)`` or ``load(_:)`` sets them.
  ///
  /// - Parameter workspace: room for its convolutions, which a training's networks may share.
  init(settings: TrainingSettings, workspace: Workspace) {
    self.settings = settings
    generator = settings.makeGenerator(batchSize: Self.groupSize, workspace: workspace)
  }

  /// Takes the weights of a checkpoint.
  ///
  /// - Throws: ``RunError`` `.unusable` when it does not hold them.
  func load(_ checkpoint: Checkpoint, isAverage: Bool, path: String) throws(RunError) {
    prior = try checkpoint.restore(generator, isAverage: isAverage, path: path)
  }

  /// Takes the weights of a running training: the average if there is one, as rendering does.
  func load(_ adversaries: Adversaries) {
    let average = adversaries.average
    generator.arena.values.assign(average?.values ?? adversaries.generator.arena.values)
    generator.statisticsArena.values.assign(
      average?.statistics ?? adversaries.generator.statisticsArena.values)
    prior = adversaries.presentPrior
  }

  /// What stands for a vector under the prior, `[Z]`; nil without one.
  func noise(of latent: [Float], component: Int) -> [Float]? {
    prior?.noise(of: latent, component: component)
  }

  /// Draws what a clip of a label is made from; the label is 0 where there are none.
  func draw(from stream: inout RandomStream, label: Int) -> LatentDraw {
    LatentDraw(
      noise: settings.model.noise(&stream, by: prior, label: label),
      shares: settings.model.shares(ofLabel: label))
  }

  /// What the generator is given for a clip, `[Z + L]`: its latent vector, then the part of each label.
  func input(for draw: LatentDraw) -> [Float] { draw.input(by: prior) }

  /// Makes clips of one group.
  ///
  /// - Parameters:
  ///   - inputs: vectors `[Z + L]`, of slots that follow each other.
  ///   - firstSlot: the slot of the first; all of them are within ``groupSize``.
  /// - Returns: as many clips, each `[T, C]`.
  func clips(of inputs: [[Float]], firstSlot: Int = 0) -> [[Float]] {
    let slots = firstSlot..<firstSlot + inputs.count
    precondition(
      firstSlot >= 0 && slots.upperBound <= Self.groupSize, "slots \(slots) are more than a group")
    let empty = [Float](repeating: 0, count: settings.model.inputSize)
    let filled = (0..<Self.groupSize).flatMap {
      slots.contains($0) ? inputs[$0 - firstSlot] : empty
    }
    generator.forward(filled, usesBatchStatistics: false)
    let length = settings.data.windowLength * settings.data.channelCount
    return slots.map { slot in
      Array(generator.output.values[slot * length..<(slot + 1) * length])
    }
  }
}
