import AudioFiles
import Foundation
import TestSupport
import Testing

@Suite("Preparation describes offset, range and gain")
struct PreparationTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func plan(
    _ clip: AudioClip, trimsSilence: Bool = false, alignsOnset: Bool = false,
    _ normalization: ClipPreparation.Normalization = .peak
  ) throws -> ClipPreparation {
    let path = try folder.file("a.wav")
    try AudioWriter(container: .wav, encoding: .float32).write(clip, to: path, overwrites: true)
    let summary = try AudioDecoder(channelCount: clip.channelCount).decode(path) { _ in }
    return try ClipPreparation.plan(
      samples: clip.samples.span, summary: summary, trimsSilence: trimsSilence,
      alignsOnset: alignsOnset,
      normalization: normalization, path: path)
  }

  /// The whole recording as one window that it fills exactly, so that nothing is faded.
  private func prepared(_ clip: AudioClip, _ plan: ClipPreparation) -> AudioClip {
    var window = [Float](repeating: .nan, count: plan.frameCount * clip.channelCount)
    let cutter = WindowCutter(
      windowLength: plan.frameCount, channelCount: clip.channelCount, sampleRate: clip.sampleRate)
    var span = window.mutableSpan
    cutter.cut(clip.samples.span, plan, from: 0, into: &span)
    return AudioClip(
      samples: window, channelCount: clip.channelCount, sampleRate: clip.sampleRate)
  }

  private func silence(seconds: Double) -> [Float] {
    [Float](repeating: 0, count: Int(seconds * 16_000))
  }

  @Test("each channel loses its own mean, and the largest sample becomes 1")
  func offsetAndPeak() throws {
    let tone = MadeClips.sine(frequencyHz: 100, seconds: 1, sampleRate: 16_000, channelCount: 2)
    var moved = tone
    for t in 0..<tone.frameCount {
      moved.samples[2 * t] += 0.25
      moved.samples[2 * t + 1] = moved.samples[2 * t + 1] * 0.5 - 0.125
    }
    let plan = try plan(moved)
    let result = prepared(moved, plan)
    // A whole number of periods has mean 0. Rounding of samples below 1: 2⁻²⁴, times the gain 2.
    #expect(abs(plan.offsets[0] - 0.25) < 1e-6 && abs(plan.offsets[1] + 0.125) < 1e-6)
    #expect(abs(result.peak - 1) < 1e-6)
    for i in tone.samples.indices {
      let expected = tone.samples[i] * (i.isMultiple(of: 2) ? 2 : 1)
      #expect(abs(result.samples[i] - expected) < 1e-6)
    }
  }

  @Test("as recorded means the offset gone and nothing else")
  func none() throws {
    let clip = AudioClip(samples: [0.5, 0.25, 0.5, 0.25], channelCount: 1, sampleRate: 16_000)
    #expect(try prepared(clip, plan(clip, .none)).samples == [0.125, -0.125, 0.125, -0.125])
  }

  @Test("loudness becomes −23 LUFS where full scale allows it", arguments: [0.2, 1.0])
  func loudness(_ seconds: Double) throws {
    var clip = MadeClips.sine(
      frequencyHz: 500, amplitude: 0.02, seconds: seconds, sampleRate: 16_000)
    clip.samples = clip.samples.map { $0 + 0.3 }
    let plan = try plan(clip, .loudness)
    #expect(plan.loudness?.method == (seconds < 0.4 ? .padded : .integrated))
    // The gain is exact; only rounding of samples near 0.3 remains, far under 0.001 dB.
    #expect(abs(try #require(prepared(clip, plan).loudness.lufs) + 23) < 0.001)
  }

  @Test("loudness never goes beyond full scale, nor does a click below the gate")
  func loudnessIsHeld() throws {
    var samples = silence(seconds: 1)
    samples[8_000] = 0.01
    samples[8_001] = -0.01
    let click = AudioClip(samples: samples, channelCount: 1, sampleRate: 16_000)
    let plan = try plan(click, .loudness)
    #expect(plan.loudness == click.loudness && plan.loudness?.lufs == nil)
    #expect(abs(prepared(click, plan).peak - 1) < 1e-6)

    let burst = MadeClips.noiseBurst(seed: 5, seconds: 0.01, sampleRate: 16_000)
    #expect(abs(try prepared(burst, self.plan(burst, .loudness)).peak - 1) < 1e-6)
  }

  @Test("silence at both ends goes, but for 5 ms; silence inside stays")
  func trimming() throws {
    let hit = MadeClips.sine(frequencyHz: 1_000, seconds: 0.1, sampleRate: 16_000).samples
    let samples =
      silence(seconds: 0.5) + hit + silence(seconds: 0.2) + hit + silence(seconds: 0.25)
    let clip = AudioClip(samples: samples, channelCount: 1, sampleRate: 16_000)
    let kept = try plan(clip, trimsSilence: true).keptRange
    // The sine starts at 0, so its first loud sample is its second.
    #expect(kept == (8_001 - 80)..<(8_000 + 1_600 + 3_200 + 1_600 + 80))
    #expect(try plan(clip).keptRange == 0..<samples.count)
  }

  @Test("trimming is relative: a quiet recording keeps the same range")
  func trimmingIsRelative() throws {
    let hit = MadeClips.noiseBurst(seed: 6, seconds: 0.5, sampleRate: 16_000).samples
    let loud = AudioClip(
      samples: silence(seconds: 0.1) + hit, channelCount: 1, sampleRate: 16_000)
    var quiet = loud
    quiet.samples = quiet.samples.map { $0 / 256 }
    #expect(
      try plan(loud, trimsSilence: true).keptRange == plan(quiet, trimsSilence: true).keptRange)
  }

  @Test(
    "zeros, a constant and dither below −80 dB are silent", arguments: [0, 0.5, 5e-5] as [Float])
  func silent(_ level: Float) throws {
    var samples = [Float](repeating: level, count: 1_000)
    if level == 5e-5 { for i in stride(from: 0, to: 1_000, by: 2) { samples[i] = -level } }
    let clip = AudioClip(samples: samples, channelCount: 1, sampleRate: 16_000)
    let error = #expect(throws: AudioFileError.self) { try plan(clip) }
    #expect(error?.code == .silent)
  }

  @Test(
    "sound above half the sample rate is told as such, for any number of channels",
    arguments: [1, 2])
  func aboveHalfTheSampleRate(channelCount: Int) throws {
    var clip = MadeClips.sine(
      frequencyHz: 20_000, seconds: 0.2, sampleRate: 44_100, channelCount: channelCount)
    // Faded over its whole length: a sine that is switched on has sound at every frequency.
    for i in clip.samples.indices {
      let fade = sin(.pi * Float(i) / Float(clip.samples.count))
      clip.samples[i] *= fade * fade
    }
    let path = try folder.file("a.wav")
    try AudioWriter(container: .wav, encoding: .float32).write(clip, to: path)
    var samples: [Float] = []
    let summary = try AudioDecoder(sampleRate: 16_000).decode(path) { block in
      block.withUnsafeBufferPointer { samples.append(contentsOf: $0) }
    }
    let error = #expect(throws: AudioFileError.self) {
      try ClipPreparation.plan(
        samples: samples.span, summary: summary, trimsSilence: false, normalization: .peak,
        path: path)
    }
    #expect(error?.code == .silent)
    #expect(
      error?.reason == "is silent at a sample rate of 16000 Hz: it has nothing below 8000 Hz; "
        + "raise --sample-rate")
  }

  @Test("a recording of one sample is a click, not silence")
  func oneSample() throws {
    let clip = AudioClip(samples: [0.25], channelCount: 1, sampleRate: 16_000)
    #expect(try prepared(clip, plan(clip)).samples == [1])
  }
}
