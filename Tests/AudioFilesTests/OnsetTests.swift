import AudioFiles
import TestSupport
import Testing

@Suite("Onsets are found and aligned")
struct OnsetTests {
  /// Soft noise of an amplitude for some seconds, and then a sound.
  private func clip(
    noise: Double, seconds: Double, then sound: AudioClip
  ) -> AudioClip {
    var clip = sound
    let before = MadeClips.noiseBurst(
      seed: 3, amplitude: noise, seconds: 10 * seconds, sampleRate: sound.sampleRate,
      channelCount: sound.channelCount)
    // The first tenth of a burst, which has hardly decayed.
    let count = Int(seconds * Double(sound.sampleRate)) * sound.channelCount
    clip.samples = before.samples.prefix(count) + sound.samples
    return clip
  }

  private func burst(seconds: Double = 0.3, rate: Int, channelCount: Int = 1) -> AudioClip {
    MadeClips.noiseBurst(
      seed: 5, amplitude: 0.5, seconds: seconds, sampleRate: rate, channelCount: channelCount)
  }

  private func plan(_ clip: AudioClip, trimsSilence: Bool = false) throws -> ClipPreparation {
    try #require(
      ClipPreparation.plan(
        of: clip, trimsSilence: trimsSilence, alignsOnset: true, normalization: .none))
  }

  /// Noise of ±0.5 reaches 3 % of its root mean square, √(2 ms · 10⁻³) of it in one sample, within a few.
  @Test(
    "A hit is found at its first samples, after silence or noise 40 dB below, and lies at 5 ms",
    arguments: [(8_000, 1), (16_000, 2), (44_100, 1), (48_000, 2)], [0, 0.005])
  func hit(format: (rate: Int, channelCount: Int), noise: Double) throws {
    let hit = burst(rate: format.rate, channelCount: format.channelCount)
    for seconds in [0.02, 0.137] {
      let clip = clip(noise: noise, seconds: seconds, then: hit)
      let plan = try plan(clip)
      let onset = try #require(plan.onset)
      let place = Int(seconds * Double(format.rate))
      #expect((place..<place + 4).contains(onset))
      #expect(onset - plan.keptRange.lowerBound == format.rate / 200)
      #expect(plan.keptRange.upperBound == clip.frameCount)
    }
  }

  @Test("A recording that begins at once gets silence before, and becomes no longer")
  func atOnce() throws {
    let plan = try plan(burst(rate: 16_000))
    #expect(try #require(plan.onset) < 4)
    #expect(plan.keptRange.lowerBound == (plan.onset ?? 0) - 80)
    #expect(plan.frameCount == 4_800)
  }

  @Test("It is relative: a quiet recording has the same onset")
  func relative() throws {
    let loud = clip(noise: 0.005, seconds: 0.05, then: burst(rate: 16_000))
    var quiet = loud
    quiet.samples = quiet.samples.map { $0 / 256 }
    #expect(try plan(loud).keptRange == plan(quiet).keptRange)
  }

  /// 10⁻³ of the energy is 3.2 % of the amplitude, which a rise over 100 ms reaches after 3.2 ms; the
  /// window is 2 ms, and so is half a period.
  @Test("A slow attack begins where it comes within 30 dB of the peak")
  func slowAttack() throws {
    var sound = MadeClips.sine(frequencyHz: 250, seconds: 0.5, sampleRate: 16_000)
    for t in 0..<1_600 { sound.samples[t] *= Float(t) / 1_600 }
    let onset = try #require(
      try plan(clip(noise: 0, seconds: 0.1, then: sound)).onset)
    #expect((1_600 + 32...1_600 + 96).contains(onset))
  }

  @Test("Cutting silence off first changes nothing about where the onset lies")
  func trimmed() throws {
    let clip = clip(noise: 0, seconds: 0.1, then: burst(rate: 16_000))
    let (plain, trimmed) = (try plan(clip), try plan(clip, trimsSilence: true))
    #expect(plain.onset == trimmed.onset)
    #expect(plain.keptRange.lowerBound == trimmed.keptRange.lowerBound)
  }

  @Test("A click of a few samples keeps its sound")
  func click() throws {
    let click = AudioClip(samples: [0.5, -0.5, 0.25, -0.25], channelCount: 1, sampleRate: 16_000)
    let plan = try plan(click)
    #expect(plan.onset == 0 && plan.keptRange == -1..<3)
  }

  @Test("A window has silence, then the recording as it is, and a fade where something was cut off")
  func cut() throws {
    let cutter = WindowCutter(windowLength: 8_192, channelCount: 1, sampleRate: 16_000)
    func window(_ clip: AudioClip) throws -> [Float] {
      var window = [Float](repeating: .nan, count: 8_192)
      var span = window.mutableSpan
      cutter.cut(clip.samples.span, try plan(clip), from: 0, into: &span)
      return window
    }
    var hit = burst(rate: 16_000)
    hit.samples[0] = 0.4
    let mean = hit.samples.reduce(0) { $0 + Double($1) } / Double(hit.frameCount)
    let early = try window(hit)
    #expect(early[..<80].allSatisfy { $0 == 0 })
    // Up to the fade of 2 ms at the end, of which 5 ms are lost. The offset is a mean in 32 bits.
    for t in 0..<4_600 {
      #expect(abs(early[80 + t] - (hit.samples[t] - Float(mean))) < 1e-6, "frame \(t)")
    }
    #expect(early[4_800...].allSatisfy { $0 == 0 } && abs(early[4_799]) < 0.01)

    // Hum before the hit is faded in over 2 ms, and the hit is at the same place.
    let late = try window(clip(noise: 0.005, seconds: 0.1, then: hit))
    #expect(late[80] > 0.3 && abs(late[0]) < 1e-4)
    #expect(late[40..<80].contains { abs($0) > 1e-4 })
  }
}
