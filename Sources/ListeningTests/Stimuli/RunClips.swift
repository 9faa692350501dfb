import AudioFiles
import WaveGAN

/// Clips that a run renders: clip i of the seed, as `wavegan render` would.
struct RunClips: ClipSource {
  let condition: Condition
  let renderer: Renderer
  let seed: UInt64

  var labels: [String] { renderer.record.settings.model.labels.sorted() }

  func take(
    _ count: Int, labels: [String], progress: ExportJob.Progress
  ) throws -> [SourceClip] {
    let known = renderer.record.settings.model.labels
    // A run that was told no labels renders what it renders.
    let plan = LatentPlan.seed(seed, labels: known.isEmpty ? [] : labels)
    return try render(plan, 0..<count, progress: progress)
  }

  func take(named names: [String], progress: ExportJob.Progress) throws -> [SourceClip] {
    try names.flatMap { name in
      guard let index = Int(name), (0..<1 << 31).contains(index) else { throw hasNoClip(name) }
      return try render(.seed(seed), index..<index + 1, progress: { _, _, _ in })
    }
  }

  func render(
    _ plan: LatentPlan, _ indices: Range<Int>, progress: ExportJob.Progress
  ) throws -> [SourceClip] {
    var clips: [SourceClip] = []
    try renderer.render(plan, indices: indices) { rendered in
      var clip = SourceClip(
        name: rendered.provenance.name, label: rendered.provenance.origin.label,
        audio: rendered.clip,
        condition: condition)
      clip.note(rendered.provenance)
      clips.append(clip)
      try progress(.clips(condition.name), clips.count, indices.count)
      return true
    }
    return clips
  }
}
