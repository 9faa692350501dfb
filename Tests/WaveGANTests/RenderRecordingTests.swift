import AudioFiles
import Foundation
import NeuralNet
import Testing
import WaveGAN

@Suite("Walks between recordings")
struct RenderRecordingTests {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  /// Trains a run with a warm-up of three steps.
  private func train(
    steps: Int = 4, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> RunFolder {
    try bench.train(
      "run", steps: steps,
      RunBench.options {
        $0.warmUpSteps = 3
        $0.averageDecay = 0.9
        change(&$0)
      })
  }

  /// The recordings for training, by label and then by digest: in the order of their vectors.
  private func recordings(
    of run: RunFolder, _ part: DatasetPart = .training
  ) throws -> [DatasetClip] {
    try bench.recordings.dataset(RunRecord(of: run).settings.data).clips
      .filter { $0.part == part }
      .sorted { ($0.label, $0.digest) < ($1.label, $1.digest) }
  }

  private func origin(_ recording: DatasetClip, _ run: RunFolder) throws -> LatentOrigin {
    try StartingFile(recording.path, of: run).origin
  }

  @Test(
    "Ends are what the network makes of the recordings' vectors, within the warm-up and after it",
    arguments: [1, 4], [false, true])
  func ends(steps: Int, isConditional: Bool) throws {
    let run = try train(steps: steps) { $0.isConditional = isConditional }
    let recordings = try recordings(of: run)
    #expect(recordings.map(\.label) == ["high", "high", "low", "low"])
    let file = try SafetensorsFile(bench.checkpoint("run", step: steps))
    let vectors = try #require(file.tensors["warm-up.latents"]).numbers
    let wanted = [1, 2].map { place in
      Array(vectors[place * 4..<(place + 1) * 4])
        + (isConditional ? [place == 1 ? 1 : 0, place == 2 ? 1 : 0] : [])
    }

    var clips: [Renderer.RenderedClip] = []
    let plan = LatentPlan.morph(
      try origin(recordings[1], run), try origin(recordings[2], run), count: 3)
    try Renderer(run: run).render(plan, indices: 0..<3) {
      clips.append($0)
      return true
    }
    for (clip, input) in zip([clips[0], clips[2]], wanted) {
      for (x, y) in zip(clip.latent, input) {
        // Numbers below 1 of others of three or so, in 32 bits.
        #expect(abs(x - y) < 1e-6)
      }
    }

    let settings = try RunRecord(of: run).settings
    let generator = Generator(
      geometry: NetworkGeometry(data: settings.data, model: settings.model), model: settings.model,
      batchSize: 16, workspace: Workspace(team: ThreadTeam(threadCount: 1)))
    for parameter in generator.arena.parameters {
      let numbers = try #require(file.tensors["average." + parameter.name]).numbers
      parameter.set(generator.arena.values, fromFileOrder: numbers)
    }
    let inputs = wanted.flatMap(\.self)
    generator.forward(
      inputs + [Float](repeating: 0, count: 8 * inputs.count - inputs.count),
      usesBatchStatistics: false)
    let sounds = generator.output.array
    for (place, clip) in [clips[0], clips[2]].enumerated() {
      let sound = sounds[place * 4_096..<(place + 1) * 4_096]
      let largest = sound.reduce(0) { max($0, abs($1)) }
      // Clips change about as much as their latents, by millionths.
      #expect(largest > 0)
      #expect(zip(clip.clip.samples, sound).allSatisfy { abs($0 - $1) < 1e-4 * largest })
    }
    #expect(clips[1].clip.samples != clips[0].clip.samples)
  }

  @Test("A file of a walk is made again from it and the run, when the recordings are gone")
  func recall() throws {
    let run = try train { $0.isConditional = true }
    let recordings = try recordings(of: run)
    let mixed = LatentOrigin.morph(
      try origin(recordings[0], run), .drawn(seed: 3, index: 1, label: "low"),
      at: WalkPosition(1, of: 3))
    let plan = LatentPlan.morph(mixed, try origin(recordings[3], run), count: 3)
    try FileManager.default.removeItem(atPath: bench.recordings.path)
    try RenderJob(folder: bench.path("walk"), plan: plan, indices: 0..<3)
      .run(Renderer(run: run, threadCount: 1))
    for name in ["0000.wav", "0001.wav", "0002.wav"] {
      let file = bench.path("walk/" + name)
      let provenance = try ClipProvenance(ofFile: file)
      try RenderJob(folder: bench.path("again"), recalling: provenance)
        .run(Renderer(recalling: provenance, of: file, run: run, threadCount: 3))
      let original = try Data(contentsOf: URL(filePath: file))
      let isSame = try Data(contentsOf: URL(filePath: bench.path("again/" + name))) == original
      #expect(isSame)
    }
    let digests = recordings.map { String($0.digest.description.prefix(12)) }
    let manifest = try String(
      contentsOf: URL(filePath: bench.path("walk/manifest.csv")), encoding: .utf8)
    #expect(
      manifest.contains(
        ",morph of (morph of recording \(digests[0]) high and 3:1 low at 1/3) and recording "
          + "\(digests[3]) low at 1/2\n"))
  }

  @Test("A recording is known by its bytes, and varied as any sound is")
  func copies() throws {
    let run = try train()
    let recording = try recordings(of: run)[2]
    let copy = bench.path("copy.wav")
    try FileManager.default.copyItem(atPath: recording.path, toPath: copy)
    let origin = try StartingFile(copy, of: run).origin
    #expect(origin == .recording(recording.digest))
    #expect(try origin == self.origin(recording, run))
    func latents(_ amount: Double) throws -> [[Float]] {
      var latents: [[Float]] = []
      try Renderer(run: run).render(
        .variations(origin, amount: amount, seed: 0), indices: 0..<2
      ) {
        latents.append($0.latent)
        return true
      }
      return latents
    }
    let same = try latents(0)
    #expect(same[0] == same[1])
    #expect(Set(try latents(0.3) + same).count == 3)
  }

  // MARK: What cannot begin a walk

  private func refusal(_ path: String, of run: RunFolder) -> String? {
    let error = #expect(throws: RunError.self) { try StartingFile(path, of: run) }
    #expect(error?.code == .unusable && error?.subject == path)
    return error?.reason
  }

  @Test("Recordings that the run did not learn from are refused, each with its reason")
  func strangers() throws {
    let silence = AudioClip(
      samples: [Float](repeating: 0, count: 4_800), channelCount: 1, sampleRate: 16_000)
    let silent = try bench.recordings.add("low/silent.wav", silence)
    let run = try train()
    let heldOut = try #require(recordings(of: run, .heldOut).first).path
    let name = run.path
    #expect(
      refusal(heldOut, of: run)
        == "was held out of training, so \(name) has no vector for it; give one of the recordings "
        + "that dataset.json lists as “training”")
    #expect(
      refusal(silent, of: run)
        == "was not used for training, as dataset.json says, so \(name) has no vector for it; give "
        + "another recording")
    let other = try bench.recordings.add("low/other.wav", seed: 99)
    #expect(
      refusal(other, of: run)
        == "is neither a clip that \(name) rendered nor one of the recordings that it learnt from; "
        + "give one of these, or a seed")
  }

  @Test("A run without a warm-up has no vectors, and says so")
  func withoutWarmUp() throws {
    let run = try train(steps: 0) { $0.warmUpSteps = 0 }
    let recording = try #require(recordings(of: run).first).path
    #expect(
      refusal(recording, of: run)
        == "is a recording of \(run.path), which has no vector for it, as it was trained without a "
        + "warm-up; walk between seeds, or train a run with --warm-up-steps")
  }

  @Test("A recording of another run, or a checkpoint without vectors, is refused before rendering")
  func missingVectors() throws {
    let run = try train()
    func refusal(_ origin: LatentOrigin) throws -> RunError? {
      let error = #expect(throws: RunError.self) {
        try RenderJob(
          folder: bench.path("out"), plan: .variations(origin, amount: 0.1, seed: 0),
          indices: 0..<1
        ).run(Renderer(run: run))
      }
      #expect(!FileManager.default.fileExists(atPath: bench.path("out")))
      return error
    }
    let stranger = ContentDigest(of: [1, 2, 3])
    #expect(
      try refusal(.recording(stranger))?.reason
        == "did not learn from the recording \(stranger), so it has no vector for it")

    let origin = try origin(recordings(of: run)[0], run)
    try bench.changeCheckpoint("run", step: 4) { $0.tensors["warm-up.latents"] = nil }
    let error = try refusal(origin)
    #expect(error?.subject == run.checkpoint(step: 4))
    #expect(error?.reason.hasPrefix("has no tensor warm-up.latents of shape") == true)
  }
}
