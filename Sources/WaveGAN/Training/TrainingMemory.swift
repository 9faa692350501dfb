import Foundation
internal import NeuralNet

/// How much memory a training takes at its most, reckoned from the shapes of its networks before
/// they are made.
public struct TrainingMemory: Sendable, Hashable {
  /// What is there before the networks are made: the program, its libraries, and ``recordings``.
  public let present: ByteCount

  /// The decoded recordings, of what is present; those that went to a file do not count.
  public let recordings: ByteCount

  /// Weights, gradients, moments of the optimisers and the running average; and the generator that
  /// makes previews.
  public let networks: ByteCount

  /// What the networks leave of one batch on their way forward and back, the clips themselves, those
  /// that a checkpoint is judged by, and room for products of matrices.
  public let batch: ByteCount

  /// All of it.
  public var total: ByteCount {
    ByteCount(bytes: present.bytes + networks.bytes + batch.bytes)
  }

  /// Whether what is still to come fits into an amount of free memory.
  public func fits(_ available: ByteCount) -> Bool {
    networks.bytes + batch.bytes <= available.bytes
  }

  /// The memory that programs can still have on this computer without others being put to disk; nil
  /// where the system does not say.
  public static var available: ByteCount? {
    amount("MemAvailable", in: "/proc/meminfo")
  }

  /// Reckons with a training's settings and recordings.
  init(settings: TrainingSettings, dataset: Dataset, threadCount: Int) {
    func amount(_ count: Int) -> ByteCount {
      ByteCount(bytes: count * MemoryLayout<Float>.stride)
    }
    let recordings = amount(dataset.sampleCountInMemory)
    self.recordings = recordings
    present = Self.amount("VmRSS", in: "/proc/self/status") ?? recordings
    let plan = MemoryPlan(
      settings: settings, recordingCount: dataset.clips.count { $0.part == .training })
    networks = amount(plan.networkCount)
    batch = amount(plan.batchCount(threadCount: threadCount))
  }

  /// The amount in a line such as `VmRSS:     1234 kB` of one of the system's files.
  private static func amount(_ name: String, in path: String) -> ByteCount? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
    let number = line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return number.map { ByteCount(bytes: $0 << 10) }
  }
}

/// Counts the numbers that ``Adversaries``, ``PreviewWriter``, ``CheckpointEvaluation`` and
/// ``BatchLoader`` keep.
private struct MemoryPlan {
  let settings: TrainingSettings
  let geometry: NetworkGeometry
  let designs: [DiscriminatorDesign]
  let recordingCount: Int

  init(settings: TrainingSettings, recordingCount: Int) {
    self.settings = settings
    designs = DiscriminatorDesign.all(for: settings)
    self.recordingCount = recordingCount
    geometry = NetworkGeometry(data: settings.data, model: settings.model)
  }

  /// Numbers in all that lasts from batch to batch.
  var networkCount: Int {
    let counts = ParameterCounts(of: settings)
    let averages = settings.objective.averageDecay > 0 ? 1 : 0
    // Values, a gradient and two moments of both; and the copy for previews.
    return (5 + averages) * counts.generator + 4 * counts.discriminator + warmUpCount
  }

  /// Numbers that a warm-up learns of recordings: vectors, a gradient and two moments, and how often
  /// each was moved; and the prior, which follows it.
  private var warmUpCount: Int {
    guard settings.objective.warmUpSteps > 0 else { return 0 }
    let (size, labels) = (settings.model.latentSize, max(1, settings.model.labels.count))
    return recordingCount * (4 * size + 1) + labels * size * (size + 1)
  }

  /// Numbers in all that is made anew with each batch.
  func batchCount(threadCount: Int) -> Int {
    let batchSize = settings.objective.batchSize
    let judged = designs.reduce(0) { $0 + judgedCount($1, threadCount: threadCount) }
    let generator = generatorCounts
    // What the generator learns from is the sum of what the discriminators say.
    let clips =
      batchSize * (generator.forward + generator.back + (Self.waitingBatchCount + 1) * sampleCount)
    return judged + clips
      // Recordings that are copied, and the gradient with respect to the copies.
      + (settings.objective.warmUpSteps > 0 ? 2 * batchSize * sampleCount : 0)
      // Real and generated clips as they are shown.
      + (settings.objective.changesClips ? 2 * batchSize * sampleCount : 0)
      // A preview is not gone back through.
      + PreviewWriter.clipCount * generator.forward
      + comparedCount
      + workspaceCount(threadCount: threadCount)
  }

  /// Numbers that are kept of the clips that a checkpoint is judged by, real and generated: levels, once
  /// for each clip and once side by side.
  private var comparedCount: Int {
    let real = min(recordingCount, CheckpointEvaluation.clipLimit)
    let generated = CheckpointEvaluation.generatedCount(for: real)
    let features = EvaluationFeatures(
      sampleRate: settings.data.sampleRate, windowLength: settings.data.windowLength)
    return 2 * (real + generated) * features.levelCount
  }

  /// Batches of real clips: three cut ahead, one handed over, and the one being learnt.
  private static let waitingBatchCount = 5

  /// Numbers of a clip.
  private var sampleCount: Int { geometry.windowLength * geometry.channelCount }

  /// Numbers that a discriminator keeps of a batch: of each layer the output and the signal on its
  /// way back, and what was normalised; its input, and the gradient with respect to that; and room for
  /// spectra.
  private func judgedCount(_ design: DiscriminatorDesign, threadCount: Int) -> Int {
    let layers = design.layers.enumerated().reduce(0) { count, layer in
      count + (design.normalizedLayers.contains(layer.offset) ? 3 : 2)
        * layer.element.outputLength * layer.element.outputChannelCount
    }
    let input = design.inputLength * design.inputChannelCount
    let spectra = design.fftLength.map {
      LogSpectrum.workspaceCount(fftLength: $0, sampleCount: geometry.windowLength)
    }
    return settings.judgedCount(of: design) * (layers + 2 * input)
      + threadCount * (spectra ?? 0)
  }

  /// Numbers that the generator keeps of a clip: on its way forward each layer's output, and what was
  /// normalised; and the signals on its way back.
  private var generatorCounts: (forward: Int, back: Int) {
    switch settings.model.generator {
    case .wavegan:
      let outputs = geometry.generatorLayers.reduce(geometry.projection.outputCount) {
        $0 + $1.outputLength * $1.outputChannelCount
      }
      return (
        (settings.model.batchNormalization ? 2 : 1) * outputs
          + (settings.model.postFilter ? sampleCount : 0),
        outputs
      )
    case .istft:
      let geometry = SpectralGeometry(data: settings.data, model: settings.model)
      return (geometry.outputCount, geometry.signalCount)
    }
  }

  /// Room for the sums of convolutions, which all networks and the preview's generator share.
  private func workspaceCount(threadCount: Int) -> Int {
    let plan = ConvolutionPlan(settings)
    var shared = plan.generator.sharedCounts(clipCount: settings.objective.batchSize)
    shared.merge(
      plan.discriminator.sharedCounts(
        clipCount: designs.map { settings.judgedCount(of: $0) }.max() ?? 0), uniquingKeysWith: max)
    shared.merge(
      plan.generator.sharedCounts(clipCount: PreviewWriter.clipCount), uniquingKeysWith: max)
    return shared.values.reduce(0, +) + threadCount * plan.countPerWorker
  }
}
