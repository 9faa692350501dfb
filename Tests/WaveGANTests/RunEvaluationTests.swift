import Foundation
import Testing
import WaveGAN

@Suite("How good the clips of checkpoints are")
struct RunEvaluationTests {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  private func lines(_ folder: RunFolder) throws -> [MetricsLine] {
    try String(contentsOf: URL(filePath: folder.metrics), encoding: .utf8)
      .split(separator: "\n").map {
        try JSONDecoder().decode(MetricsLine.self, from: Data($0.utf8))
      }
  }

  @Test("Checkpoints have a Fréchet distance, reports in between have none; every line a verdict")
  func keys() throws {
    let lines = try lines(
      bench.train("run", steps: 12, RunBench.options { $0.checkpointEvery = 6 }))
    #expect(lines.map(\.step) == [6, 10, 12])
    #expect(lines.map { $0.frechetDistance != nil } == [true, false, true])
    #expect(lines.allSatisfy { $0.frechetDistance ?? 1 > 0 && $0.verdict != nil })
    // Four recordings for training are too few for neighbours.
    #expect(lines.allSatisfy { $0.precision == nil && $0.coverage == nil })
  }

  @Test("With more than five recordings for training there is also precision and coverage")
  func overlap() throws {
    for index in 6..<10 {
      try bench.recordings.add("low/\(index).wav", seed: UInt64(index), seconds: 0.3)
    }
    let line = try #require(try lines(bench.train("run", steps: 1)).first)
    #expect((0...1).contains(line.precision ?? -1) && (0...1).contains(line.coverage ?? -1))
  }

  @Test("A run that ends on a step that was just reported judges its checkpoint, too")
  func end() throws {
    let run = try bench.begin(
      "run",
      RunBench.options {
        $0.steps = 10
        $0.checkpointEvery = 6
      })
    try run.train()
    let lines = try lines(run.folder)
    #expect(lines.map(\.step) == [6, 10])
    #expect(lines.allSatisfy { $0.isCheckpoint && $0.frechetDistance != nil })
  }

  @Test("Judging changes no weight: runs that save often and seldom are the same")
  func weights() throws {
    try bench.train("often", steps: 4, RunBench.options { $0.checkpointEvery = 1 })
    try bench.train("seldom", steps: 4)
    let isSame = try bench.checkpoint("often", step: 4) == bench.checkpoint("seldom", step: 4)
    #expect(isSame)
  }

  @Test(
    "The log of a resumed run is that of one that never stopped, but for the time",
    arguments: [0, 3], [false, true])
  func resume(warmUpSteps: Int, isConditional: Bool) throws {
    let options = RunBench.options {
      $0.checkpointEvery = 2
      $0.warmUpSteps = warmUpSteps
      $0.isConditional = isConditional
    }
    try bench.train("whole", steps: 6, options)
    try bench.train("halves", steps: 4, options)
    try bench.resume("halves", steps: 2) {
      $0.checkpointEvery = 2
      $0.threads = 2
    }
    let logs = try ["whole", "halves"].map { name in
      try lines(bench.folder(name)).map { line in
        var line = line
        line.seconds = 0
        return line
      }
    }
    #expect(logs[0].map(\.step) == [2, 4, 6])
    #expect(logs[0].allSatisfy { $0.frechetDistance != nil })
    #expect(logs[0] == logs[1])
  }

  @Test("The same clips are judged each time: without learning, the distance stays")
  func sameClips() throws {
    let lines = try lines(
      bench.train(
        "run", steps: 3,
        RunBench.options {
          $0.checkpointEvery = 1
          // So small that no weight of 32 bits changes.
          $0.generatorRate = 1e-9
        }))
    let distances = lines.compactMap(\.frechetDistance)
    #expect(distances.count == 3)
    // Weights of about 0.1 that move by 10⁻⁹ a step change clips by about 10⁻⁸ of themselves, and
    // other clips would be several dB² away.
    #expect(distances.allSatisfy { abs($0 - distances[0]) < 1e-3 * distances[0] })
  }
}
