public import AudioFiles

/// Clips that a run renders in memory.
///
/// Clip i of a run that was told labels gets the label of the training recording that stands beside it
/// in the comparison, so that generated clips have labels as often as recordings do: it is the clip that
/// `render --label` makes at the same place of the seed. Clips of other runs are those that `render`
/// makes.
public struct RenderedClips: GeneratedClips {
  private let renderer: Renderer
  private let path: String
  private let plan: LatentPlan
  public let count: Int

  /// - Parameters:
  ///   - renderer: the run, its checkpoint and how it renders.
  ///   - path: what the report calls the run.
  ///   - seed: of the latents, and of the evaluation, which draws recordings by it.
  ///   - labels: which of its labels a run that was told labels renders; empty: all of them.
  ///   - reference: the recordings of the evaluation. Those of other labels do not count; without any
  ///     of these labels, they come in turn.
  ///   - count: clips 0 ..< `count` of the seed.
  /// - Throws: ``SettingsError`` `.unknownLabel`.
  public init(
    renderer: Renderer, path: String, seed: UInt64, labels: [String] = [], reference: Dataset,
    count: Int
  ) throws {
    let model = renderer.record.settings.model
    for label in labels { try model.check(label: label, option: "--only-labels") }
    self.renderer = renderer
    self.path = path
    let wanted = Set(labels.isEmpty ? model.labels : labels)
    let drawn = ReferenceDraw(from: reference, seed: seed).training
      .map { reference.clips[$0].label }.filter(wanted.contains)
    plan = .seed(seed, labels: drawn.isEmpty ? labels : drawn)
    self.count = count
  }

  public var source: Evaluation.Generated {
    var source = Evaluation.Generated(path: path, clips: count)
    source.run = renderer.record.id
    source.step = renderer.step
    source.checkpoint = renderer.checkpointDigest.description
    source.average = renderer.settings.usesAverage
    source.spread = renderer.settings.spread
    return source
  }

  public func name(of index: Int) -> String { ClipProvenance.name(ofIndex: index) }

  public func label(of index: Int) -> String? {
    plan.origin(ofIndex: index).labelled(by: renderer.record.settings.model).label
  }

  public func map<Result: Sendable>(
    _ indices: [Int], _ transform: @Sendable (AudioClip) throws -> Result,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void
  ) throws -> [Result] {
    var results: [Result] = []
    var next = 0
    while next < indices.count {
      // Runs of clips that follow each other share the generator's groups.
      var end = next + 1
      while end < indices.count, indices[end] == indices[end - 1] + 1 { end += 1 }
      try renderer.render(
        plan, indices: indices[next]..<indices[end - 1] + 1,
        prepare: { try transform($0.clip) },
        receive: {
          results.append($0)
          try progress(results.count, indices.count)
          return true
        })
      next = end
    }
    return results
  }
}
