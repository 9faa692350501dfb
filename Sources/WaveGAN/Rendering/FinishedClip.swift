import AudioFiles
import Spectra

/// A rendered clip as it goes into its files: all that takes time, done.
struct FinishedClip: Sendable {
  /// The name of its sound file.
  var file: String
  var provenance: ClipProvenance
  var latent: [Float]
  var peak: Float
  var loudness: Loudness
  /// The bytes of its sound file.
  var sound: [UInt8]
  /// SHA-256 of `sound`.
  var digest: ContentDigest
  /// The bytes of its picture, if there is to be one.
  var picture: [UInt8]?
  /// The mean of its channels, for a sheet, if there is to be one.
  var mono: [Float]?

  /// Encodes, measures and draws a clip.
  ///
  /// - Throws: `AudioFileError` when the kind of file cannot hold the clip or where it came from;
  ///   `PictureError`.
  init(
    _ rendered: Renderer.RenderedClip, writer: AudioWriter, hasPicture: Bool, keepsMono: Bool
  ) throws {
    let clip = rendered.clip
    provenance = rendered.provenance
    file = "\(provenance.name).\(writer.fileExtension)"
    latent = rendered.latent
    peak = clip.peak
    loudness = clip.loudness
    sound = try writer.encode(clip, comment: provenance.comment(), path: file)
    digest = ContentDigest(of: sound)
    guard hasPicture || keepsMono else { return }
    let mono = clip.samples.mixed(channelCount: clip.channelCount)
    if keepsMono { self.mono = mono }
    if hasPicture {
      picture = try SpectrogramPicture(
        samples: mono, sampleRate: clip.sampleRate,
        title: clip.channelCount > 1 ? "\(file), both channels mixed" : file
      ).png()
    }
  }
}
