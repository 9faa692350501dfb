import AudioFiles
import Foundation

/// What sound files hold.
enum SoundBytes {
  /// The bytes of a mono WAV file of 16 bits and 16 kHz without a comment.
  static func pcm16(_ samples: [Float]) throws -> Data {
    Data(
      try AudioWriter(container: .wav).encode(
        AudioClip(samples: samples, channelCount: 1, sampleRate: 16_000), path: "made"))
  }
}
