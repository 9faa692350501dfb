import AudioFiles
import Foundation
import NeuralNet
import Testing
import WaveGAN

@Suite("A training whose numbers overflow")
struct RunDivergenceTests {
  private let bench: RunBench

  init() throws { bench = try RunBench.withRun() }

  private func wentBack(_ events: [TrainingEvent]) -> [Int] {
    events.compactMap { if case .wentBack(let step, _) = $0 { step } else { nil } }
  }

  @Test("It goes back three times, then gives up, and leaves its checkpoints as they were")
  func givingUp() throws {
    let folder = bench.folder("run")
    let good = try bench.checkpoint("run", step: 2)
    // Each product with a weight of this size overflows 32 bits.
    try bench.changeCheckpoint("run", step: 2) { file in
      file.tensors["discriminator.output.weight"]?.numbers = [Float](repeating: 3e38, count: 256)
    }
    let bad = try bench.checkpoint("run", step: 2)
    var options = TrainingOptions()
    options.steps = 6
    options.threads = 1
    var events: [TrainingEvent] = []
    let code = try runErrorCode {
      try TrainingRun(resuming: folder, options: options).train(onEvent: { events.append($0) })
    }
    #expect(code == .diverged)
    #expect(wentBack(events) == [2, 2, 2])
    #expect(events.count == 3)
    #expect(folder.checkpointSteps == [0, 1, 2])
    var isSame = try bench.checkpoint("run", step: 2) == bad
    #expect(isSame)

    // The generator is sound, so the run can still be heard; and with its old checkpoint it goes on
    // as if nothing had been.
    try Renderer(run: folder).render(seed: 1, indices: 0..<1) { clip in
      #expect(clip.clip.samples.allSatisfy { $0.isFinite })
      return true
    }
    try good.write(to: URL(filePath: folder.checkpoint(step: 2)))
    try bench.resume("run", steps: 1)
    try bench.train("whole", steps: 3)
    isSame = try bench.checkpoint("run", step: 3) == bench.checkpoint("whole", step: 3)
    #expect(isSame)
  }

  @Test(
    "No checkpoint is made of moments that overflowed, at the end of a run or when it is stopped")
  func overflownMoments() throws {
    let folder = bench.folder("run")
    // Losses and gradients stay within 32 bits, but not the squares of the gradients: Adam would
    // never move these weights again, and no loss would tell.
    try bench.changeCheckpoint("run", step: 2) { file in
      file.tensors["discriminator.output.weight"]?.numbers = [Float](repeating: 1e12, count: 256)
    }
    let events = try bench.resume("run", steps: 1) { $0.checkpointEvery = 2 }
    #expect(wentBack(events) == [2])
    #expect(events.contains { if case .step = $0 { true } else { false } })
    #expect(folder.checkpointSteps == [0, 1, 2])
    #expect(try runErrorCode { try bench.resume("run", steps: 100) { $0.steps = 3 } } == .diverged)
    #expect(folder.checkpointSteps == [0, 1, 2])
  }

  /// Weights whose products overflow 32 bits.
  private func spoil(step: Int, attempt: Int? = nil) throws {
    try bench.changeCheckpoint("run", step: step) { file in
      file.tensors["discriminator.output.weight"]?.numbers = [Float](repeating: 3e38, count: 256)
      if let attempt { file.metadata["attempt"] = "\(attempt)" }
    }
  }

  @Test("It goes back past what a stop saved, as if it had never stopped, and forgets that")
  func stopped() throws {
    let folder = bench.folder("run")
    try bench.resume("run", steps: 1) { $0.checkpointEvery = 2 }
    #expect(folder.checkpointSteps == [0, 1, 2, 3])
    try spoil(step: 3)
    #expect(try wentBack(bench.resume("run", steps: 1)) == [2])
    let again = try SafetensorsFile(bench.checkpoint("run", step: 3))
    #expect(again.metadata["attempt"] == "1")
    #expect(folder.checkpointSteps == [0, 1, 2, 3])
  }

  @Test("What it goes back to is kept, whatever a stop saves after it")
  func kept() throws {
    let folder = bench.folder("run")
    // Without scores, the newest checkpoint is the best.
    try FileManager.default.removeItem(atPath: folder.metrics)
    try bench.resume("run", steps: 1) {
      $0.checkpointEvery = 2
      $0.keep = 1
    }
    #expect(folder.checkpointSteps == [2, 3])
  }

  @Test("Each checkpoint has its own three retries, however often the run went back before")
  func retries() throws {
    try spoil(step: 2, attempt: 7)
    var options = TrainingOptions()
    options.steps = 6
    options.threads = 1
    var events: [TrainingEvent] = []
    let run = try TrainingRun(resuming: bench.folder("run"), options: options)
    #expect(try runErrorCode { try run.train(onEvent: { events.append($0) }) } == .diverged)
    #expect(wentBack(events) == [2, 2, 2])
  }

  @Test("Sounds that are not numbers make it go back as losses do")
  func soundsNotFinite() throws {
    // Products of these weights, which are numbers, overflow inside the average's network; what comes
    // in infinite amounts, of both signs, adds up to nothing that is a number.
    try bench.changeCheckpoint("run", step: 2) { file in
      for name in ["average.up.1.weight", "average.up.2.weight"] {
        let count = file.tensors[name]?.numbers.count ?? 0
        file.tensors[name]?.numbers = [Float](repeating: 1e30, count: count)
      }
    }
    var options = TrainingOptions()
    options.steps = 6
    options.threads = 1
    var events: [TrainingEvent] = []
    let run = try TrainingRun(resuming: bench.folder("run"), options: options)
    #expect(try runErrorCode { try run.train(onEvent: { events.append($0) }) } == .diverged)
    #expect(wentBack(events) == [2, 2, 2])
    #expect(bench.folder("run").checkpointSteps == [0, 1, 2])
  }
}
