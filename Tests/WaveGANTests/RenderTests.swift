import AudioFiles
import Foundation
import NeuralNet
import Testing
import WaveGAN

@Suite("Rendering")
struct RenderTests {
  private let bench: RunBench
  private let run: RunFolder

  init() throws {
    bench = try RunBench.withRun()
    run = bench.folder("run")
  }

  /// Rendered clips of seed 7, by index.
  private func clips(
    _ indices: Range<Int>, _ settings: RenderSettings = RenderSettings(), threads: Int = 1
  ) throws -> [AudioClip] {
    var clips: [AudioClip] = []
    try Renderer(run: run, settings: settings, threadCount: threads)
      .render(seed: 7, indices: indices) {
        clips.append($0.clip)
        return true
      }
    return clips
  }

  @discardableResult
  private func render(
    _ name: String, _ settings: RenderSettings = RenderSettings(), indices: Range<Int> = 0..<3,
    change: (inout RenderJob) -> Void = { _ in }
  ) throws -> String {
    var job = RenderJob(folder: bench.path(name), plan: .seed(7), indices: indices)
    change(&job)
    try job.run(Renderer(run: run, settings: settings, threadCount: 2))
    return bench.path(name)
  }

  private func contents(_ folder: String) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      contents[name] = try Data(contentsOf: URL(filePath: folder + "/" + name))
    }
    return contents
  }

  @Test("Clip i is the same whatever is rendered beside it, on any number of threads")
  func independence() throws {
    let all = try clips(0..<35)
    #expect(Set(all.map(\.samples)).count == 35)
    for (indices, threads) in [(0..<3, 1), (2..<20, 2), (15..<17, 3), (34..<35, 5), (0..<1, 2)] {
      let isSame = try clips(indices, threads: threads) == Array(all[indices])
      #expect(isSame, "\(indices) on \(threads) threads")
    }
    #expect(try clips(4..<4) == [])
  }

  @Test("A clip has the run's length, rate and channels, and is within full scale")
  func form() throws {
    for clip in try clips(0..<4) {
      #expect(clip.frameCount == 4_096 && clip.channelCount == 1 && clip.sampleRate == 16_000)
      // The last layer is a tanh.
      #expect(clip.peak > 0 && clip.peak <= 1)
    }
  }

  static let formats: [(AudioWriter.Container, AudioWriter.Encoding)] = [
    (.wav, .pcm16), (.wav, .pcm24), (.wav, .float32), (.flac, .pcm16), (.flac, .pcm24),
    (.aiff, .pcm16), (.aiff, .pcm24), (.aiff, .float32), (.ogg, .pcm16),
  ]

  @Test(
    "Files say where they are from, and are made again from that, byte for byte", arguments: formats
  )
  func recall(container: AudioWriter.Container, encoding: AudioWriter.Encoding) throws {
    let settings = RenderSettings(
      spread: 0.7, gain: .peak, fadeMilliseconds: 5, container: container, encoding: encoding)
    let folder = try render("out", settings, indices: 15..<18)
    #expect(try contents(folder) == contents(render("again", settings, indices: 15..<18)))

    let file = folder + "/0016.\(container.rawValue)"
    let provenance = try ClipProvenance(ofFile: file)
    #expect(provenance.run == (try RunRecord(of: run).id))
    #expect(provenance.checkpoint == (try ContentDigest(ofFile: run.checkpoint(step: 2))))
    #expect(provenance.step == 2 && provenance.seed == 7 && provenance.index == 16)
    #expect(provenance.settings == settings)

    let renderer = try Renderer(recalling: provenance, of: file, run: run)
    try RenderJob(folder: bench.path("recalled"), recalling: provenance).run(renderer)
    // No tables, so that a folder can take in several.
    let recalled = try contents(bench.path("recalled"))
    let original = try Data(contentsOf: URL(filePath: file))
    #expect(recalled == ["0016.\(container.rawValue)": original])
  }

  @Test("Files hold the clips, to within their encoding", arguments: formats)
  func encodings(container: AudioWriter.Container, encoding: AudioWriter.Encoding) throws {
    let settings = RenderSettings(gain: .peak, container: container, encoding: encoding)
    let folder = try render("out", settings)
    let expected = try clips(0..<3, settings)
    // Half a step of rounding; Vorbis is not meant to keep samples.
    let bound: Float =
      switch (container, encoding) {
      case (.ogg, _): 1
      case (_, .pcm16): 0x1p-16
      case (_, .pcm24): 0x1p-24
      case (_, .float32): 0
      }
    for index in 0..<3 {
      let clip = try AudioDecoder().clip(folder + "/000\(index).\(container.rawValue)")
      #expect(clip.frameCount == 4_096 && clip.sampleRate == 16_000)
      let worst = zip(clip.samples, expected[index].samples).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(worst <= bound)
    }
  }

  @Test("Gain: as generated, to −1 dBFS, or to −23 LUFS below full scale")
  func gain() throws {
    let plain = try clips(0..<4)
    for (clip, source) in zip(try clips(0..<4, RenderSettings(gain: .peak)), plain) {
      // Two roundings.
      #expect(abs(clip.peak - Float(pow(10, -1 / 20.0))) < 1e-6)
      let scale = clip.peak / source.peak
      #expect(zip(clip.samples, source.samples).allSatisfy { abs($0 - scale * $1) < 1e-6 })
    }
    for clip in try clips(0..<4, RenderSettings(gain: .loudness)) {
      let lufs = try #require(clip.loudness.lufs)
      #expect(clip.peak <= 1)
      // Where the peak does not hold it back, a linear gain meets the target but for rounding.
      #expect(clip.peak > 0.999_999 ? lufs < -23 : abs(lufs + 23) < 1e-3)
    }
  }

  @Test("A fade is half a cosine at each end and leaves the middle alone")
  func fade() throws {
    let plain = try clips(0..<2)
    // 10 ms are 160 samples.
    for (clip, source) in zip(try clips(0..<2, RenderSettings(fadeMilliseconds: 10)), plain) {
      #expect(clip.samples[160..<3_936] == source.samples[160..<3_936])
      for place in 0..<160 {
        let factor = Float(0.5 - 0.5 * cos(Double.pi * (Double(place) + 0.5) / 160))
        #expect(clip.samples[place] == factor * source.samples[place])
        #expect(clip.samples[4_095 - place] == factor * source.samples[4_095 - place])
      }
    }
    // Longer than the clip: the two fades meet in the middle.
    let long = try clips(0..<1, RenderSettings(fadeMilliseconds: 10_000))
    #expect(long[0].peak <= plain[0].peak)
    #expect(abs(long[0].samples[0]) < 1e-6)
  }

  @Test("Without spread all clips are alike; with it they are not")
  func spread() throws {
    let alike = try clips(0..<20, RenderSettings(spread: 0))
    for clip in alike {
      // Slots of a group may round differently.
      let worst = zip(clip.samples, alike[0].samples).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(worst < 1e-6)
    }
    #expect(alike[3].samples == alike[19].samples)
    #expect(try clips(0..<1, RenderSettings(spread: 2)) != clips(0..<1))
  }

  @Test("The average and the generator itself are two models; a run without one has the other")
  func average() throws {
    #expect(try clips(0..<1, RenderSettings(usesAverage: false)) != clips(0..<1))
    let folder = try bench.train("plain", steps: 0, RunBench.options { $0.averageDecay = 0 })
    #expect(try !Renderer(run: folder).settings.usesAverage)
  }

  @Test("Nothing is rendered where one of the files is already, unless it may be replaced")
  func existing() throws {
    for name in ["0002.wav", "manifest.csv", "latents.safetensors", "sheet.png", "0001.png"] {
      let folder = bench.path("out-\(name)")
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      try Data("mine".utf8).write(to: URL(filePath: folder + "/" + name))
      let error = #expect(throws: AudioFileError.self) {
        try render("out-\(name)") {
          $0.makesSheet = true
          $0.makesImages = true
        }
      }
      #expect(error?.code == .exists)
      #expect(try contents(folder) == [name: Data("mine".utf8)])
    }
    try render("out-0002.wav") { $0.overwrites = true }
    #expect(try AudioFileInfo(path: bench.path("out-0002.wav/0002.wav")).frameCount == 4_096)
  }

  @Test("The manifest has a row for each file with its digest, peak and loudness")
  func manifest() throws {
    let folder = try render("out", RenderSettings(gain: .peak))
    let rows = try String(contentsOf: URL(filePath: folder + "/manifest.csv"), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.count == 4)
    #expect(rows[0] == ["file", "seed", "index", "label", "peak", "loudness", "sha256"])
    for (index, row) in rows.dropFirst().enumerated() {
      #expect(row.prefix(4) == ["000\(index).wav", "7", "\(index)", ""])
      #expect(row[4] == "0.891251")
      let clip = try AudioDecoder().clip(folder + "/" + row[0])
      // Written to two digits.
      #expect(abs(try #require(Double(row[5])) - (try #require(clip.loudness.lufs))) < 0.01)
      #expect(row[6] == (try ContentDigest(ofFile: folder + "/" + row[0]).description))
    }
  }

  @Test("Latents are kept beside the clips, and pictures where asked for")
  func latents() throws {
    let folder = try render("out", RenderSettings(spread: 0.5), indices: 5..<7) {
      $0.makesSheet = true
      $0.makesImages = true
    }
    #expect(
      try Set(contents(folder).keys) == [
        "0005.wav", "0006.wav", "0005.png", "0006.png", "sheet.png", "manifest.csv",
        "latents.safetensors",
      ])
    let file = try SafetensorsFile(Data(contentsOf: URL(filePath: folder + "/latents.safetensors")))
    let entry = try #require(file.tensors["latents"])
    #expect(entry.shape == [2, 4])
    let drawn = (5..<7).flatMap { index in
      var stream = RandomStream(seed: 7, purpose: .rendering, index: index)
      return (0..<4).map { _ in 0.5 * stream.nextNormal() }
    }
    #expect(entry.numbers == drawn)
  }

  @Test("A job that is told to stop keeps what is finished, with its manifest")
  func stopping() throws {
    let job = RenderJob(folder: bench.path("out"), seed: 7, count: 5)
    #expect(try job.run(Renderer(run: run)) { $0 < 2 } == 2)
    #expect(
      try Set(contents(bench.path("out")).keys) == [
        "0000.wav", "0001.wav", "manifest.csv", "latents.safetensors",
      ])
    let file = try SafetensorsFile(
      Data(contentsOf: URL(filePath: bench.path("out/latents.safetensors"))))
    #expect(file.tensors["latents"]?.shape == [2, 4])
  }

  @Test("A job that fails keeps what is finished, with its manifest and latents")
  func failing() throws {
    let folder = bench.path("out")
    try FileManager.default.createDirectory(
      atPath: folder + "/0002.wav", withIntermediateDirectories: true)
    let error = #expect(throws: AudioFileError.self) {
      try render("out", indices: 0..<5) { $0.overwrites = true }
    }
    #expect(error?.path == folder + "/0002.wav")
    let table = try String(contentsOf: URL(filePath: folder + "/manifest.csv"), encoding: .utf8)
    #expect(table.split(separator: "\n").count == 3)
    let file = try SafetensorsFile(Data(contentsOf: URL(filePath: folder + "/latents.safetensors")))
    #expect(file.tensors["latents"]?.shape == [2, 4])
  }

  @Test("A file of no run, or of another, or whose checkpoint is gone, is not made again")
  func lostOrigins() throws {
    let foreign = try bench.recordings.add("tone.wav", seed: 1)
    #expect(try runErrorCode { _ = try ClipProvenance(ofFile: foreign) } == .unusable)

    let file = try render("out") + "/0000.wav"
    let provenance = try ClipProvenance(ofFile: file)
    let other = try bench.train("other", steps: 0, RunBench.options { $0.seed = 9 })
    func recall(_ run: RunFolder) throws -> RunError.Code? {
      try runErrorCode { _ = try Renderer(recalling: provenance, of: file, run: run) }
    }
    #expect(try recall(other) == .unusable)
    try bench.changeCheckpoint("run", step: 2) { $0.metadata["note"] = "changed" }
    #expect(try recall(run) == .notFound)
    try FileManager.default.removeItem(atPath: run.checkpoint(step: 2))
    #expect(try recall(run) == .notFound)
  }

  @Test(
    "A comment that asks for what no clip can have is refused",
    arguments: [
      #""fade":0"#: #""fade":1e300"#, #""spread":1"#: #""spread":1e300"#,
      #""index":0"#: #""index":9223372036854775807"#, #""step":2"#: #""step":2.5"#,
      #""average":true"#: #""average":"yes""#, #""encoding":"pcm16""#: #""encoding":"pcm8""#,
    ])
  func hostileComments(original: String, hostile: String) throws {
    let file = try render("out", indices: 0..<1) + "/0000.wav"
    let comment = try #require(try AudioFileInfo(path: file).comment)
    #expect(comment.contains(original))
    let clip = try AudioDecoder().clip(file)
    try AudioWriter(container: .wav).write(
      clip, to: file, comment: comment.replacing(original, with: hostile), overwrites: true)
    #expect(try runErrorCode { _ = try ClipProvenance(ofFile: file) } == .unusable)
  }
}
