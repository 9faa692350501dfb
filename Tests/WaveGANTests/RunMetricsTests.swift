import Foundation
import Testing
import WaveGAN

@Suite("The log of a run")
struct RunMetricsTests {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  private func text(_ folder: RunFolder) throws -> String {
    try String(contentsOf: URL(filePath: folder.metrics), encoding: .utf8)
  }

  private func lines(_ folder: RunFolder) throws -> [MetricsLine] {
    try text(folder).split(separator: "\n").map {
      try JSONDecoder().decode(MetricsLine.self, from: Data($0.utf8))
    }
  }

  @Test("A line is an object with these names, all numbers finite")
  func names() throws {
    let folder = try bench.train("run", steps: 1)
    var object = try #require(
      try JSONSerialization.jsonObject(with: Data(text(folder).utf8)) as? [String: Any])
    #expect(
      object.keys.sorted() == [
        "attempt", "checkpoint", "critic-gradient-norm", "critic-loss", "frechet-distance",
        "generated-accuracy", "generated-logit", "generated-rms", "generated-variety",
        "generator-gradient-norm",
        "generator-loss", "log-mel-distance", "penalized-gradient-norm", "penalty",
        "real-accuracy", "real-logit", "real-rms", "real-variety", "seconds", "step", "verdict",
      ])
    object["verdict"] = nil
    #expect(object["step"] as? Int == 1)
    #expect(object["checkpoint"] as? Bool == true)
    #expect(object.values.allSatisfy { ($0 as? Double)?.isFinite == true })
  }

  @Test("A warm-up has figures of its own, and a line over its end has both")
  func warmUp() throws {
    let folder = try bench.train(
      "run", steps: 22,
      RunBench.options {
        $0.warmUpSteps = 15
        $0.criticUpdates = 1
      })
    let lines = try lines(folder)
    #expect(lines.map(\.step) == [10, 20, 22])
    #expect(lines.map { $0.reconstructionLoss != nil } == [true, true, false])
    #expect(lines.map { $0.criticLoss != nil } == [false, true, true])
    #expect(lines.map { $0.realAccuracy != nil } == [false, true, true])
    #expect(lines.allSatisfy { $0.generatorGradientNorm ?? 0 > 0 })
    // What there is not is not there, rather than null or 0.
    #expect(try text(folder).split(separator: "\n")[0].contains("critic") == false)
  }

  @Test("Lines from before variety and warm-up can be read")
  func oldLines() throws {
    let old = """
      {"attempt":0,"checkpoint":true,"critic-gradient-norm":7.1,"critic-loss":-0.1,\
      "generated-accuracy":0.9,"generated-logit":-0.1,"generated-rms":0.005,\
      "generator-gradient-norm":10.2,"generator-loss":0.1,"log-mel-distance":2.9,"penalty":6.6,\
      "real-accuracy":0.8,"real-logit":0.1,"real-rms":0.1,"seconds":2.2,"step":2}
      """
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    try Data((old + "\n").utf8).write(to: URL(filePath: folder.metrics))
    try bench.resume("run", steps: 1) { $0.checkpointEvery = 1 }
    let lines = try lines(folder)
    #expect(lines.map(\.step) == [2, 3])
    #expect(lines.map { $0.realVariety == nil } == [true, false])
    #expect(lines.map { $0.verdict == nil } == [true, false])
  }

  @Test("Steps rise and seconds never fall, over reports, checkpoints and pauses")
  func order() throws {
    let folder = try bench.train("run", steps: 12, RunBench.options { $0.checkpointEvery = 8 })
    try bench.resume("run", steps: 3)
    try bench.resume("run", steps: 6) { $0.checkpointEvery = 100 }
    let lines = try lines(folder)
    #expect(lines.map(\.step) == [8, 10, 12, 15, 20, 21])
    #expect(lines.filter(\.isCheckpoint).map(\.step) == [8, 12, 15, 21])
    #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.seconds <= $1.seconds })
    #expect(lines.allSatisfy { $0.attempt == 0 && $0.realRMS > 0 && $0.logMelDistance > 0 })
    #expect(lines.allSatisfy { (0...1).contains($0.realAccuracy ?? -1) })
    #expect(lines.allSatisfy { $0.realVariety ?? 0 > 1 && $0.generatedVariety != nil })
  }

  @Test("What a resume finds beyond its checkpoint, or cut short, is dropped and made again")
  func tornLines() throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    let whole = try lines(folder)
    #expect(whole.map(\.step) == [1, 2])
    try FileManager.default.removeItem(atPath: folder.checkpoint(step: 2))
    let torn = try text(folder) + #"{"attempt":0,"checkp"#
    try Data(torn.utf8).write(to: URL(filePath: folder.metrics))
    try bench.resume("run", steps: 0)
    #expect(try lines(folder) == [whole[0]])
    try bench.resume("run", steps: 1)
    var again = try lines(folder)
    #expect(again.map(\.step) == [1, 2])
    // All but the time is the same.
    again[1].seconds = whole[1].seconds
    #expect(again == whole)
  }

  @Test("A log that is damaged or cannot be read is left as it is, and no training is made on it")
  func damagedLog() throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    let damaged = try "{}\n" + text(folder)
    try Data(damaged.utf8).write(to: URL(filePath: folder.metrics))
    let error = #expect(throws: RunError.self) { try bench.resume("run", steps: 1) }
    #expect(error?.code == .unusable && error?.subject == folder.metrics)
    #expect(error?.reason.contains("line 1") == true)
    #expect(try text(folder) == damaged)

    try FileManager.default.removeItem(atPath: folder.metrics)
    try FileManager.default.createDirectory(
      atPath: folder.metrics, withIntermediateDirectories: false)
    #expect(try runErrorCode { try bench.resume("run", steps: 1) } == .unusable)
    #expect(try runErrorCode { _ = try folder.checkpoint(.best) } == .unusable)
  }

  @Test("A log that is gone is begun anew")
  func lostLog() throws {
    let bench = try RunBench.withRun()
    try FileManager.default.removeItem(atPath: bench.folder("run").metrics)
    try bench.resume("run", steps: 1)
    #expect(try lines(bench.folder("run")).map(\.step) == [3])
  }
}
