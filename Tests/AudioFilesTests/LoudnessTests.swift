import AudioFiles
import Foundation
import TestSupport
import Testing

@Suite("Loudness is BS.1770's")
struct LoudnessTests {
  /// 997 Hz at −23 dB of full scale.
  private func tone(seconds: Double, channelCount: Int, rate: Int = 48_000) -> AudioClip {
    MadeClips.sine(
      frequencyHz: 997, amplitude: pow(10, -23.0 / 20), seconds: seconds, sampleRate: rate,
      channelCount: channelCount)
  }

  // BS.1770-4, section 2.3: a full-scale 997 Hz sine in one channel reads −3.01 LKFS, so −26.01
  // here, and 3.01 more in both. EBU Tech 3341 allows 0.1 LU.
  @Test(
    "a sine in two channels reads its level, in one 3.01 less", arguments: [16_000, 44_100, 48_000])
  func sine(_ rate: Int) throws {
    let both = tone(seconds: 3, channelCount: 2, rate: rate).loudness
    let one = tone(seconds: 3, channelCount: 1, rate: rate).loudness
    #expect(both.method == .integrated && one.method == .integrated)
    #expect(abs(try #require(both.lufs) + 23) < 0.1)
    #expect(abs(try #require(one.lufs) + 26.01) < 0.1)
  }

  @Test("under 400 ms the energy in 400 ms counts, and the method says so")
  func padded() throws {
    let full = try #require(tone(seconds: 0.4, channelCount: 1).loudness.lufs)
    let nearlyFull = tone(seconds: 0.3999, channelCount: 1).loudness
    let half = tone(seconds: 0.2, channelCount: 1).loudness
    #expect(nearlyFull.method == .padded && half.method == .padded)
    // 0.1 ms of 400 ms is 0.001 dB; the filter's ringing after the end adds less than 0.01.
    #expect(abs(try #require(nearlyFull.lufs) - full) < 0.01)
    // Half the energy: 3.01 dB; the tolerance is Tech 3341's.
    #expect(abs(try #require(half.lufs) - (full - 3.01)) < 0.1)
  }

  @Test("silence has no loudness", arguments: [0.1, 1.0])
  func silence(_ seconds: Double) {
    let clip = MadeClips.sine(frequencyHz: 1, amplitude: 0, seconds: seconds, sampleRate: 16_000)
    #expect(clip.loudness.lufs == nil)
  }
}
