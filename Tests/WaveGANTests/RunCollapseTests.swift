import Foundation
import NeuralNet
import Testing
import WaveGAN

@Suite("A training whose output collapses")
struct RunCollapseTests {
  private let bench: RunBench

  init() throws { bench = try RunBench.withRun() }

  private func lines(_ folder: RunFolder) throws -> [MetricsLine] {
    try String(contentsOf: URL(filePath: folder.metrics), encoding: .utf8)
      .split(separator: "\n").map {
        try JSONDecoder().decode(MetricsLine.self, from: Data($0.utf8))
      }
  }

  /// Lets the log say that a step's output was sound, or silent, or all alike.
  private func tell(_ step: Int, level: Double, variety: Double) throws {
    let folder = bench.folder("run")
    let text = try lines(folder).map { line in
      var line = line
      if line.step == step {
        line.generatedRMS = level * line.realRMS
        line.generatedVariety = line.realVariety.map { variety * $0 }
      }
      return String(decoding: try JSONEncoder().encode(line), as: UTF8.self) + "\n"
    }
    try Data(text.joined().utf8).write(to: URL(filePath: folder.metrics))
  }

  /// Makes a generator, and its average, whose clips are all the same: silent, or a click.
  private func spoil(step: Int, isSilent: Bool) throws {
    try bench.changeCheckpoint("run", step: step) { file in
      for name in file.tensors.keys where name.hasPrefix("generator.") || name.hasPrefix("average.")
      {
        guard var tensor = file.tensors[name] else { continue }
        // A first layer without weights makes nothing of its vector.
        let isCut =
          name.hasSuffix("project.weight") || (isSilent && !name.hasSuffix("project.bias"))
        if isCut { tensor.numbers = tensor.numbers.map { _ in 0 } }
        if !isSilent && name.hasSuffix(".bias") { tensor.numbers = tensor.numbers.map { _ in 0.5 } }
        file.tensors[name] = tensor
      }
    }
  }

  private func wentBack(_ events: [TrainingEvent]) -> [(step: Int, reason: String)] {
    events.compactMap { if case .wentBack(let step, let why) = $0 { (step, why) } else { nil } }
  }

  @Test(
    "At the second checkpoint running it goes back to the last sound one, with other draws",
    arguments: [
      (true, "the generated clips had become silent"),
      (false, "the generated clips had become all alike"),
    ])
  func goingBack(isSilent: Bool, reason: String) throws {
    let folder = bench.folder("run")
    try tell(1, level: 1, variety: 1)
    try tell(2, level: isSilent ? 0 : 1, variety: 0)
    try spoil(step: 2, isSilent: isSilent)
    let events = try bench.resume("run", steps: 1) { $0.checkpointEvery = 1 }
    #expect(wentBack(events).map(\.step) == [1])
    #expect(wentBack(events).map(\.reason) == [reason])
    #expect(folder.checkpointSteps == [0, 1])
    #expect(try lines(folder).map(\.step) == [1])
    try bench.resume("run", steps: 1) { $0.checkpointEvery = 1 }
  }

  @Test("Once is no collapse: the step is saved, and the last sound checkpoint kept for later")
  func once() throws {
    let folder = bench.folder("run")
    try tell(1, level: 1, variety: 1)
    try tell(2, level: 0.02, variety: 0.1)
    try spoil(step: 2, isSilent: true)
    let events = try bench.resume("run", steps: 1) {
      $0.checkpointEvery = 1
      $0.keep = 1
    }
    #expect(wentBack(events).isEmpty)
    #expect(folder.checkpointSteps.contains(1) && folder.checkpointSteps.contains(3))
    let line = try #require(try lines(folder).last)
    #expect(line.generatedRMS < 0.01 * line.realRMS)
    #expect((line.generatedVariety ?? 1) < 0.05 * (line.realVariety ?? 0))
  }

  @Test("After three times it gives up and says what happened")
  func givingUp() throws {
    // The log calls sound what is silent, so that every try ends as the first.
    try tell(1, level: 1, variety: 1)
    try tell(2, level: 1, variety: 1)
    try spoil(step: 2, isSilent: true)
    var options = TrainingOptions()
    options.steps = 100
    options.threads = 1
    options.checkpointEvery = 1
    var events: [TrainingEvent] = []
    let run = try TrainingRun(resuming: bench.folder("run"), options: options)
    let error = #expect(throws: RunError.self) { try run.train(onEvent: { events.append($0) }) }
    #expect(error?.code == .diverged)
    #expect(
      error?.reason
        == "cannot go on: after step 2 training failed 4 times, the last time because its clips "
        + "became silent; start a new run with lower --critic-rate and --generator-rate")
    #expect(wentBack(events).map(\.step) == [2, 2, 2])
    // The one faint checkpoint before each decision stays from the last try.
    #expect(bench.folder("run").checkpointSteps == [0, 1, 2, 3])
  }

  @Test(
    "Only what was sound from a warm-up's end on can collapse, and it goes back no further",
    arguments: [(1.0, [2]), (0.0, [Int]())])
  func warmUp(levelAtEnd: Double, goals: [Int]) throws {
    let options = RunBench.options {
      $0.warmUpSteps = 2
      $0.checkpointEvery = 1
    }
    try bench.begin("run", options, replaces: true).train(stoppingAfter: 2)
    try tell(1, level: 1, variety: 1)
    try tell(2, level: levelAtEnd, variety: levelAtEnd)
    try spoil(step: 2, isSilent: true)
    let events = try bench.resume("run", steps: 2) { $0.checkpointEvery = 1 }
    #expect(wentBack(events).map(\.step) == goals)
    #expect(bench.folder("run").checkpointSteps == (goals.isEmpty ? [0, 1, 2, 3, 4] : [0, 1, 2]))
  }

  @Test("A run that was stopped in between decides the same")
  func stopped() throws {
    try tell(1, level: 1, variety: 1)
    try tell(2, level: 1, variety: 1)
    try spoil(step: 2, isSilent: true)
    // Checkpoints at 4 and 6 of regular steps; 3 and 5 are from stops.
    let change: (inout TrainingOptions) -> Void = { $0.checkpointEvery = 2 }
    for _ in 3...5 { #expect(wentBack(try bench.resume("run", steps: 1, change)).isEmpty) }
    #expect(wentBack(try bench.resume("run", steps: 1, change)).map(\.step) == [2])
  }
}
