import AudioFiles
import Foundation
import NeuralNet
import TestSupport
import Testing
import WaveGAN

@Suite("A run whose networks are told labels")
struct RunLabelTests {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  private static func options(
    _ change: (inout TrainingOptions) -> Void = { _ in }
  ) -> TrainingOptions {
    RunBench.options {
      $0.isConditional = true
      change(&$0)
    }
  }

  private func clips(
    _ run: RunFolder, _ plan: LatentPlan, count: Int, spread: Double = 1
  ) throws -> [Renderer.RenderedClip] {
    var clips: [Renderer.RenderedClip] = []
    try Renderer(run: run, settings: RenderSettings(spread: spread))
      .render(plan, indices: 0..<count) {
        clips.append($0)
        return true
      }
    return clips
  }

  @Test(
    "The labels are in the record and the checkpoint, in order, and the first layer has a column each"
  )
  func record() throws {
    let run = try bench.train("run", steps: 1, Self.options())
    #expect(try RunRecord(of: run).settings.model.labels == ["high", "low"])
    let file = try SafetensorsFile(bench.checkpoint("run", step: 1))
    #expect(file.metadata["settings"]?.contains(#""conditional":["high","low"]"#) == true)
    // Z = 4; 16 steps of 16 channels.
    #expect(file.tensors["generator.project.weight"]?.shape == [256, 6])
  }

  @Test("The columns of labels vary a row, before the first step, as much as the whole latent does")
  func firstColumns() throws {
    let settings = TrainingSettings(
      data: DataSettings(sampleRate: 16_000, windowLength: 4_096),
      model: ModelSettings(
        dim: 8, latentSize: 64, latentDistribution: .gaussian, labels: ["a", "b", "c"]),
      objective: ObjectiveSettings(batchSize: 2), seed: 5)
    let arena = Adversaries(settings: settings, team: ThreadTeam(threadCount: 1)).generator.arena
    let weights = arena.parameter("project.weight").fileOrder(of: arena.values)
    let rows = weights.count / 67
    func meanSquare(_ columns: Range<Int>) -> Float {
      (0..<rows).reduce(0) { sum, row in
        sum + columns.reduce(0) { $0 + weights[row * 67 + $1] * weights[row * 67 + $1] }
      } / Float(rows)
    }
    let latent = meanSquare(0..<64)
    for label in 64..<67 {
      // A mean of 1,024 squares of normal numbers: four standard errors are 4·√(2/1,024) = 0.18.
      #expect(abs(meanSquare(label..<label + 1) / latent - 1) < 0.18)
    }
  }

  @Test("The gradient with respect to the columns of labels is the slope of the loss")
  func gradient() {
    let settings = TrainingSettings(
      data: DataSettings(sampleRate: 16_000, windowLength: 4_096),
      model: ModelSettings(
        dim: 1, latentSize: 2, latentDistribution: .gaussian, labels: ["a", "b"]),
      objective: ObjectiveSettings(batchSize: 2), seed: 5)
    let generator = Adversaries(settings: settings, team: ThreadTeam(threadCount: 1)).generator
    let inputs: [Float] = [0.3, -1, 1, 0, 0.8, 0.2, 0, 1]
    // Large enough weights for samples of some size, and no layer saturated.
    for i in 0..<generator.arena.values.count { generator.arena.values[i] *= 2 }
    // The loss is the sum of all samples, each with a weight of its own.
    let weights = Tensor(2, 4_096, 1)
    for i in 0..<weights.count { weights[i] = Float(i % 7 - 3) }
    func loss() -> Double {
      generator.forward(inputs, usesBatchStatistics: true)
      return zip(generator.output.array, weights.array).reduce(0) {
        $0 + Double($1.0) * Double($1.1)
      }
    }
    _ = loss()
    generator.arena.gradients.clear()
    generator.backward(weights)
    let weight = generator.arena.parameter("project.weight")
    let numbers = weight.fileOrder(of: generator.arena.values)
    // Two columns of a latent, then two of labels.
    let slopes = weight.fileOrder(of: generator.arena.gradients).enumerated().map {
      $0.offset % 4 < 2 ? 0 : $0.element
    }
    let norm = slopes.reduce(0) { $0 + Double($1 * $1) }.squareRoot()
    let step = 1e-2
    let ends = [step, -step].map { step in
      weight.set(
        generator.arena.values,
        fromFileOrder: zip(numbers, slopes).map { $0 + Float(step * Double($1) / norm) })
      return loss()
    }
    // Along the gradient the slope is its norm. The rest is curvature and ReLUs that switch within the
    // step: 1 % with this seed, where a column mistaken for another would give a slope of any sign.
    let slope = (ends[0] - ends[1]) / (2 * step)
    #expect(norm > 0 && abs(slope / norm - 1) < 0.03, "\(slope) \(norm)")
  }

  @Test("Threads do not change what is computed", arguments: [0, 2])
  func threads(warmUpSteps: Int) throws {
    for count in [1, 3] {
      try bench.train(
        "\(count)", steps: 3,
        Self.options {
          $0.threads = count
          $0.warmUpSteps = warmUpSteps
        })
    }
    let isSame = try bench.checkpoint("1", step: 3) == bench.checkpoint("3", step: 3)
    #expect(isSame)
  }

  @Test("Another label is another sound of the same numbers; unasked, labels come in turn")
  func rendering() throws {
    let run = try bench.train("run", steps: 2, Self.options())
    let high = try clips(run, .seed(3, labels: ["high"]), count: 4)
    let low = try clips(run, .seed(3, labels: ["low"]), count: 4)
    let inTurn = try clips(run, .seed(3), count: 4)
    for index in 0..<4 {
      #expect(high[index].latent.prefix(4) == low[index].latent.prefix(4))
      #expect(high[index].latent.suffix(2) == [1, 0] && low[index].latent.suffix(2) == [0, 1])
      #expect(high[index].clip.samples != low[index].clip.samples)
      #expect(inTurn[index].clip.samples == [high, low][index % 2][index].clip.samples)
      #expect(inTurn[index].provenance.origin.label == ["high", "low"][index % 2])
    }
  }

  @Test("After a warm-up each label's sounds are of vectors like its recordings'")
  func prior() throws {
    let run = try bench.train("run", steps: 3, Self.options { $0.warmUpSteps = 2 })
    let file = try SafetensorsFile(bench.checkpoint("run", step: 3))
    let latents = try #require(file.tensors["warm-up.latents"]).numbers
    #expect(file.metadata["warm-up-recordings"] == "2,2")
    for (label, name) in ["high", "low"].enumerated() {
      // With spread 0 a clip is of the mean of its label's two vectors.
      let clip = try clips(run, .seed(0, labels: [name]), count: 1, spread: 0)[0]
      for z in 0..<4 {
        let mean = (latents[label * 8 + z] + latents[label * 8 + 4 + z]) / 2
        // Rounding of numbers below 1.
        #expect(abs(clip.latent[z] - mean) < 1e-6)
      }
    }
  }

  @Test("From within a warm-up, each label's sounds are of vectors like its recordings' so far")
  func within() throws {
    let run = try bench.train("run", steps: 2, Self.options { $0.warmUpSteps = 5 })
    let file = try SafetensorsFile(bench.checkpoint("run", step: 2))
    let latents = try #require(file.tensors["warm-up.latents"]).numbers
    let prior = LatentPrior(
      fittedTo: latents, labels: [0, 0, 1, 1], componentCount: 2, size: 4)
    let clip = try clips(run, .seed(7, labels: ["low"]), count: 1)[0]
    var stream = RandomStream(seed: 7, purpose: .rendering)
    let noise = (0..<4).map { _ in stream.nextNormal() }
    #expect(clip.latent == prior.latent(of: noise, shares: [0, 1]) + [0, 1])
  }

  @Test("A walk between two labels goes straight from one to the other")
  func walk() throws {
    let run = try bench.train("run", steps: 1, Self.options())
    let ends = ["high", "low"].map { LatentOrigin.drawn(seed: 3, index: 0, label: $0) }
    let walk = try clips(run, .morph(ends[0], ends[1], count: 5), count: 5)
    #expect(
      walk.map { $0.latent.suffix(2) } == [
        [1, 0], [0.75, 0.25], [0.5, 0.5], [0.25, 0.75], [0, 1],
      ])
    #expect(Set(walk.map { $0.latent.prefix(4) }).count == 1)
    #expect(walk.map(\.provenance.origin.label) == [nil, nil, nil, nil, nil])
    #expect(walk[2].provenance.origin.description == "morph of 3:0 high and 3:0 low at 2/4")
  }

  @Test("The manifest has a clip's label, and the file as well, from which it is made again")
  func recall() throws {
    let run = try bench.train("run", steps: 1, Self.options())
    let folder = bench.path("sounds")
    let renderer = try Renderer(run: run)
    try RenderJob(folder: folder, plan: .seed(2), indices: 0..<3).run(renderer)
    let rows = try String(contentsOf: URL(filePath: folder + "/manifest.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst().map { $0.split(separator: ",")[3] }
    #expect(rows == ["high", "low", "high"])
    let file = folder + "/0001.wav"
    let provenance = try ClipProvenance(ofFile: file)
    #expect(provenance.origin == .drawn(seed: 2, index: 1, label: "low"))
    try RenderJob(folder: bench.path("again"), recalling: provenance).run(renderer)
    let isSame =
      try Data(contentsOf: URL(filePath: file))
      == Data(contentsOf: URL(filePath: bench.path("again") + "/0001.wav"))
    #expect(isSame)
  }

  @Test("A label that the run does not have is refused, with those that it has")
  func unknownLabel() throws {
    let run = try bench.train("run", steps: 0, Self.options())
    let error = #expect(throws: SettingsError.self) {
      try clips(run, .seed(0, labels: ["low", "mid"]), count: 1)
    }
    #expect(
      error?.description == "--label mid: this run has the labels high, low; give one of these.")
    let plain = try bench.train("plain", steps: 0)
    let refusal = #expect(throws: SettingsError.self) {
      try clips(plain, .seed(0, labels: ["low"]), count: 1)
    }
    #expect(
      refusal?.description
        == "--label low: this run was not told the labels of its recordings, so none can be asked "
        + "for; leave it out, or train one with --conditional.")
  }

  @Test("A run begins from another's weights only if its networks are told the same labels")
  func origin() throws {
    let first = try bench.train("first", steps: 1, Self.options { $0.warmUpSteps = 1 })
    #expect(throws: RunError.self) { try bench.begin("plain", origin: first) }
    let second = try bench.begin("second", Self.options(), origin: first)
    try second.train(stoppingAfter: 1)
    let sounds = try [first, second.folder].map { run in
      var samples: [Float] = []
      try Renderer(run: run, checkpoint: .step(run == first ? 1 : 0)).render(
        seed: 1, indices: 0..<1
      ) {
        samples = $0.clip.samples
        return true
      }
      return samples
    }
    #expect(sounds[0] == sounds[1])
  }

  @Test("A record that names other labels than its recordings have is refused")
  func changedRecord() throws {
    let run = try bench.train("run", steps: 1, Self.options())
    let text = try String(contentsOf: URL(filePath: run.record), encoding: .utf8)
    let changed = text.replacing(/"conditional"\s*:\s*\[\s*"high"/, with: #""conditional":["hi""#)
    #expect(changed != text)
    try Data(changed.utf8).write(to: URL(filePath: run.record))
    #expect(try runErrorCode { try bench.resume("run", steps: 1) } == .unusable)
  }
}
