import AudioFiles
import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Decoding mixes, resamples and measures")
struct DecoderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ clip: AudioClip, _ name: String = "a.wav") throws -> String {
    let path = try folder.file(name)
    try AudioWriter(container: .wav, encoding: .float32).write(clip, to: path, overwrites: true)
    return path
  }

  private func summary(_ clip: AudioClip) throws -> DecodedSummary {
    try AudioDecoder(channelCount: clip.channelCount).decode(file(clip)) { _ in }
  }

  @Test("44.1 kHz to 16 kHz leaves a sine a sine, at its level and its time")
  func sineSurvives() throws {
    let path = try file(MadeClips.sine(frequencyHz: 1_000, seconds: 1, sampleRate: 44_100))
    let clip = try AudioDecoder(sampleRate: 16_000).clip(path)
    #expect(clip.frameCount == 16_000)
    let ideal = MadeClips.sine(frequencyHz: 1_000, seconds: 1, sampleRate: 16_000)
    let error = (1_000..<15_000).map { abs(clip.samples[$0] - ideal.samples[$0]) }.max()!
    // libsoxr's high quality promises a pass band flat to 0.01 dB: 0.0012 of 0.5.
    #expect(error < 0.5 * 0.0012)
  }

  @Test("what lies above the new Nyquist frequency vanishes instead of folding back")
  func noAliasing() throws {
    let path = try file(MadeClips.sine(frequencyHz: 10_000, seconds: 1, sampleRate: 44_100))
    let clip = try AudioDecoder(sampleRate: 16_000).clip(path)
    // −100 dB; libsoxr's 20 bits are 120 dB.
    #expect(clip.samples[1_000..<15_000].allSatisfy { abs($0) < 0.5e-5 })
  }

  @Test(
    "N frames become N times the ratio, to the nearest, and at least one",
    arguments: [1, 2, 3, 100, 44_100, 70_001], [8_000, 16_000, 48_000, 44_101])
  func frameCounts(_ frameCount: Int, _ rate: Int) throws {
    let clip = AudioClip(
      samples: [Float](repeating: 0.5, count: frameCount), channelCount: 1, sampleRate: 44_100)
    let decoded = try AudioDecoder(sampleRate: rate).clip(file(clip))
    let exact = Double(frameCount) * Double(rate) / 44_100
    #expect(abs(Double(decoded.frameCount) - max(1, exact)) <= 0.5 + 1e-9)
  }

  @Test("the cut into blocks does not change a sample")
  func blocksDoNotMatter() throws {
    // Frames of 1 and of 4 channels fill the decoder's block at different places.
    let mono = MadeClips.noiseBurst(seed: 3, seconds: 5, sampleRate: 44_100)
    let wide = AudioClip(
      samples: mono.samples.flatMap { [Float](repeating: $0, count: 4) }, channelCount: 4,
      sampleRate: 44_100)
    let decoder = AudioDecoder(sampleRate: 16_000)
    #expect(try decoder.clip(file(mono)) == decoder.clip(file(wide)))
  }

  @Test("a clip in memory is resampled as its file is", arguments: [8_000, 16_000, 44_100, 48_000])
  func clipResampled(rate: Int) throws {
    let clip = MadeClips.noiseBurst(seed: 3, seconds: 2.5, sampleRate: 44_100)
    let path = try file(clip)
    #expect(
      try clip.resampled(to: rate, path: path) == AudioDecoder(sampleRate: rate).clip(path))
  }

  @Test("blocks stay small however long the recording")
  func blocksAreSmall() throws {
    let path = try file(MadeClips.noiseBurst(seed: 4, seconds: 20, sampleRate: 44_100))
    var largest = 0
    _ = try AudioDecoder().decode(path) { largest = max(largest, $0.count) }
    #expect(largest <= 65_536)
  }

  @Test(
    "one channel is the mean of all; one becomes two; two stay two; others come from the middle")
  func channels() throws {
    let frame: [Float] = [0.5, -0.25, 0.125, 0.625]
    for (count, mono, stereo) in [
      (1, [0.5], [0.5, 0.5]),
      (2, [0.125], [0.5, -0.25]),
      // (0.5 + ½ · 0.125) / 1.5 and (−0.25 + ½ · 0.125) / 1.5
      (3, [0.125], [0.375, -0.125]),
      // (0.5 + ½ · 0.75) / 2 and (−0.25 + ½ · 0.75) / 2
      (4, [0.25], [0.4375, 0.0625]),
    ] as [(Int, [Float], [Float])] {
      let path = try file(
        AudioClip(samples: Array(frame.prefix(count)), channelCount: count, sampleRate: 8_000))
      #expect(try AudioDecoder(channelCount: 1).clip(path).samples == mono)
      #expect(try AudioDecoder(channelCount: 2).clip(path).samples == stereo)
    }
  }

  @Test("the summary holds each channel's extremes, mean and mean square")
  func statistics() throws {
    let samples: [Float] = [0.5, 1, -0.5, 0, 0.75, -2]
    let found = try summary(AudioClip(samples: samples, channelCount: 2, sampleRate: 8_000))
    #expect(found.frameCount == 3 && found.sampleRate == 8_000 && found.peak == 2)
    #expect(found.channels[0].minimum == -0.5 && found.channels[0].maximum == 0.75)
    #expect(found.channels[0].mean == 0.25)
    #expect(abs(found.channels[1].mean + 1.0 / 3) < 1e-15)
    #expect(abs(found.channels[1].meanSquare - 5.0 / 3) < 1e-15)
    let total = 0.25 + 1 + 0.25 + 0 + 0.5625 + 4
    #expect(abs(found.rms - (total / 6).squareRoot()) < 1e-15)
  }

  @Test(
    "figures are of every sample, whatever the number of frames",
    arguments: [1, 2, 3, 7, 8, 9, 4_097],
    [1, 2])
  func statisticsOfAnyLength(frameCount: Int, channelCount: Int) throws {
    let clip = MadeClips.noiseBurst(
      seed: 5, seconds: Double(frameCount) / 8_000, sampleRate: 8_000, channelCount: channelCount)
    let found = try summary(clip)
    #expect(found.frameCount == frameCount)
    for c in 0..<channelCount {
      let x = stride(from: c, to: clip.samples.count, by: channelCount).map { clip.samples[$0] }
      #expect(found.channels[c].minimum == x.min() && found.channels[c].maximum == x.max())
      // Sums of numbers below 1 in another order: within the rounding of as many additions.
      let tolerance = Double(frameCount) * 0x1p-52
      let mean = x.reduce(0) { $0 + Double($1) } / Double(frameCount)
      #expect(abs(found.channels[c].mean - mean) <= tolerance)
      let square = x.reduce(0) { $0 + Double($1) * Double($1) } / Double(frameCount)
      #expect(abs(found.channels[c].meanSquare - square) <= tolerance)
    }
  }

  @Test("what the receiver throws stops the decoding")
  func receiverStops() throws {
    struct Enough: Error {}
    let path = try file(MadeClips.noiseBurst(seed: 4, seconds: 10, sampleRate: 44_100))
    var calls = 0
    #expect(throws: Enough.self) {
      try AudioDecoder(sampleRate: 16_000).decode(path) { _ in
        calls += 1
        throw Enough()
      }
    }
    #expect(calls == 1)
  }

  @Test("files decoded at the same time are as when decoded one by one, refused ones among them")
  func concurrent() throws {
    let decoder = AudioDecoder(sampleRate: 16_000)
    // Every other file is cut inside its header. A refusal that closed a file of another thread
    // would show as a good file that cannot be read.
    let paths = try (0..<100).map { i in
      let clip = MadeClips.noiseBurst(
        seed: UInt64(i), seconds: 0.1, sampleRate: 22_050 + 1_000 * (i % 10))
      let bytes = try AudioWriter(container: .wav).encode(clip, path: "a")
      return try folder.write(i.isMultiple(of: 2) ? bytes : Array(bytes.prefix(40)), to: "\(i).wav")
    }
    let alone = paths.map { try? decoder.clip($0) }
    #expect(alone.count { $0 != nil } == 50)
    let together = Mutex([AudioClip?](repeating: nil, count: paths.count))
    DispatchQueue.concurrentPerform(iterations: paths.count) { i in
      let clip = try? decoder.clip(paths[i])
      together.withLock { $0[i] = clip }
    }
    #expect(together.withLock { $0 } == alone)
  }
}
