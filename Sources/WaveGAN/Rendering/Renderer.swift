public import AudioFiles
import Foundation
internal import NeuralNet

/// Renders clips from a checkpoint of a run.
public final class Renderer {
  /// What the run is: its settings and its identity.
  public let record: RunRecord

  /// Steps of training that made the checkpoint.
  public let step: Int

  /// SHA-256 of the checkpoint's file.
  public let checkpointDigest: ContentDigest

  /// How clips are rendered; the average is used only if the checkpoint has one.
  public let settings: RenderSettings

  let run: RunFolder
  let checkpoint: Checkpoint
  let clipGenerator: ClipGenerator
  private let threadCount: Int
  /// What stands for the recordings of the plans so far.
  private var recordings: [ContentDigest: LatentDraw] = [:]

  /// A rendered clip, before and after it is a file.
  public struct RenderedClip: Sendable {
    /// The sound, with level and fades as the settings want them.
    public var clip: AudioClip
    /// Where it came from.
    public var provenance: ClipProvenance
    /// What the generator was given: the latent, then the part of each label, `[Z + L]`.
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
    self.run = run
    checkpoint = try Checkpoint(path: path, of: run, settings: record.settings)
    checkpointDigest = try ContentDigest(ofFile: path)
    step = checkpoint.step
    var settings = settings
    settings.usesAverage = settings.usesAverage && checkpoint.hasAverage
    self.settings = settings
    self.threadCount = threadCount ?? ProcessInfo.processInfo.activeProcessorCount
    clipGenerator = ClipGenerator(
      settings: checkpoint.settings,
      workspace: Workspace(team: ThreadTeam(threadCount: self.threadCount)))
    try clipGenerator.load(checkpoint, isAverage: settings.usesAverage, path: path)
  }

  /// Renders some clips of a plan, in order.
  ///
  /// Clip i is a pure function of checkpoint, settings, plan and i: it does not depend on which
  /// others are rendered. The same latent at another index may differ in rounding.
  ///
  /// - Parameters:
  ///   - plan: what the clips are made from.
  ///   - indices: which clips.
  ///   - receive: takes each clip; returns whether to go on.
  /// - Throws: ``SettingsError`` or ``RunError`` when the run cannot follow the plan; what `receive`
  ///   throws.
  public func render(
    _ plan: LatentPlan, indices: Range<Int>, receive: (RenderedClip) throws -> Bool
  ) throws {
    try prepare(plan)
    try render(plan, indices: indices, prepare: { $0 }, receive: receive)
  }

  /// Renders some clips of a seed, in order; see ``render(_:indices:receive:)``.
  public func render(
    seed: UInt64, indices: Range<Int>, receive: (RenderedClip) throws -> Bool
  ) throws {
    try render(.seed(seed), indices: indices, receive: receive)
  }

  /// Makes sure that the run can follow a plan, and reads what it has of the plan's recordings.
  ///
  /// - Throws: ``SettingsError`` or ``RunError`` when it cannot.
  func prepare(_ plan: LatentPlan) throws {
    try plan.check(for: record.settings.model)
    // All clips of a plan come of the same recordings.
    let unread = plan.origin(ofIndex: 0).recordings.filter { recordings[$0] == nil }
    if !unread.isEmpty { recordings.merge(try draws(of: unread)) { $1 } }
  }

  /// Renders some clips of a prepared plan, a group at a time, and prepares those of a group on several
  /// threads.
  ///
  /// - Parameters:
  ///   - prepare: makes what is wanted of a clip.
  ///   - receive: takes what was made, in the order of the clips.
  func render<Prepared: Sendable>(
    _ plan: LatentPlan, indices: Range<Int>,
    prepare: @Sendable (RenderedClip) throws -> Prepared,
    receive: (Prepared) throws -> Bool
  ) throws {
    let size = ClipGenerator.groupSize
    guard !indices.isEmpty else { return }
    let settings = settings
    for group in indices.lowerBound / size...(indices.upperBound - 1) / size {
      // A failure waits for its turn: the clips before it are received.
      let prepared = try clips(ofGroup: group, indices, of: plan)
        .parallelMap(threadCount: threadCount) { raw in
          Result {
            var rendered = raw
            rendered.clip = settings.finish(raw.clip)
            return try prepare(rendered)
          }
        }
      for result in prepared {
        guard try receive(result.get()) else { return }
      }
    }
  }

  /// The wanted clips of a group, as the generator makes them.
  private func clips(
    ofGroup group: Int, _ indices: Range<Int>, of plan: LatentPlan
  ) -> [RenderedClip] {
    let size = ClipGenerator.groupSize
    let first = group * size
    let wanted = indices.clamped(to: first..<first + size)
    let model = record.settings.model
    let origins = wanted.map { plan.origin(ofIndex: $0).labelled(by: model) }
    let spread = Float(settings.spread)
    let latents = origins.map { origin in
      var draw = origin.draw(
        for: model, prior: clipGenerator.prior, recordings: recordings)
      draw.noise = draw.noise.map { spread * $0 }
      return clipGenerator.input(for: draw)
    }
    let data = record.settings.data
    let clips = clipGenerator.clips(of: latents, firstSlot: wanted.lowerBound - first)
    return wanted.enumerated().map { place, index in
      RenderedClip(
        clip: AudioClip(
          samples: clips[place], channelCount: data.channelCount, sampleRate: data.sampleRate),
        provenance: provenance(ofIndex: index, origin: origins[place]), latent: latents[place])
    }
  }

  private func provenance(ofIndex index: Int, origin: LatentOrigin) -> ClipProvenance {
    ClipProvenance(
      run: record.id, checkpoint: checkpointDigest, step: step, index: index, origin: origin,
      settings: settings)
  }

  /// Makes sure, before anything is rendered, that files can hold where clips come from.
  ///
  /// The last clips have the longest comments: only index, label and place on a walk differ.
  ///
  /// - Throws: ``SettingsError`` `.outOfRange`.
  func checkComment(of plan: LatentPlan, indices: Range<Int>) throws {
    let model = record.settings.model
    // All labels have had their turn.
    let length =
      try indices.suffix(max(1, model.labels.count)).map { index in
        let origin = plan.origin(ofIndex: index).labelled(by: model)
        return try provenance(ofIndex: index, origin: origin).comment().utf8.count
      }.max() ?? 0
    guard length <= AudioWriter.maximumCommentLength else {
      throw SettingsError(
        .outOfRange, plan.option,
        "where these sounds come from would take \(length.grouped) bytes of a file's comment, which "
          + "holds \(AudioWriter.maximumCommentLength.grouped); begin with sounds that are less mixed"
      )
    }
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
