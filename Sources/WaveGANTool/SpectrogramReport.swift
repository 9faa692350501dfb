import AudioFiles
import WaveGAN

/// What `spectrogram --json` prints.
struct SpectrogramReport: Encodable {
  /// A picture of one recording.
  struct Picture: Encodable {
    var recording: String
    var picture: String
    var label: String
    /// In Hz.
    var sampleRate: Int
    var channels: Int
    /// Its length, going by its header.
    var seconds: Double
  }

  /// The picture of all recordings together.
  struct Sheet: Encodable {
    var picture: String
    /// Recordings on it.
    var recordings: Int
    /// The rate that they were brought to, in Hz.
    var sampleRate: Int
  }

  var folder: String
  var pictures: [Picture]
  var sheet: Sheet?
  /// Files that could not be drawn, each with its reason.
  var rejected: [RejectedFile]
  /// Pictures that could not be made, each with its reason.
  var notCreated: [RejectedFile]

  init(of result: SpectrogramJob.Result, folder: String) {
    self.folder = folder
    pictures = result.pictures.map { picture in
      Picture(
        recording: picture.recording, picture: picture.path, label: picture.label,
        sampleRate: picture.info.sampleRate, channels: picture.info.channelCount,
        seconds: picture.info.durationSeconds)
    }
    sheet = result.sheet.map {
      Sheet(picture: $0.path, recordings: $0.clipCount, sampleRate: $0.sampleRate)
    }
    rejected = result.rejected.map(RejectedFile.init)
    notCreated = result.notCreated.map(RejectedFile.init)
  }
}
