public import AudioFiles

extension SpectrogramJob {
  /// What became of the recordings.
  public struct Result: Sendable {
    /// The pictures that were drawn, in the order of the scan.
    public var pictures: [Picture] = []
    /// The picture of all recordings together, if one was asked for and any could be drawn.
    public var sheet: Sheet?
    /// What cannot be drawn, each with its reason.
    public var rejected: [AudioFileError]
    /// Pictures for which the system would not make a file, each with its reason.
    public var notCreated: [AudioFileError] = []

    init(rejected: [AudioFileError]) { self.rejected = rejected }
  }
}

extension SpectrogramJob.Result {
  /// A picture of one recording.
  public struct Picture: Sendable {
    /// The path of the recording.
    public var recording: String
    /// The path of the picture.
    public var path: String
    /// Where the recording is on a sheet: its group's name.
    public var label: String
    /// What the recording's header says.
    public var info: AudioFileInfo
    /// Whether the picture is not called like the recording with `.png`: that name was too long, or
    /// another picture's.
    public var isRenamed: Bool
  }

  /// The picture of all recordings together.
  public struct Sheet: Sendable {
    /// The path of the picture.
    public var path: String
    /// Recordings on it.
    public var clipCount: Int
    /// The rate that they were brought to, in Hz.
    public var sampleRate: Int
  }
}
