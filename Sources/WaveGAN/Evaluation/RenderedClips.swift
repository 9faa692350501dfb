public import AudioFiles

/// Clips that a run renders in memory: those that `render` would write for the same seed.
public struct RenderedClips: GeneratedClips {
  private let renderer: Renderer
  private let path: String
  private let seed: UInt64
  public let count: Int

  /// - Parameters:
  ///   - renderer: the run, its checkpoint and how it renders.
  ///   - path: what the report calls the run.
  ///   - seed: of the latents.
  ///   - count: clips 0 ..< `count` of the seed.
  public init(renderer: Renderer, path: String, seed: UInt64, count: Int) {
    self.renderer = renderer
    self.path = path
    self.seed = seed
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

  // Without conditioning, a clip has no label.
  public func label(of index: Int) -> String? { nil }

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
        .seed(seed), indices: indices[next]..<indices[end - 1] + 1,
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
