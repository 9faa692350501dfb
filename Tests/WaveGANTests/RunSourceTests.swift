import AudioFiles
import Foundation
import NeuralNet
import Testing
import WaveGAN

@Suite("What a run was made from")
struct RunSourceTests {
  private let bench: RunBench

  init() throws { bench = try RunBench.withRun() }

  enum Change: CaseIterable, Sendable {
    case changed, missing, new, relabelled
  }

  @Test("Other recordings than those of the beginning are refused", arguments: Change.allCases)
  func changes(_ change: Change) throws {
    let manager = FileManager.default
    let recordings = bench.recordings.path
    switch change {
    case .changed: try bench.recordings.add("low/0.wav", seed: 99, seconds: 0.3)
    case .missing: try manager.removeItem(atPath: recordings + "/low/0.wav")
    case .new: try bench.recordings.add("low/9.wav", seed: 99, seconds: 0.3)
    case .relabelled:
      try manager.moveItem(atPath: recordings + "/low/0.wav", toPath: recordings + "/high/0.wav")
    }
    let before = try Data(contentsOf: URL(filePath: bench.folder("run").record))
    let error = #expect(throws: DatasetError.self) { try bench.resume("run", steps: 1) }
    #expect(error?.code == .changed)
    // The refusal changes nothing.
    #expect(try Data(contentsOf: URL(filePath: bench.folder("run").record)) == before)
  }

  @Test("The same recordings under other names of file compute the same")
  func renamed() throws {
    try bench.train("whole", steps: 3)
    let recordings = bench.recordings.path
    try FileManager.default.moveItem(
      atPath: recordings + "/low/0.wav", toPath: recordings + "/low/zero.wav")
    try bench.resume("run", steps: 1)
    let isSame = try bench.checkpoint("whole", step: 3) == bench.checkpoint("run", step: 3)
    #expect(isSame)
  }

  @Test("A run from another begins with its newest weights, and nothing else of it")
  func origin() throws {
    let run = try bench.begin(
      "second", RunBench.options { $0.loss = .hinge }, origin: bench.folder("run"))
    try run.train(stoppingAfter: 0)
    let old = try SafetensorsFile(bench.checkpoint("run", step: 2))
    let new = try SafetensorsFile(bench.checkpoint("second", step: 0))
    #expect(Set(old.tensors.keys) == Set(new.tensors.keys))
    for (name, entry) in new.tensors {
      if name.hasPrefix("optimizer.") {
        #expect(entry.numbers.allSatisfy { $0 == 0 }, "\(name)")
      } else if name.hasPrefix("average.") {
        // The average begins again from the generator.
        let weights = old.tensors["generator." + name.dropFirst("average.".count)]
        #expect(entry == weights, "\(name)")
      } else {
        #expect(entry == old.tensors[name], "\(name)")
      }
    }
    #expect(new.metadata["step"] == "0" && new.metadata["attempt"] == "0")
    #expect(new.metadata["generator-updates-made"] == "0")
    #expect(new.metadata["discriminator-updates-made"] == "0")
    #expect(
      run.record.origin == (try ContentDigest(ofFile: bench.folder("run").checkpoint(step: 2))))
    #expect(run.record.id != (try RunRecord(of: bench.folder("run")).id))
  }

  @Test("A run from another goes on after a stop without it")
  func originResumed() throws {
    try bench.begin("whole", origin: bench.folder("run")).train(stoppingAfter: 3)
    try bench.begin("stopped", origin: bench.folder("run")).train(stoppingAfter: 1)
    try FileManager.default.removeItem(atPath: bench.path("run"))
    try bench.resume("stopped", steps: 2)
    let isSame = try bench.checkpoint("whole", step: 3) == bench.checkpoint("stopped", step: 3)
    #expect(isSame)
    // Without its first checkpoint, the given weights are lost, and said to be.
    for step in bench.folder("stopped").checkpointSteps {
      try FileManager.default.removeItem(
        atPath: bench.folder("stopped").checkpoint(step: step))
    }
    #expect(try runErrorCode { try bench.resume("stopped", steps: 1) } == .unusable)
  }

  @Test(
    "Weights of other networks are refused before anything is made",
    arguments: [
      RunResumeTests.Variant("wider") { $0.dim = 3 },
      .init("other latents") { $0.latentSize = 5 },
      .init("latents drawn otherwise") { $0.latentDistribution = .uniform },
      .init("longer window") { $0.windowLength = 8_192 },
      .init("stereo") { $0.channelCount = 2 },
      .init("other filters") { $0.kernelLength = 24 },
      .init("other upsampling") { $0.upsampling = .nearest },
      .init("no constants") { $0.usesUpsamplingBias = false },
      .init("post-filter") { $0.postFilter = true },
      .init("batch normalisation") {
        $0.loss = .hinge
        $0.batchNormalization = true
      },
    ])
  func otherNetworks(_ variant: RunResumeTests.Variant) throws {
    let code = try runErrorCode {
      _ = try bench.begin(
        "second", RunBench.options(variant.change), origin: bench.folder("run"))
    }
    #expect(code == .unusable)
    #expect(!FileManager.default.fileExists(atPath: bench.path("second")))
  }

  @Test("What differs from the run that weights come from is named")
  func differingOptions() throws {
    let error = #expect(throws: RunError.self) {
      let options = RunBench.options {
        $0.dim = 3
        $0.latentDistribution = .uniform
      }
      _ = try bench.begin("second", options, origin: bench.folder("run"))
    }
    #expect(
      error?.reason.contains("(--dim, --latent-distribution); to ask for the same, add --config")
        == true)
  }

  @Test("A run among its recordings is none of them")
  func inside() throws {
    let folder = RunFolder(bench.recordings.path + "/my.run")
    let run = try TrainingRun(
      paths: [bench.recordings.path], options: RunBench.options { $0.previewEvery = 1 },
      folder: folder)
    try run.train(stoppingAfter: 1)
    #expect(FileManager.default.fileExists(atPath: folder.preview(step: 1) + "/00.wav"))
    // A second run finds the same recordings.
    #expect(try bench.begin("second").record.recordings == run.record.recordings)
  }

  @Test("A run among its recordings is resumed")
  func insideResumed() throws {
    let folder = RunFolder(bench.recordings.path + "/my.run")
    try TrainingRun(
      paths: [bench.recordings.path], options: RunBench.options { $0.previewEvery = 1 },
      folder: folder
    ).train(stoppingAfter: 1)
    try TrainingRun(resuming: folder).train(stoppingAfter: 1)
    #expect(folder.checkpointSteps == [0, 1, 2])
  }

  @Test("A run cannot come from what is no run")
  func noOrigin() throws {
    let code = try runErrorCode {
      _ = try bench.begin("second", origin: bench.folder("nowhere"))
    }
    #expect(code == .notFound)
    #expect(!FileManager.default.fileExists(atPath: bench.path("second")))
  }
}
