import AudioFiles
import Foundation
import TestSupport
import WaveGAN

/// Surveys of recordings that need not be there.
enum MadeSurvey {
  /// Made-up headers, all with the same label and each with another digest.
  static func survey(_ files: [(rate: Int, seconds: Double)]) throws -> DatasetSurvey {
    let files = try files.enumerated().map { index, file in
      DatasetSurvey.File(
        path: "made/\(index).wav", label: "made",
        info: try info(rate: file.rate, frames: Int(file.seconds * Double(file.rate))),
        digest: ContentDigest(of: [UInt8(index & 255), UInt8(index >> 8)]))
    }
    return DatasetSurvey(files: files, paths: ["made"])
  }

  private static func info(rate: Int, frames: Int) throws -> AudioFileInfo {
    let json = """
      {"sampleRate": \(rate), "channelCount": 1, "frameCount": \(frames), "container": "WAV",
       "encoding": "16-bit PCM"}
      """
    return try JSONDecoder().decode(AudioFileInfo.self, from: Data(json.utf8))
  }
}
