import AudioFiles
import Foundation
import NeuralNet
import TestSupport
import Testing
import WaveGAN

@Suite("A run with a warm-up")
struct RunWarmUpTests {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  private func reports(_ run: TrainingRun, steps: Int) throws -> [StepReport] {
    try run.train(stoppingAfter: steps).compactMap {
      if case .step(let progress) = $0 { progress.report } else { nil }
    }
  }

  @Test("Copies come nearer to their recordings, while the discriminator stays as it was")
  func copying() throws {
    let run = try bench.begin(
      "run",
      RunBench.options {
        $0.warmUpSteps = 1_000
        $0.dim = 4
        $0.batchSize = 4
      })
    let losses = try reports(run, steps: 60).compactMap { $0.warmUp?.reconstructionLoss }
    #expect(losses.count == 60)
    func mean(_ losses: some Collection<Double>) -> Double {
      losses.reduce(0, +) / Double(losses.count)
    }
    // 0.41 with this seed, the loss falling steadily from 2.7 to 1.0: what does not learn stays at 1.
    #expect(mean(losses.suffix(5)) < 0.6 * mean(losses.prefix(5)))

    func numbers(_ step: Int, _ prefix: String) throws -> [String: [Float]] {
      try SafetensorsFile(bench.checkpoint("run", step: step)).tensors
        .filter { $0.key.hasPrefix(prefix) }.mapValues(\.numbers)
    }
    #expect(try numbers(0, "discriminator.") == numbers(60, "discriminator."))
    #expect(try numbers(0, "warm-up.") != numbers(60, "warm-up."))
  }

  @Test("After its steps, counted in the run's, the discriminator comes in")
  func end() throws {
    let run = try bench.begin("run", RunBench.options { $0.warmUpSteps = 3 })
    let reports = try reports(run, steps: 5)
    #expect(reports.map(\.step) == [1, 2, 3, 4, 5])
    #expect(reports.map { $0.warmUp != nil } == [true, true, true, false, false])
    #expect(reports.map { $0.critic != nil } == [false, false, false, true, true])
    #expect(reports.map { $0.generator != nil } == [false, false, false, true, true])
  }

  /// A generator of a checkpoint from within a warm-up, with the Gaussian of its vectors folded in.
  private func foldedGenerator(of run: String, step: Int, prefix: String) throws -> Generator {
    let settings = try RunRecord(of: bench.folder(run)).settings
    let file = try SafetensorsFile(bench.checkpoint(run, step: step))
    let generator = Generator(
      geometry: NetworkGeometry(data: settings.data, model: settings.model), model: settings.model,
      batchSize: 16, workspace: Workspace(team: ThreadTeam(threadCount: 1)))
    for parameter in generator.arena.parameters {
      let tensor = try #require(file.tensors[prefix + parameter.name])
      parameter.set(generator.arena.values, fromFileOrder: tensor.numbers)
    }
    let latents = try #require(file.tensors["warm-up.latents"]).numbers
    LatentGaussian(fittedTo: latents, size: settings.model.latentSize).fold(into: generator)
    return generator
  }

  @Test(
    "What is rendered from within it are sounds of vectors like the recordings'",
    arguments: [true, false])
  func rendering(usesAverage: Bool) throws {
    let folder = try bench.train("run", steps: 4, RunBench.options { $0.warmUpSteps = 10 })
    let generator = try foldedGenerator(
      of: "run", step: 4, prefix: usesAverage ? "average." : "generator.")

    var render = RenderSettings()
    render.usesAverage = usesAverage
    render.gain = .none
    render.fadeMilliseconds = 0
    var clips: [(latent: [Float], samples: [Float])] = []
    try Renderer(run: folder, settings: render).render(seed: 1, indices: 0..<16) { clip in
      clips.append((clip.latent, clip.clip.samples))
      return true
    }
    generator.forward(clips.flatMap(\.latent), usesBatchStatistics: false)
    #expect(generator.output.array == clips.flatMap(\.samples))
  }

  @Test("A run that begins from within another's warm-up has its generator for N(0, 1)")
  func origin() throws {
    let first = try bench.train("first", steps: 2, RunBench.options { $0.warmUpSteps = 10 })
    let second = try bench.begin("second", RunBench.options(), origin: first)
    try second.train(stoppingAfter: 0)
    let expected = try foldedGenerator(of: "first", step: 2, prefix: "generator.").arena
    let tensors = try SafetensorsFile(bench.checkpoint("second", step: 0)).tensors
    for parameter in expected.parameters {
      let numbers = try #require(tensors["generator." + parameter.name]).numbers
      #expect(numbers == parameter.fileOrder(of: expected.values), "\(parameter.name)")
    }
  }

  @Test("No run settles within it: its scores are of another training")
  func settling() throws {
    let folder = try bench.train(
      "run", steps: 2,
      RunBench.options {
        $0.warmUpSteps = 1_000
        $0.checkpointEvery = 1
      })
    // From the first step on it gets no better, by its log.
    let text = try String(contentsOf: URL(filePath: folder.metrics), encoding: .utf8)
    let perfect = text.replacing(/"log-mel-distance":[0-9.]+/, with: #""log-mel-distance":0"#)
    #expect(perfect != text)
    try Data(perfect.utf8).write(to: URL(filePath: folder.metrics))
    try bench.resume("run", steps: 3) {
      $0.checkpointEvery = 1
      $0.stopWhenSettled = 1
    }
    #expect(folder.checkpointSteps.last == 5)
  }

  @Test(
    "The best checkpoint is one from its end on, and one of copies only before that",
    arguments: [(2, 1), (4, 3)])
  func best(steps: Int, best: Int) throws {
    let folder = try bench.train(
      "run", steps: steps,
      RunBench.options {
        $0.warmUpSteps = 3
        $0.checkpointEvery = 1
      })
    // Of the checkpoints of steps 1, 2 ..., each is better than the next.
    let text = try String(contentsOf: URL(filePath: folder.metrics), encoding: .utf8)
    let lines = text.split(separator: "\n").enumerated().map { index, line in
      line.replacing(/"log-mel-distance":[0-9.]+/, with: "\"log-mel-distance\":\(index)") + "\n"
    }
    #expect(lines.count == steps)
    try Data(lines.joined().utf8).write(to: URL(filePath: folder.metrics))
    #expect(try folder.checkpoint(.best) == folder.checkpoint(step: best))
  }

  @Test("A run that fails within it is not told to lower rates that it does not use")
  func failing() throws {
    let change: (inout TrainingOptions) -> Void = {
      $0.warmUpSteps = 10
      $0.checkpointEvery = 1
    }
    try bench.train("run", steps: 2, RunBench.options(change))
    // Each product with such weights overflows 32 bits.
    try bench.changeCheckpoint("run", step: 2) { file in
      for name in file.tensors.keys where name.hasPrefix("generator.up.") {
        let count = file.tensors[name]?.numbers.count ?? 0
        file.tensors[name]?.numbers = [Float](repeating: 3e38, count: count)
      }
    }
    let error = #expect(throws: RunError.self) {
      try bench.resume("run", steps: 1) { $0.checkpointEvery = 1 }
    }
    #expect(error?.code == .diverged)
    #expect(
      error?.reason
        == "cannot go on: after step 2 training failed 4 times, the last time because its numbers "
        + "overflowed; start a new run with another --seed, or without --warm-up-steps")
  }

  @Test("Going back from after it to within it begins it again from there")
  func goingBack() throws {
    let options = RunBench.options {
      $0.warmUpSteps = 3
      $0.checkpointEvery = 2
    }
    try bench.train("whole", steps: 2, options)
    try bench.resume("whole", steps: 1) { $0.checkpointEvery = 2 }
    try bench.changeCheckpoint("whole", step: 3) { file in
      file.tensors["discriminator.output.weight"]?.numbers = [Float](repeating: 3e38, count: 256)
    }
    let events = try bench.resume("whole", steps: 2) { $0.checkpointEvery = 2 }
    let steps = events.compactMap { if case .wentBack(let step, _) = $0 { step } else { nil } }
    #expect(steps == [2])
    #expect(bench.folder("whole").checkpointSteps.last == 4)
    let file = try SafetensorsFile(bench.checkpoint("whole", step: 4))
    #expect(file.metadata["attempt"] == "1")
    #expect(file.metadata["generator-updates-made"] == "1")
  }
}
