import Foundation
import Testing
import WaveGAN

@Suite("When an output counts as collapsed")
struct CollapseRuleTests {
  /// A line of a log where recordings have RMS 0.1 and variety 20 dB.
  private func line(
    _ step: Int, rms: Double = 0.1, variety: Double? = 15, isCheckpoint: Bool = true
  ) throws -> MetricsLine {
    var object: [String: Any] = [
      "step": step, "seconds": 1, "real-rms": 0.1, "generated-rms": rms, "log-mel-distance": 5,
      "attempt": 0, "checkpoint": isCheckpoint,
    ]
    if let variety {
      object["real-variety"] = 20
      object["generated-variety"] = variety
    }
    return try JSONDecoder().decode(
      MetricsLine.self, from: JSONSerialization.data(withJSONObject: object))
  }

  private func rule(_ lines: [MetricsLine]) -> CollapseRule { CollapseRule(lines, interval: 100) }

  @Test("Silence at two checkpoints running, after sound")
  func silence() throws {
    // 40 dB under the recordings is 0.001.
    let lines = try [line(100), line(200, rms: 0.0009), line(300, rms: 0)]
    #expect(rule(lines).fault == .silence)
    #expect(rule(lines).lastSoundStep == 100)
    #expect(rule(Array(lines.dropLast())).fault == nil)
    #expect(rule(try lines + [line(400, rms: 0.0011)]).fault == nil)
  }

  @Test("One sound at two checkpoints running, after several")
  func oneSound() throws {
    // 5 % of 20 dB is 1 dB.
    let lines = try [line(100), line(200), line(300, variety: 0.9), line(400, variety: 0.1)]
    #expect(rule(lines).fault == .oneSound)
    #expect(rule(lines).lastSoundStep == 200)
    #expect(rule(try lines + [line(500, variety: 1.1)]).fault == nil)
    // All clips silent are all alike; at first silent, then one sound, is a collapse to one sound.
    let mixed = try [line(100), line(200, rms: 0, variety: 0), line(300, variety: 0.2)]
    #expect(rule(mixed).fault == .oneSound)
  }

  @Test("What never was sound cannot collapse: every training begins faint and alike")
  func beginning() throws {
    let faint = try (1...9).map { try line($0 * 100, rms: 0.0001, variety: 0.1) }
    #expect(rule(faint).fault == nil)
    #expect(rule(faint).lastSoundStep == nil)
    // Above the limits is not yet sound: five times above is.
    let rising = try [line(100, rms: 0.004, variety: 4), line(200, rms: 0, variety: 0)]
    #expect(rule(try rising + [line(300, rms: 0, variety: 0)]).fault == nil)
  }

  @Test("Only lines of regular checkpoints count, so that stops change nothing")
  func regularLines() throws {
    let lines = try [
      line(100), line(200, rms: 0), line(250, rms: 0), line(290, rms: 0, isCheckpoint: false),
      line(300, variety: 0, isCheckpoint: false),
    ]
    #expect(rule(lines).fault == nil)
  }

  @Test("A set of one recording, or a log from before variety was measured, has no such limit")
  func unknownVariety() throws {
    let old = try (1...4).map { try line($0 * 100, variety: nil) }
    #expect(rule(old).fault == nil)
    #expect(rule(old).lastSoundStep == 400)
    var single = try (1...4).map { try line($0 * 100, variety: 0) }
    for index in single.indices { single[index].realVariety = 0 }
    #expect(rule(single).fault == nil)
    #expect(rule(single).lastSoundStep == 400)
  }
}
