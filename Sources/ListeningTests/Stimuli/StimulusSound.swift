import AudioFiles
import Foundation
import NeuralNet

/// The sound of a stimulus on its way from a clip to a file: stereo, at 48 kHz.
struct StimulusSound: Sendable {
  /// Frames `[T, 2]`.
  private(set) var samples: [Float]
  /// Loudness of the clip as it came, in stereo.
  let loudness: Loudness
  /// Gain so far, in dB.
  private(set) var gainDecibels = 0.0

  /// The rate of all stimuli: that of most sound cards, so that browsers need not resample.
  static let sampleRate = 48_000
  /// Silence before a clip: what begins to play late loses no attack.
  static let leadInLength = sampleRate / 20
  /// Frames of fading at both ends, 5 ms.
  private static let fadeLength = sampleRate / 200

  /// Frames, T.
  var frameCount: Int { samples.count / 2 }
  var seconds: Double { Double(frameCount) / Double(Self.sampleRate) }

  /// Takes a clip: resampled, its ends faded, in stereo.
  ///
  /// - Parameters:
  ///   - clip: of one channel or two.
  ///   - path: the subject of errors.
  /// - Throws: `AudioFileError`.
  init(_ clip: AudioClip, path: String) throws {
    let clip = try clip.resampled(to: Self.sampleRate, path: path)
    var stereo = clip.channelCount == 2 ? clip.samples : clip.samples.flatMap { [$0, $0] }
    loudness = Loudness(of: stereo.span, channelCount: 2, sampleRate: Self.sampleRate)
    let fade = min(Self.fadeLength, stereo.count / 4)
    for place in 0..<fade {
      let factor = Float(0.5 - 0.5 * cos(Double.pi * (Double(place) + 0.5) / Double(fade)))
      for channel in 0..<2 {
        stereo[2 * place + channel] *= factor
        stereo[stereo.count - 2 - 2 * place + channel] *= factor
      }
    }
    samples = stereo
  }

  /// Makes it louder or softer.
  mutating func amplify(decibels: Double) {
    let factor = Float(pow(10, decibels / 20))
    samples = samples.map { $0 * factor }
    gainDecibels += decibels
  }

  /// Brings a clip that has a loudness to this one, in LUFS.
  mutating func match(loudness target: Double) {
    if let lufs = loudness.lufs { amplify(decibels: target - lufs) }
  }

  /// Filters it.
  mutating func filter(_ filter: AnchorFilter) {
    samples = filter.apply(to: samples, channelCount: 2)
  }

  /// Puts silence before it, and after it up to `length` frames.
  mutating func pad(to length: Int) {
    let before = [Float](repeating: 0, count: 2 * Self.leadInLength)
    let after = [Float](
      repeating: 0, count: max(0, 2 * (length - Self.leadInLength) - samples.count))
    samples = before + samples + after
  }

  /// The largest sample between samples, in dB under full scale: of the sound at four times the rate.
  /// Source: ITU-R BS.1770-4, annex 2, which asks for such a rate from 48 kHz.
  func truePeakDecibels() throws -> Double {
    let clip = AudioClip(samples: samples, channelCount: 2, sampleRate: Self.sampleRate)
    let peak = try max(clip.peak, clip.resampled(to: 4 * Self.sampleRate, path: "stimulus").peak)
    return 20 * log10(max(1e-6, Double(peak)))
  }

  /// The bytes of its file: WAV of 16 bits, with triangular dither of ±1 step, so that silence that was
  /// added cannot be told from silence that was there, and two files of one sound differ.
  func encoded(seed: UInt64, index: Int) throws -> [UInt8] {
    var random = RandomStream(seed: seed, purpose: .listening, step: 3, index: index)
    let step = Float(1.0 / 32_768)
    let dithered = samples.map { $0 + step * (random.nextUniform() - random.nextUniform()) }
    let clip = AudioClip(samples: dithered, channelCount: 2, sampleRate: Self.sampleRate)
    return try AudioWriter(container: .wav).encode(clip, path: "stimulus")
  }
}
