import Foundation
import NeuralNet
import TestSupport
import Testing
import WaveGAN

@Suite("Checkpoints")
struct CheckpointTests {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  @Test("Tensors have PyTorch's names and shapes")
  func names() throws {
    try bench.train(
      "run", steps: 0,
      RunBench.options {
        $0.loss = .hinge
        $0.batchNormalization = true
        $0.postFilter = true
      })
    let file = try SafetensorsFile(bench.checkpoint("run", step: 0))
    // d = 2, Z = 4, K = 25, 4,096 samples: four layers of stride 4, from 8·d = 16 channels.
    let generatorWeights: [String: [Int]] = [
      "project.weight": [256, 4], "project.bias": [256],
      "up.0.weight": [16, 8, 25], "up.0.bias": [8], "up.1.weight": [8, 4, 25], "up.1.bias": [4],
      "up.2.weight": [4, 2, 25], "up.2.bias": [2], "up.3.weight": [2, 1, 25], "up.3.bias": [1],
      "norm.0.weight": [16], "norm.0.bias": [16], "norm.1.weight": [8], "norm.1.bias": [8],
      "norm.2.weight": [4], "norm.2.bias": [4], "norm.3.weight": [2], "norm.3.bias": [2],
      "post.weight": [1, 1, 512],
    ]
    let generatorStatistics: [String: [Int]] = [
      "norm.0.running_mean": [16], "norm.0.running_var": [16], "norm.1.running_mean": [8],
      "norm.1.running_var": [8], "norm.2.running_mean": [4], "norm.2.running_var": [4],
      "norm.3.running_mean": [2], "norm.3.running_var": [2],
    ]
    let discriminatorWeights: [String: [Int]] = [
      "down.0.weight": [2, 1, 25], "down.0.bias": [2], "down.1.weight": [4, 2, 25],
      "down.1.bias": [4], "down.2.weight": [8, 4, 25], "down.2.bias": [8],
      "down.3.weight": [16, 8, 25], "down.3.bias": [16], "output.weight": [1, 256],
      "output.bias": [1], "norm.1.weight": [4], "norm.1.bias": [4], "norm.2.weight": [8],
      "norm.2.bias": [8], "norm.3.weight": [16], "norm.3.bias": [16],
    ]
    let discriminatorStatistics: [String: [Int]] = [
      "norm.1.running_mean": [4], "norm.1.running_var": [4], "norm.2.running_mean": [8],
      "norm.2.running_var": [8], "norm.3.running_mean": [16], "norm.3.running_var": [16],
    ]
    var expected: [String: [Int]] = [:]
    for (prefix, shapes) in [
      ("generator.", generatorWeights), ("generator.", generatorStatistics),
      ("average.", generatorWeights), ("average.", generatorStatistics),
      ("discriminator.", discriminatorWeights), ("discriminator.", discriminatorStatistics),
      ("optimizer.generator.first.", generatorWeights),
      ("optimizer.generator.second.", generatorWeights),
      ("optimizer.discriminator.first.", discriminatorWeights),
      ("optimizer.discriminator.second.", discriminatorWeights),
    ] {
      for (name, shape) in shapes { expected[prefix + name] = shape }
    }
    #expect(file.tensors.mapValues(\.shape) == expected)
  }

  @Test(
    "With a warm-up, the recordings' vectors are there too; in it their moments, after it a prior")
  func warmUpNames() throws {
    try bench.train(
      "run", steps: 3,
      RunBench.options {
        $0.warmUpSteps = 2
        $0.checkpointEvery = 1
      })
    let names = try (0...3).map { step in
      let file = try SafetensorsFile(bench.checkpoint("run", step: step))
      return file.tensors.filter { $0.key.contains("warm-up") || $0.key.hasPrefix("prior.") }
        .mapValues(\.shape)
    }
    // Four of six recordings are for training; Z = 4.
    let own = [
      "warm-up.latents", "optimizer.warm-up.first.latents", "optimizer.warm-up.second.latents",
    ]
    var within = Dictionary(uniqueKeysWithValues: own.map { ($0, [4, 4]) })
    within["optimizer.warm-up.updates"] = [4]
    let after = ["warm-up.latents": [4, 4], "prior.mean": [1, 4], "prior.factor": [1, 4, 4]]
    #expect(names == [within, within, after, after])
    let end = try SafetensorsFile(bench.checkpoint("run", step: 2))
    #expect(end.metadata["generator-updates-made"] == "0")
    let moments = end.tensors.filter { $0.key.hasPrefix("optimizer.generator.") }
    #expect(moments.values.allSatisfy { $0.numbers.allSatisfy { $0 == 0 } })
    for (name, tensor) in end.tensors where name.hasPrefix("average.") {
      #expect(tensor == end.tensors["generator." + name.dropFirst(8)])
    }
  }

  @Test("Metadata say what was computed, and nothing of clock, threads, paths or length")
  func metadata() throws {
    try bench.train("run", steps: 2, RunBench.options { $0.criticUpdates = 3 })
    let metadata = try SafetensorsFile(bench.checkpoint("run", step: 2)).metadata
    #expect(
      metadata.keys.sorted() == [
        "attempt", "discriminator-updates-made", "format", "generator-updates-made", "settings",
        "step",
      ])
    #expect(metadata["step"] == "2" && metadata["attempt"] == "0")
    #expect(metadata["generator-updates-made"] == "2")
    #expect(metadata["discriminator-updates-made"] == "6")
    let settings = try JSONDecoder().decode(
      TrainingSettings.self, from: Data(#require(metadata["settings"]).utf8))
    #expect(settings == (try RunRecord(of: bench.folder("run")).settings))
    // The same steps elsewhere, later, on more threads, towards another length.
    try bench.train(
      "other", steps: 2,
      RunBench.options {
        $0.criticUpdates = 3
        $0.threads = 3
        $0.steps = nil
        $0.minutes = 5
      })
    let isSame = try bench.checkpoint("run", step: 2) == bench.checkpoint("other", step: 2)
    #expect(isSame)
  }

  private func lines(_ folder: RunFolder) throws -> [MetricsLine] {
    try String(contentsOf: URL(filePath: folder.metrics), encoding: .utf8)
      .split(separator: "\n").map {
        try JSONDecoder().decode(MetricsLine.self, from: Data($0.utf8))
      }
  }

  /// Rewrites a run's log so that one of its steps has the smallest distance there can be.
  private func makeBest(_ best: Int, of folder: RunFolder) throws {
    let text = try lines(folder).map { line in
      var line = line
      // Others are better by the score of older versions.
      if line.step == best { line.frechetDistance = 0 } else { line.logMelDistance = 0 }
      return String(decoding: try JSONEncoder().encode(line), as: UTF8.self) + "\n"
    }
    try Data(text.joined().utf8).write(to: URL(filePath: folder.metrics))
  }

  @Test("The newest N checkpoints are kept, and the best, which may be older")
  func pruning() throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    try makeBest(1, of: folder)
    try bench.resume("run", steps: 4) {
      $0.checkpointEvery = 1
      $0.keep = 2
    }
    #expect(folder.checkpointSteps == [1, 5, 6])
    #expect(try folder.checkpoint(.best) == folder.checkpoint(step: 1))
    #expect(try folder.checkpoint(.latest) == folder.checkpoint(step: 6))
    #expect(try folder.checkpoint(.step(5)) == folder.checkpoint(step: 5))
    #expect(try runErrorCode { _ = try folder.checkpoint(.step(4)) } == .notFound)
  }

  @Test("In runs that were never judged, the best has the smallest log-mel distance")
  func oldRuns() throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    for best in [1, 2] {
      let text = try lines(folder).map { line in
        var line = line
        line.frechetDistance = nil
        line.logMelDistance = line.step == best ? 1 : 2
        return String(decoding: try JSONEncoder().encode(line), as: UTF8.self) + "\n"
      }
      try Data(text.joined().utf8).write(to: URL(filePath: folder.metrics))
      #expect(try folder.checkpoint(.best) == folder.checkpoint(step: best))
    }
  }

  @Test("The best checkpoint can be the last, where a report of the step came first")
  func bestAtTheEnd() throws {
    // Step 10 has its report before it is known that the run ends there.
    let folder = try bench.train("run", steps: 10, RunBench.options { $0.checkpointEvery = 6 })
    #expect(try lines(folder).map(\.step) == [6, 10])
    try makeBest(10, of: folder)
    #expect(try folder.checkpoint(.best) == folder.checkpoint(step: 10))
  }

  /// A way in which a checkpoint can be wrong.
  struct Damage: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var change: @Sendable (Data) throws -> Data

    init(_ name: String, _ change: @escaping @Sendable (Data) throws -> Data) {
      testDescription = name
      self.change = change
    }

    /// A well-made file that says something wrong.
    static func lie(
      _ name: String, _ change: @escaping @Sendable (inout SafetensorsFile) -> Void
    ) -> Damage {
      Damage(name) { bytes in
        var file = try SafetensorsFile(bytes)
        change(&file)
        return try file.encoded()
      }
    }
  }

  static let damages: [Damage] = [
    Damage("empty") { _ in Data() },
    Damage("garbage") { _ in Data((0..<5_000).map { UInt8(truncatingIfNeeded: $0 * 37) }) },
    Damage("one byte short") { $0.dropLast() },
    Damage("half") { $0.prefix($0.count / 2) },
    Damage("one byte long") { $0 + [0] },
    .lie("another format") { $0.metadata["format"] = "wavegan-checkpoint-2" },
    .lie("no metadata") { $0.metadata = [:] },
    .lie("negative step") { $0.metadata["step"] = "-1" },
    .lie("another step than its name") { $0.metadata["step"] = "1" },
    .lie("endless step") { $0.metadata["step"] = String(Int.max) },
    .lie("endless attempt") { $0.metadata["attempt"] = String(Int.max) },
    .lie("endless updates") { $0.metadata["generator-updates-made"] = String(Int.max) },
    .lie("negative updates") { $0.metadata["discriminator-updates-made"] = "-7" },
    .lie("no updates") { $0.metadata["generator-updates-made"] = nil },
    .lie("damaged settings") { $0.metadata["settings"] = "{}" },
    .lie("settings of another run") { file in
      file.metadata["settings"] = file.metadata["settings"]?
        .replacing("\"latent\":4", with: "\"latent\":5")
    },
    .lie("a missing tensor") { $0.tensors["discriminator.output.bias"] = nil },
    .lie("a missing moment") { $0.tensors["optimizer.generator.first.up.0.bias"] = nil },
    .lie("a tensor of another shape") {
      $0.tensors["generator.up.3.bias"] = .init(shape: [2], numbers: [0, 0])
    },
    .lie("a weight that is no number") {
      $0.tensors["generator.up.3.bias"] = .init(shape: [1], numbers: [.nan])
    },
    .lie("an endless moment") {
      $0.tensors["optimizer.generator.first.up.3.bias"] = .init(shape: [1], numbers: [.infinity])
    },
  ]

  @Test("A damaged checkpoint is refused, and what it was stays", arguments: damages)
  func damaged(_ damage: Damage) throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    let bytes = try damage.change(bench.checkpoint("run", step: 2))
    try bytes.write(to: URL(filePath: folder.checkpoint(step: 2)))
    #expect(try runErrorCode { try bench.resume("run", steps: 1) } == .unusable)
    #expect(folder.checkpointSteps == [0, 1, 2])
    let isSame = try bench.checkpoint("run", step: 2) == bytes
    #expect(isSame)
  }

  /// Networks with tensors of several blocks: 128 · 64 · 25 numbers are the most in one.
  private func wideNetworks(seed: UInt64) throws -> Adversaries {
    let run = try bench.begin(
      "seed \(seed)",
      RunBench.options {
        $0.dim = 16
        $0.seed = seed
      })
    return Adversaries(settings: run.record.settings, team: ThreadTeam(threadCount: 1))
  }

  /// All numbers that a checkpoint changes, but for the average.
  private func numbers(of networks: Adversaries) -> [[Float]] {
    let optimizers = [networks.generatorOptimizer, networks.discriminatorOptimizer]
    return [networks.generator.arena.values.array, networks.discriminator.arena.values.array]
      + optimizers.flatMap { [$0.firstMoments.array, $0.secondMoments.array] }
  }

  @Test("Tensors of any size are written in PyTorch's order and put back where they were")
  func blocks() throws {
    let path = bench.path("state.safetensors")
    let (first, second) = try (wideNetworks(seed: 1), wideNetworks(seed: 2))
    try Checkpoint.write(first, step: 0, attempt: 0, to: path)
    let file = try SafetensorsFile(Data(contentsOf: URL(filePath: path)))
    for (prefix, arena) in [
      ("generator.", first.generator.arena), ("discriminator.", first.discriminator.arena),
    ] {
      for parameter in arena.parameters {
        let isSame =
          file.tensors[prefix + parameter.name]?.numbers == parameter.fileOrder(of: arena.values)
        #expect(isSame, "\(parameter.name)")
      }
    }
    // Its bytes are those of a file that was in memory as a whole.
    let isSame = try file.encoded() == Data(contentsOf: URL(filePath: path))
    #expect(isSame)
    #expect(numbers(of: second) != numbers(of: first))
    try Checkpoint(path: path).restore(second, path: path)
    #expect(numbers(of: second) == numbers(of: first))
  }

  @Test(
    "A checkpoint that is refused changes nothing, however late its fault is found",
    arguments: [Float.nan, .infinity, nil])
  func refused(number: Float?) throws {
    let path = bench.path("state.safetensors")
    let (first, second) = try (wideNetworks(seed: 1), wideNetworks(seed: 2))
    try Checkpoint.write(first, step: 0, attempt: 0, to: path)
    var file = try SafetensorsFile(Data(contentsOf: URL(filePath: path)))
    // The last number of the last tensor.
    file.tensors["optimizer.discriminator.second.output.bias"] = number.map {
      .init(shape: [1], numbers: [$0])
    }
    try file.encoded().write(to: URL(filePath: path))
    let before = numbers(of: second)
    let checkpoint = try Checkpoint(path: path)
    #expect(try runErrorCode { try checkpoint.restore(second, path: path) } == .unusable)
    #expect(numbers(of: second) == before)
  }

  @Test("What is not there, and a folder, are no checkpoints")
  func noFile() throws {
    let folder = try bench.train("run", steps: 0)
    #expect(try runErrorCode { _ = try Checkpoint(path: folder.checkpoint(step: 1)) } == .notFound)
    #expect(throws: RunError.self) { try Checkpoint(path: folder.path) }
  }

  @Test("A render does not read what it does not need")
  func unneeded() throws {
    let bench = try RunBench.withRun()
    try bench.changeCheckpoint("run", step: 2) { file in
      for name in file.tensors.keys where !name.hasPrefix("average.") {
        file.tensors[name] = .init(shape: [1], numbers: [.nan])
      }
    }
    #expect(try Renderer(run: bench.folder("run")).step == 2)
  }

  @Test("Nothing is rendered from weights that are no numbers")
  func rendered() throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    var file = try SafetensorsFile(bench.checkpoint("run", step: 2))
    file.tensors["average.up.3.bias"] = .init(shape: [1], numbers: [.nan])
    try file.encoded().write(to: URL(filePath: folder.checkpoint(step: 2)))
    #expect(try runErrorCode { _ = try Renderer(run: folder) } == .unusable)
  }

  @Test("A message about a damaged checkpoint stays on one line, whatever its tensors are called")
  func hostileNames() throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    let header = #"{"a\u001b[2J\nb":{"dtype":"F16","shape":[0],"data_offsets":[0,0]}}"#
    let bytes = Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0]) + Data(header.utf8)
    try bytes.write(to: URL(filePath: folder.checkpoint(step: 2)))
    let error = #expect(throws: RunError.self) { try Renderer(run: folder) }
    let description = try #require(error?.description)
    #expect(!description.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test("Previews are what the average of the checkpoint makes of the previews' latents")
  func previews() throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    let settings = try RunRecord(of: folder).settings
    let file = try SafetensorsFile(bench.checkpoint("run", step: 2))
    let generator = Generator(
      geometry: NetworkGeometry(data: settings.data, model: settings.model), model: settings.model,
      batchSize: 16, workspace: Workspace(team: ThreadTeam(threadCount: 2)))
    for parameter in generator.arena.parameters {
      let entry = try #require(file.tensors["average." + parameter.name])
      parameter.set(generator.arena.values, fromFileOrder: entry.numbers)
    }
    let latents = (0..<16).flatMap { index in
      var stream = RandomStream(seed: settings.seed, purpose: .preview, index: index)
      return (0..<4).map { _ in stream.nextNormal() }
    }
    generator.forward(latents, usesBatchStatistics: false)
    for index in 0..<16 {
      let samples = Array(generator.output.values[index * 4_096..<(index + 1) * 4_096])
      let path = folder.preview(step: 2) + "/\(index < 10 ? "0" : "")\(index).wav"
      #expect(try SoundBytes.pcm16(samples) == Data(contentsOf: URL(filePath: path)))
    }
  }
}
