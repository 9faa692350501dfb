import AudioFiles
import WaveGAN

/// What `render --json` prints.
struct RenderReport: Encodable {
  var folder: String
  var run: String
  var step: Int
  var checkpoint: String
  /// Of what is drawn; nil where nothing is.
  var seed: UInt64?
  var clips: Int

  init(job: RenderJob, renderer: Renderer, clips: Int) {
    folder = job.folder
    run = renderer.record.id
    step = renderer.step
    checkpoint = renderer.checkpointDigest.description
    seed = job.plan.seed
    self.clips = clips
  }
}
