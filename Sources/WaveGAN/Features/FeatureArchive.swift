import AudioFiles
import Foundation

/// The arrays of a features file, `.npz`, as `numpy.load` gives them.
///
/// All frames of all clips stand one after another; `starts` and `lengths` tell whose they are:
///
///     data = numpy.load("drums.npz")
///     features = data["features"]
///     clip = features[data["starts"][7]:][:data["lengths"][7]]    # one clip
///     clips = numpy.split(features, data["starts"][1:])           # all of them
///
/// | array | type and shape | |
/// | --- | --- | --- |
/// | `features` | float32 `[frames, bands]`, of two channels `[frames, 2, bands]` | the features |
/// | `starts` | int64 `[clips]` | the first frame of each clip |
/// | `lengths` | int64 `[clips]` | frames of each clip |
/// | `names` | text `[clips]` | the path of each recording, as found |
/// | `labels` | text `[clips]` | its label |
/// | `digests` | text `[clips]` | SHA-256 of the file, hexadecimal |
/// | `frequencies_hz` | float64 `[bands]` | the middle of each mel band, or each bin |
/// | `frame_rate` | float64 | frames a second |
/// | `sample_rate` | int64 | samples a second, in Hz |
/// | `settings` | text | ``FeatureSettings`` as JSON |
struct FeatureArchive {
  /// The features of one recording.
  struct Clip: Sendable {
    var file: DatasetSurvey.File
    /// `[T, C·M]`.
    var features: StoredSamples
  }

  let extractor: FeatureExtractor
  /// In the order of the file.
  let clips: [Clip]

  /// Frames of all clips.
  var frameCount: Int { lengths.reduce(0, +) }

  private var lengths: [Int] { clips.map { $0.features.count / extractor.frameSize } }

  /// Writes the file, whole or not at all. Equal contents give equal bytes.
  ///
  /// - Parameter shouldStop: asked now and then.
  /// - Throws: `AudioFileError`, or `CancellationError` when it was stopped.
  func write(to path: String, overwrites: Bool, shouldStop: @escaping () -> Bool) throws {
    let settings = extractor.settings
    let lengths = lengths
    var starts: [Int] = []
    var frameCount = 0
    for length in lengths {
      starts.append(frameCount)
      frameCount += length
    }
    let frameShape =
      settings.channelCount > 1
      ? [settings.channelCount, settings.bandCount] : [settings.bandCount]
    let json = String(decoding: try JSONEncoder.forFiles.encode(settings), as: UTF8.self)

    let archive = try NumpyArchive(path: path, overwrites: overwrites)
    try archive.add(
      "features",
      StoredArraySource(shape: [frameCount] + frameShape, clips: clips.map(\.features)))
    try archive.add("starts", NumpyArray(starts))
    try archive.add("lengths", NumpyArray(lengths))
    try archive.add("names", NumpyArray(clips.map(\.file.path)))
    try archive.add("labels", NumpyArray(clips.map(\.file.label)))
    try archive.add("digests", NumpyArray(clips.map(\.file.digest.description)))
    try archive.add("frequencies_hz", NumpyArray(extractor.frequenciesHz))
    try archive.add("frame_rate", NumpyArray(settings.frameRate))
    try archive.add("sample_rate", NumpyArray(settings.sampleRate))
    try archive.add("settings", NumpyArray(json))
    try archive.commit(shouldStop: shouldStop)
  }
}
