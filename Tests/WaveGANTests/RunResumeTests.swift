import Foundation
import Testing
import WaveGAN

@Suite("A resumed run is, bit for bit, the run that never stopped")
struct RunResumeTests {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  /// A kind of training.
  struct Variant: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var change: @Sendable (inout TrainingOptions) -> Void

    init(_ name: String, _ change: @escaping @Sendable (inout TrainingOptions) -> Void) {
      testDescription = name
      self.change = change
    }
  }

  static let variants = [
    Variant("wgan-gp") { $0.loss = .wganGP },
    Variant("dcgan") { $0.loss = .dcgan },
    Variant("lsgan") { $0.loss = .lsgan },
    Variant("wgan") { $0.loss = .wgan },
    Variant("hinge") { $0.loss = .hinge },
    Variant("relativistic, two generator updates") {
      $0.loss = .relativistic
      $0.generatorUpdates = 2
    },
    Variant("discriminators of spectra, penalties now and then") {
      $0.loss = .relativistic
      $0.discriminators = .stft
      $0.penaltyEvery = 2
    },
    Variant("all discriminators, batch normalisation") {
      $0.loss = .dcgan
      $0.discriminators = .both
      $0.batchNormalization = true
    },
    Variant("changed clips and dither, two generator updates") {
      $0.loss = .relativistic
      $0.augmentation = 0.6
      $0.ditherDecibels = -70
      $0.generatorUpdates = 2
    },
    Variant("stopped in a warm-up") { $0.warmUpSteps = 5 },
    Variant("stopped at the end of a warm-up") { $0.warmUpSteps = 3 },
    Variant("stopped after a warm-up, with another optimiser then") {
      $0.warmUpSteps = 2
      $0.loss = .lsgan
      $0.rateDecaySteps = 2
    },
    Variant("nothing but warm-up, batch normalisation, two channels, no average") {
      $0.warmUpSteps = 100
      $0.loss = .dcgan
      $0.batchNormalization = true
      $0.channelCount = 2
      $0.averageDecay = 0
    },
    Variant("labels") {
      $0.isConditional = true
      $0.loss = .relativistic
    },
    Variant("labels, stopped in a warm-up with noise and a pull") {
      $0.isConditional = true
      $0.warmUpSteps = 5
      $0.warmUpNoise = 0.3
      $0.warmUpPull = 0.1
    },
    Variant("labels, stopped at the end of a warm-up") {
      $0.isConditional = true
      $0.warmUpSteps = 3
    },
    Variant("labels, stopped after a warm-up, with copies beside") {
      $0.isConditional = true
      $0.warmUpSteps = 2
      $0.reconstruction = 1
    },
    Variant("inverse STFT") { $0.generator = .istft },
    Variant("inverse STFT, a warm-up, two channels") {
      $0.generator = .istft
      $0.warmUpSteps = 2
      $0.channelCount = 2
    },
    Variant("preset paper") {
      $0.preset = .paper
      $0.criticUpdates = 2
    },
    Variant("desktop's upsampling, rates that fall") {
      $0.upsampling = .nearest
      $0.usesUpsamplingBias = false
      $0.rateDecaySteps = 2
    },
    Variant("batch normalisation, no average") {
      $0.loss = .hinge
      $0.batchNormalization = true
      $0.averageDecay = 0
    },
    Variant("nearest, post-filter, two channels, two generator updates") {
      $0.upsampling = .nearest
      $0.postFilter = true
      $0.channelCount = 2
      $0.generatorUpdates = 2
    },
  ]

  @Test("6 steps are 3, and 3 after a resume on two threads", arguments: variants)
  func halves(_ variant: Variant) throws {
    let options = RunBench.options(variant.change)
    try bench.train("whole", steps: 6, options)
    try bench.train("halves", steps: 3, options)
    try bench.resume("halves", steps: 3) {
      $0.threads = 2
      // Divides neither half.
      $0.checkpointEvery = 4
    }
    #expect(bench.folder("halves").checkpointSteps == [0, 3, 4, 6])
    let isSame = try bench.checkpoint("whole", step: 6) == bench.checkpoint("halves", step: 6)
    #expect(isSame)
  }

  @Test("A run that is stopped after any of its steps saves and goes on")
  func interruptions() throws {
    try bench.train("whole", steps: 4)
    try bench.train("stopped", steps: 0)
    #expect(bench.folder("stopped").checkpointSteps == [0])
    for step in 1...4 {
      let events = try bench.resume("stopped", steps: 1)
      #expect(bench.folder("stopped").checkpointSteps.last == step)
      let saved = events.contains {
        if case .savedCheckpoint(step, _) = $0 { true } else { false }
      }
      #expect(saved)
    }
    let isSame = try bench.checkpoint("whole", step: 4) == bench.checkpoint("stopped", step: 4)
    #expect(isSame)
  }

  @Test("The outcome says how training ended")
  func outcomes() throws {
    let run = try bench.begin("run", RunBench.options { $0.steps = 3 })
    var made = 0
    let stopped = try run.train(
      shouldStop: { made == 2 }, onEvent: { if case .step = $0 { made += 1 } })
    #expect(stopped == .interrupted(step: 2))
    #expect(try run.train() == .finished(step: 3))
    #expect(try run.train() == .finished(step: 3))
  }

  @Test("A run settles at the same step, however often it was stopped before")
  func settling() throws {
    let options = RunBench.options {
      $0.checkpointEvery = 2
      $0.stopWhenSettled = 1
      $0.steps = 100
      // So fast that some checkpoint is worse than the one before.
      $0.generatorRate = 1e-2
    }
    let whole = try bench.begin("whole", options).train()
    guard case .settled = whole else {
      Issue.record("it did not settle but \(whole)")
      return
    }
    var run: TrainingRun? = try bench.begin("stopped", options)
    while true {
      var made = 0
      let outcome = try run?.train(
        shouldStop: { made >= 3 }, onEvent: { if case .step = $0 { made += 1 } })
      run = nil
      if case .interrupted = outcome {
        run = try TrainingRun(resuming: bench.folder("stopped"))
      } else {
        #expect(outcome == whole)
        break
      }
    }
  }

  @Test("A run that was killed goes on from its newest checkpoint", arguments: [[0, 1], [0], []])
  func kills(leaving steps: [Int]) throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    let whole = try bench.checkpoint("run", step: 2)
    for step in folder.checkpointSteps where !steps.contains(step) {
      try FileManager.default.removeItem(atPath: folder.checkpoint(step: step))
    }
    // Before the first checkpoint there are no metrics either.
    if steps.isEmpty { try FileManager.default.removeItem(atPath: folder.metrics) }
    try bench.resume("run", steps: 2 - (steps.last ?? 0))
    let isSame = try bench.checkpoint("run", step: 2) == whole
    #expect(isSame)
  }

  @Test("A run that has lost its checkpoints is refused, and its metrics stay")
  func lostCheckpoints() throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    let metrics = try Data(contentsOf: URL(filePath: folder.metrics))
    for step in folder.checkpointSteps {
      try FileManager.default.removeItem(atPath: folder.checkpoint(step: step))
    }
    #expect(try runErrorCode { try bench.resume("run", steps: 1) } == .unusable)
    let isSame = try Data(contentsOf: URL(filePath: folder.metrics)) == metrics
    #expect(isSame)
  }

  @Test("A file that was half written when a run was killed is never taken for a checkpoint")
  func partialFiles() throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    try Data("half".utf8).write(to: URL(filePath: folder.checkpoints + "/.partial-1x2y"))
    try Data("else".utf8).write(to: URL(filePath: folder.checkpoints + "/step-9.safetensors"))
    #expect(folder.checkpointSteps == [0, 1, 2])
    try bench.resume("run", steps: 1) { $0.checkpointEvery = 100 }
    #expect(folder.checkpointSteps == [0, 1, 2, 3])
  }

  @Test("A longer run is asked for by steps alone; its record then says so")
  func newLength() throws {
    let bench = try RunBench.withRun()
    let before = try RunRecord(of: bench.folder("run"))
    try bench.resume("run", steps: 0) {
      $0.steps = 4
      $0.checkpointEvery = 4
    }
    let after = try RunRecord(of: bench.folder("run"))
    #expect(after.control.steps == 4 && after.control.checkpointEvery == 4)
    #expect(after.id == before.id && after.settings == before.settings)
  }

  @Test("Fewer steps than were made are refused, and the record stays")
  func fewerSteps() throws {
    let bench = try RunBench.withRun()
    let before = try RunRecord(of: bench.folder("run"))
    let error = #expect(throws: SettingsError.self) {
      try bench.resume("run", steps: 0) { $0.steps = 1 }
    }
    #expect(error?.code == .outOfRange)
    #expect(try RunRecord(of: bench.folder("run")) == before)
  }
}
