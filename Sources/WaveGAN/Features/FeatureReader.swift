import AudioFiles
package import Spectra

/// Gives the features of recordings, from a cache or by decoding them.
package struct FeatureReader: Sendable {
  package let extractor: FeatureExtractor
  private let cache: FeatureCache?

  /// - Parameters:
  ///   - settings: which features.
  ///   - cache: where they are looked for and kept; nil for nowhere.
  package init(_ settings: FeatureSettings, cache: FeatureCache?) {
    extractor = FeatureExtractor(settings)
    self.cache = cache
  }

  /// The features of a recording, as recorded: neither trimmed nor made equally loud.
  ///
  /// - Returns: `[T, C·M]`, and whether it was in the cache.
  /// - Throws: `AudioFileError` when it cannot be decoded, or is no longer what was surveyed. A
  ///   silent recording can be decoded.
  package func features(
    of file: DatasetSurvey.File
  ) throws -> (features: Spectrogram, wasCached: Bool) {
    let settings = extractor.settings
    let key = try FeatureCache.Key(recording: file.digest, settings: settings)
    if let cached = cache?.features(for: key, frameSize: extractor.frameSize) {
      return (cached, true)
    }
    let decoder = AudioDecoder(
      sampleRate: settings.sampleRate, channelCount: settings.channelCount)
    let features = extractor.features(of: try decoder.clip(file.path).samples)
    guard features.values.allSatisfy(\.isFinite) else {
      throw AudioFileError(
        .notFinite, path: file.path, reason: "holds samples so large that its features are infinite"
      )
    }
    // Another recording may have come under this path since the survey digested it.
    guard try ContentDigest(ofFile: file.path) == file.digest else {
      throw AudioFileError(
        .unreadable, path: file.path, reason: "changed while it was being read; run this again")
    }
    cache?.store(features, for: key)
    return (features, false)
  }
}
