import WaveGAN

/// What `features --json` prints.
struct FeaturesReport: Encodable {
  /// The file that was written.
  var file: String
  /// Recordings in it.
  var recordings: Int
  /// How many of them were in the cache.
  var cached: Int
  /// Frames of all recordings.
  var frames: Int
  /// Numbers that a channel has in a frame.
  var bands: Int
  /// Frames a second.
  var frameRate: Double
  /// In Hz.
  var sampleRate: Int
  /// Files that cannot be used or were not asked for, each with its reason.
  var rejected: [RejectedFile]

  init(of result: FeatureJob.Result, _ job: FeatureJob) {
    file = job.file
    recordings = result.clipCount
    cached = result.cachedCount
    frames = result.frameCount
    bands = job.settings.bandCount
    frameRate = job.settings.frameRate
    sampleRate = job.settings.sampleRate
    rejected = result.rejected
  }
}
