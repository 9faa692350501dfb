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

  @Test(
    "What is rendered from within it are sounds of vectors like the recordings'",
    arguments: [true, false])
  func rendering(usesAverage: Bool) throws {
    let folder = try bench.train("run", steps: 4, RunBench.options { $0.warmUpSteps = 10 })
    let settings = try RunRecord(of: folder).settings
    let file = try SafetensorsFile(bench.checkpoint("run", step: 4))
    let generator = Generator(
      geometry: NetworkGeometry(data: settings.data, model: settings.model), model: settings.model,
      batchSize: 16, workspace: Workspace(team: ThreadTeam(threadCount: 1)))
    for parameter in generator.arena.parameters {
      let name = (usesAverage ? "average." : "generator.") + parameter.name
      parameter.set(
        generator.arena.values, fromFileOrder: try #require(file.tensors[name]).numbers)
    }
    let latents = try #require(file.tensors["warm-up.latents"]).numbers
    let prior = LatentPrior(
      fittedTo: latents, size: settings.model.latentSize,
      bandwidth: settings.objective.priorBandwidth)
    #expect(settings.objective.priorBandwidth == 0.5)

    var render = RenderSettings()
    render.usesAverage = usesAverage
    render.spread = 0.5
    var clips: [(latent: [Float], samples: [Float])] = []
    try Renderer(run: folder, settings: render).render(seed: 1, indices: 0..<16) { clip in
      clips.append((clip.latent, clip.clip.samples))
      return true
    }
    for (index, clip) in clips.enumerated() {
      var stream = RandomStream(seed: 1, purpose: .rendering, index: index)
      let normal = (0..<settings.model.latentSize).map { _ in stream.nextNormal() }
      let noise = prior.noise(around: 0, normal, from: &stream).map { 0.5 * $0 }
      #expect(clip.latent == prior.latent(of: noise, shares: []))
    }
    generator.forward(clips.flatMap(\.latent), usesBatchStatistics: false)
    #expect(generator.output.array == clips.flatMap(\.samples))
  }

  /// The tensors of a checkpoint whose names begin so.
  private func tensors(
    _ run: String, step: Int, _ prefix: String
  ) throws -> [String: SafetensorsFile.Entry] {
    try SafetensorsFile(bench.checkpoint(run, step: step)).tensors
      .filter { $0.key.hasPrefix(prefix) }
  }

  @Test("At its end the prior is that of the vectors, and both stay as they are")
  func prior() throws {
    try bench.train(
      "run", steps: 5,
      RunBench.options {
        $0.warmUpSteps = 3
        $0.checkpointEvery = 1
      })
    let latents = try #require(tensors("run", step: 3, "warm-up.")["warm-up.latents"])
    let expected = LatentPrior(fittedTo: latents.numbers, size: 4)
    for step in 3...5 {
      #expect(try tensors("run", step: step, "warm-up.")["warm-up.latents"] == latents)
      let prior = try tensors("run", step: step, "prior.")
      #expect(prior.count == 2)
      for parameter in expected.arena.parameters {
        #expect(
          prior["prior." + parameter.name]?.numbers
            == parameter.fileOrder(of: expected.arena.values))
      }
    }
    #expect(try tensors("run", step: 2, "prior.").isEmpty)
  }

  @Test(
    "A run that begins from another's weights has its prior, from within its warm-up or after it")
  func origin() throws {
    for (name, steps) in [("within", 2), ("after", 3)] {
      let first = try bench.train(
        name, steps: steps,
        RunBench.options {
          $0.warmUpSteps = 3
          $0.priorBandwidth = 1
          $0.averageDecay = 0
        })
      try bench.begin(
        "from-" + name, RunBench.options { $0.averageDecay = 0 }, origin: first
      ).train(stoppingAfter: 1)
      var clips: [[Float]] = []
      for run in [first, RunFolder(bench.path("from-" + name))] {
        try Renderer(run: run, checkpoint: .step(run == first ? steps : 0))
          .render(seed: 0, indices: 0..<1) {
            clips.append($0.clip.samples)
            return true
          }
      }
      #expect(clips[0] == clips[1])
      #expect(
        try tensors("from-" + name, step: 0, "prior.")
          == tensors("from-" + name, step: 1, "prior."))
      // Goes on from where it was, too.
      try bench.resume("from-" + name, steps: 1)
    }
  }

  @Test("A run from before there was a prior still renders and goes on")
  func withoutPrior() throws {
    let run = try bench.train("run", steps: 3, RunBench.options { $0.warmUpSteps = 2 })
    try bench.changeCheckpoint("run", step: 3) { file in
      for name in file.tensors.keys where name.hasPrefix("prior.") || name.hasPrefix("warm-up.") {
        file.tensors[name] = nil
      }
    }
    var latents: [[Float]] = []
    try Renderer(run: run).render(seed: 1, indices: 0..<1) {
      latents.append($0.latent)
      return true
    }
    var stream = RandomStream(seed: 1, purpose: .rendering)
    #expect(latents == [(0..<4).map { _ in stream.nextNormal() }])
    try bench.resume("run", steps: 1)
    #expect(try tensors("run", step: 4, "prior.").isEmpty)
  }

  @Test("Vectors of recordings that are not copied stand still")
  func standing() throws {
    // Four recordings for training, two in a step, labels in turn.
    try bench.train(
      "run", steps: 4,
      RunBench.options {
        $0.warmUpSteps = 10
        $0.checkpointEvery = 1
      })
    let vectors = try (0...4).map { step in
      let numbers = try #require(tensors("run", step: step, "warm-up.")["warm-up.latents"]).numbers
      return (0..<4).map { Array(numbers[$0 * 4..<($0 + 1) * 4]) }
    }
    for (before, after) in zip(vectors, vectors.dropFirst()) {
      #expect(zip(before, after).count { $0 != $1 } == 2)
    }
    let updates = try #require(
      tensors("run", step: 4, "optimizer.warm-up.")["optimizer.warm-up.updates"])
    #expect(updates.numbers == [2, 2, 2, 2])
  }

  @Test("With copies beside the contest, the generator stays nearer to the recordings")
  func copies() throws {
    func reports(_ name: String, _ weight: Double) throws -> [GeneratorReport] {
      let run = try bench.begin(
        name,
        RunBench.options {
          $0.warmUpSteps = 40
          $0.dim = 4
          $0.batchSize = 4
          $0.reconstruction = weight
        })
      return try self.reports(run, steps: 60).compactMap(\.generator)
    }
    let none = try reports("none", 0)
    #expect(none.allSatisfy { $0.reconstructionLoss == nil })
    func last(_ reports: [GeneratorReport]) -> Double {
      reports.suffix(5).reduce(0) { $0 + ($1.reconstructionLoss ?? 0) }
    }
    // Almost nothing, and so much that it outweighs the discriminator.
    #expect(try last(reports("much", 100)) < last(reports("little", 1e-9)))
  }

  @Test("Noise changes what is learned; a pull brings the vectors' deviation nearer to 1")
  func regularisation() throws {
    func deviation(_ name: String, _ change: (inout TrainingOptions) -> Void) throws -> Float {
      try bench.train(
        name, steps: 30,
        RunBench.options {
          $0.warmUpSteps = 1_000
          change(&$0)
        })
      let numbers = try #require(tensors(name, step: 30, "warm-up.")["warm-up.latents"]).numbers
      let squares = (0..<4).map { z in
        let column = (0..<4).map { numbers[4 * $0 + z] }
        let mean = column.reduce(0, +) / 4
        return column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
      }
      return (squares.reduce(0, +) / 4).squareRoot()
    }
    let plain = try deviation("plain") { _ in }
    let noisy = try deviation("noisy") { $0.warmUpNoise = 0.5 }
    let pulled = try deviation("pulled") { $0.warmUpPull = 1 }
    #expect(plain != noisy)
    #expect(abs(pulled - 1) < abs(plain - 1))
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
    let perfect = text.replacing(/"frechet-distance":[0-9.]+/, with: #""frechet-distance":0"#)
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
      line.replacing(/"frechet-distance":[0-9.]+/, with: "\"frechet-distance\":\(index)") + "\n"
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
