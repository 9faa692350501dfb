public import AudioFiles

/// A recording of a dataset: what it is, and how it is used.
public struct DatasetClip: Codable, Sendable, Hashable {
  /// Where it is, as found.
  public var path: String
  public var label: String
  /// SHA-256 of the file's bytes.
  public var digest: ContentDigest
  /// What the recording is used for.
  public var part: DatasetPart
  /// What the file says about itself.
  public var info: AudioFileInfo
  /// Whether the file held less sound than its header promises; what there is was used.
  public var isTruncated: Bool

  /// Frames after decoding, at the dataset's rate.
  public var frameCount: Int
  /// Largest absolute sample after decoding.
  public var peak: Float
  /// Root mean square of all samples after decoding.
  public var rms: Float
  /// Loudness after decoding, and how it was measured.
  public var loudness: Loudness

  /// Offset, range and gain that are applied whenever a window is cut.
  public var preparation: ClipPreparation
  /// Windows that the recording counts for.
  public var windowCount: Int
  /// Frames of silence that fill its windows.
  public var paddedFrameCount: Int
  /// Frames, of those kept, that are in none of its windows.
  public var cutFrameCount: Int
}

/// What a recording of a dataset is used for.
public enum DatasetPart: String, Codable, Sendable, Hashable, CaseIterable {
  /// The networks see it.
  case training
  /// Only evaluation sees it.
  case heldOut = "held-out"
}

/// What became of every file: the content of `dataset.json`.
public struct DatasetReport: Codable, Sendable, Hashable {
  public var used: [DatasetClip]
  public var rejected: [RejectedFile]
}
