/// What random numbers are for: each purpose has streams of its own, so that drawing more for one
/// never changes another.
///
/// The raw values go into the counters. They are part of the file format: changing one changes
/// what every run computes.
package enum RandomPurpose: UInt8, Sendable, CaseIterable {
  /// First values of the weights; index: the parameter.
  case initialization = 1
  /// Order of labels and clips.
  case order = 2
  /// Where in a long clip a window begins.
  case offset = 3
  /// Latents of a discriminator update; index: the update.
  case criticLatents = 4
  /// Latents of a generator update; index: the update.
  case generatorLatents = 5
  /// Places between real and generated clips, for the gradient penalty; index: the update.
  case interpolation = 6
  /// Shifts of phase shuffle; index: the discriminator's pass.
  case phase = 7
  /// Latents of rendered clips; index: the clip.
  case rendering = 8
  /// Latents of the previews; index: the clip.
  case preview = 9
  /// Changes of a rendered clip's latent; index: the variation.
  case variation = 10
  /// Which clips an evaluation compares, and where its bins begin; index: the draw.
  case evaluation = 11
  /// Noise on the recordings' vectors in a warm-up.
  case vectorNoise = 12
  /// Changes of clips before they are judged, and noise on them; index: the clip among all of a step.
  case augmentation = 13
  /// Changes of the clips that a classifier learns from; index: the slot of the batch.
  case distortion = 16
  /// Latents of the clips that are judged at checkpoints; index: the clip.
  case checkpoint = 17
  /// What a listening test leaves to chance; index: the draw.
  case listening = 20
  /// Which listeners and clips a score of a listening test draws anew.
  case resampling = 24
}
