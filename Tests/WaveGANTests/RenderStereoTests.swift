import AudioFiles
import Foundation
import Testing
import WaveGAN

@Suite("Stereo")
struct RenderStereoTests {
  @Test("The longest window, in stereo and with a post-filter, trains and renders")
  func longest() throws {
    let bench = try RunBench(channelCount: 2)
    let training = try bench.begin(
      "run",
      RunBench.options {
        $0.windowLength = 65_536
        $0.channelCount = 2
        $0.postFilter = true
        $0.dim = 1
        $0.criticUpdates = 1
        $0.steps = 1
        $0.threads = 2
      })
    try training.train()
    let run = training.folder
    let folder = bench.path("out")
    try RenderJob(folder: folder, seed: 1, count: 2)
      .run(Renderer(run: run, settings: RenderSettings(encoding: .float32)))
    let clip = try AudioDecoder(channelCount: 2).clip(folder + "/0001.wav")
    #expect(clip.channelCount == 2 && clip.frameCount == 65_536 && clip.sampleRate == 16_000)
    let (left, right) = (0..<clip.frameCount).reduce(into: ([Float](), [Float]())) {
      $0.0.append(clip.samples[2 * $1])
      $0.1.append(clip.samples[2 * $1 + 1])
    }
    #expect(left != right)
    #expect(left.contains { $0 != 0 } && right.contains { $0 != 0 })
    let preview = try AudioFileInfo(path: run.preview(step: 1) + "/15.wav")
    #expect(preview.channelCount == 2 && preview.frameCount == 65_536)
  }

  @Test("A fade and a gain treat both channels alike")
  func finishing() throws {
    let bench = try RunBench(channelCount: 2)
    let run = try bench.train("run", steps: 0, RunBench.options { $0.channelCount = 2 })
    func clip(_ settings: RenderSettings) throws -> AudioClip {
      var clip: AudioClip?
      try Renderer(run: run, settings: settings).render(seed: 1, indices: 3..<4) {
        clip = $0.clip
        return true
      }
      return try #require(clip)
    }
    let plain = try clip(RenderSettings())
    let finished = try clip(RenderSettings(gain: .peak, fadeMilliseconds: 10))
    let scale = Float(pow(10, -1 / 20.0)) / plain.peak
    #expect(plain.channelCount == 2 && plain.frameCount == 4_096)
    for frame in 0..<4_096 {
      let place = min(frame, 4_095 - frame)
      let fade =
        place < 160 ? Float(0.5 - 0.5 * cos(Double.pi * (Double(place) + 0.5) / 160)) : 1
      for channel in 0..<2 {
        let expected = plain.samples[2 * frame + channel] * scale * fade
        // Three roundings of numbers below 1.
        #expect(abs(finished.samples[2 * frame + channel] - expected) < 1e-6)
      }
    }
  }
}
