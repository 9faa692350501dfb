import AudioFiles
import Foundation

/// The folder of clips: one sub-folder a class, one WAV file (16 kHz, mono, 16 bits) a clip.
struct SampleFolder {
  let path: String

  /// Makes every clip and writes those that are not there yet with the very same bytes.
  ///
  /// Nothing is written when a file is there with other bytes, unless `overwrites`.
  ///
  /// - Returns: how many clips there are, and how many of them were written.
  /// - Throws: `AudioFileError` `.exists`, `.cannotCreate` or `.writeFailed`.
  func fill(overwrites: Bool) throws(AudioFileError) -> (clipCount: Int, writtenCount: Int) {
    let writer = try AudioWriter(container: .wav, encoding: .pcm16)
    var files: [(path: String, bytes: [UInt8])] = []
    for recipe in Recipe.all {
      for index in 0..<Recipe.clipCount {
        let path = "\(path)/\(recipe.name)/\(recipe.clipName(index)).\(writer.fileExtension)"
        files.append((path, try writer.encode(recipe.clip(index).audioClip, path: path)))
      }
    }
    let missing = files.filter { FileManager.default.contents(atPath: $0.path) != Data($0.bytes) }
    let inTheWay = missing.first { FileManager.default.fileExists(atPath: $0.path) }
    if let inTheWay, !overwrites {
      throw AudioFileError(
        .exists, path: inTheWay.path,
        reason: "is there and differs; choose another folder, or replace it with --force")
    }
    for recipe in Recipe.all { try AtomicFile.makeFolder("\(path)/\(recipe.name)") }
    for file in missing {
      try AtomicFile.write(file.bytes, to: file.path, overwrites: overwrites)
    }
    return (files.count, missing.count)
  }
}

extension Sound {
  /// The sound in single precision, as audio files take it.
  fileprivate var audioClip: AudioClip {
    AudioClip(
      samples: samples.map(Float.init), channelCount: 1, sampleRate: Int(Self.sampleRate))
  }
}
