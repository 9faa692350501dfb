public import AudioFiles
import Foundation
internal import NeuralNet

/// Renders clips from a checkpoint of a run.
public final class Renderer {
  public let record: RunRecord

  /// Steps of training that made the checkpoint.
  public let step: Int

  /// SHA-256 of the checkpoint's file.
  public let checkpointDigest: ContentDigest

  public let settings: RenderSettings

  private let clipGenerator: ClipGenerator

  /// A rendered clip, before and after it is a file.
  public struct RenderedClip: Sendable {
    public var clip: AudioClip
    public var provenance: ClipProvenance
    /// z, `[Z]`, as the generator was given it.
    public var latent: [Float]
  }

  /// Loads a checkpoint.
  ///
  /// - Parameters:
  ///   - run: the run's folder.
  ///   - choice: which of its checkpoints.
  ///   - settings: how to render. Where the run keeps no average, its generator itself is used.
  ///   - threadCount: without influence on what is rendered; nil: one for each core.
  /// - Throws: ``RunError`` when there is no such run or checkpoint, or when it is damaged.
  public init(
    run: RunFolder, checkpoint choice: RunFolder.CheckpointChoice = .latest,
    settings: RenderSettings = RenderSettings(),
    threadCount: Int? = nil
  ) throws {
    record = try RunRecord(of: run)
    let path = try run.checkpoint(choice)
    let checkpoint = try Checkpoint(path: path, of: run, settings: record.settings)
    checkpointDigest = try ContentDigest(ofFile: path)
    step = checkpoint.step
    var settings = settings
    settings.usesAverage = settings.usesAverage && checkpoint.hasAverage
    self.settings = settings
    clipGenerator = ClipGenerator(
      settings: checkpoint.settings,
      team: ThreadTeam(threadCount: threadCount ?? ProcessInfo.processInfo.activeProcessorCount))
    try clipGenerator.load(checkpoint, isAverage: settings.usesAverage, path: path)
  }

  /// Renders some clips of a seed, in order, a group at a time.
  ///
  /// Clip i is a pure function of checkpoint, settings, seed and i: it does not depend on which
  /// others are rendered.
  ///
  /// - Parameters:
  ///   - seed: decides the latent vectors.
  ///   - indices: which clips of the seed.
  ///   - receive: takes each clip; returns whether to go on.
  public func render(
    seed: UInt64, indices: Range<Int>, receive: (RenderedClip) throws -> Bool
  ) throws {
    let size = ClipGenerator.groupSize
    guard !indices.isEmpty else { return }
    for group in indices.lowerBound / size...(indices.upperBound - 1) / size {
      let members = group * size..<(group + 1) * size
      let latents = members.map { latent(seed: seed, index: $0) }
      let clips = clipGenerator.clips(of: latents)
      for (slot, index) in members.enumerated() where indices.contains(index) {
        let rendered = RenderedClip(
          clip: settings.finish(
            AudioClip(
              samples: clips[slot], channelCount: record.settings.data.channelCount,
              sampleRate: record.settings.data.sampleRate)),
          provenance: ClipProvenance(
            run: record.id, checkpoint: checkpointDigest, step: step, seed: seed, index: index,
            settings: settings),
          latent: latents[slot])
        guard try receive(rendered) else { return }
      }
    }
  }

  private func latent(seed: UInt64, index: Int) -> [Float] {
    var stream = RandomStream(seed: seed, purpose: .rendering, index: index)
    return record.settings.model.latent(&stream).map { Float(settings.spread) * $0 }
  }
}

extension RenderSettings {
  /// Largest absolute sample with ``Gain/peak``: −1 dB.
  private static let peak = Float(pow(10, -1.0 / 20))

  /// What a generated clip is multiplied by.
  private func scale(of clip: AudioClip) -> Float {
    switch gain {
    case .none: return 1
    case .peak:
      let largest = clip.peak
      return largest > 0 ? Self.peak / largest : 1
    case .loudness:
      // What is too quiet to have a loudness is left as it is, not made loud.
      let loudness = clip.loudness
      guard loudness.lufs != nil else { return 1 }
      return ClipPreparation.gain(.loudness, peak: clip.peak, loudness: loudness)
    }
  }

  /// Sets the level of a generated clip and fades its ends.
  func finish(_ clip: AudioClip) -> AudioClip {
    var clip = clip
    let scale = scale(of: clip)
    let fadeLength = min(
      clip.frameCount / 2, Int(fadeMilliseconds / 1_000 * Double(clip.sampleRate)))
    for frame in 0..<clip.frameCount {
      // Half a cosine, symmetric at both ends.
      let place = min(frame, clip.frameCount - 1 - frame)
      let fade =
        place < fadeLength
        ? Float(0.5 - 0.5 * cos(Double.pi * (Double(place) + 0.5) / Double(fadeLength))) : 1
      for channel in 0..<clip.channelCount {
        clip.samples[frame * clip.channelCount + channel] *= scale * fade
      }
    }
    return clip
  }
}
