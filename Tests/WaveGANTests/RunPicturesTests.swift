import Foundation
import Spectra
import Testing
import WaveGAN

@Suite("The curves of a run")
struct RunPicturesTests {
  /// A line of metrics with all figures alike.
  private func line(step: Int, figure: Double, attempt: Int = 0) throws -> MetricsLine {
    let names = [
      "critic-loss", "penalty", "generator-loss", "real-logit", "generated-logit",
      "critic-gradient-norm", "generator-gradient-norm", "real-accuracy", "generated-accuracy",
      "real-rms", "generated-rms", "log-mel-distance",
    ]
    var object: [String: Any] = [
      "step": step, "seconds": 2 * Double(step), "attempt": attempt,
      "checkpoint": step.isMultiple(of: 20),
    ]
    for name in names { object[name] = figure }
    return try JSONDecoder().decode(
      MetricsLine.self, from: JSONSerialization.data(withJSONObject: object))
  }

  @Test("They mark checkpoints, the best one, and where the training went back; and tell the time")
  func marks() throws {
    let lines = try (1...10).map { try line(step: 10 * $0, figure: 1, attempt: $0 > 6 ? 1 : 0) }
    let picture = RunPictures.curves(of: lines, title: "run", bestStep: 40)
    #expect(picture.notches == [20, 40, 60, 80, 100])
    #expect(picture.marks.map(\.step) == [40, 60])
    #expect(picture.marks.map(\.label) == ["best", "went back"])
    #expect(picture.seconds(atStep: 55) == 110)
    #expect(picture.panels.allSatisfy { !$0.title.isEmpty && !$0.hint.isEmpty })
  }

  @Test("Levels are in dB, and silence is the floor")
  func levels() throws {
    let lines = [try line(step: 1, figure: 0.1), try line(step: 2, figure: 0)]
    let picture = RunPictures.curves(of: lines, title: "run", bestStep: nil)
    let levels = try #require(picture.panels.first { $0.title.hasPrefix("Level") }).series
      .map(\.values)
    #expect(levels == [[-20, -100], [-20, -100]])
    #expect(picture.marks.isEmpty)
  }

  @Test("A warm-up has a curve of its own, and gaps where there is no discriminator")
  func warmUp() throws {
    var lines = [try line(step: 10, figure: 1), try line(step: 20, figure: 2)]
    lines[0].reconstructionLoss = 3
    lines[0].criticLoss = nil
    let picture = RunPictures.curves(of: lines, title: "run", bestStep: nil)
    let losses = try #require(picture.panels.first { $0.title == "Losses" }).series
    #expect(losses.map(\.name) == ["discriminator", "penalty", "generator", "reconstruction"])
    #expect(losses[0].values[0].isNaN && losses[0].values[1] == 2)
    #expect(losses[3].values[0] == 3 && losses[3].values[1].isNaN)
  }

  @Test("What only checkpoints have is drawn from one to the next, where there is any")
  func evaluations() throws {
    var lines = try (1...4).map { try line(step: 10 * $0, figure: 1) }
    let before = RunPictures.curves(of: lines, title: "run", bestStep: nil).panels
    #expect(!before.contains { $0.title.hasPrefix("Fréchet") || $0.title.hasPrefix("Precision") })
    for (index, distance) in [(1, 30.0), (3, 20.0)] { lines[index].frechetDistance = distance }
    lines[3].precision = 0.5
    lines[3].coverage = 0.25
    let panels = RunPictures.curves(of: lines, title: "run", bestStep: 40).panels
    #expect(panels.count == before.count + 2)
    let distances = try #require(panels.first { $0.title.hasPrefix("Fréchet") }).series
    #expect(distances.map(\.steps) == [[20, 40]] && distances.map(\.values) == [[30, 20]])
    let parts = try #require(panels.first { $0.title.hasPrefix("Precision") }).series
    #expect(parts.map(\.name) == ["precision", "coverage"])
    #expect(parts.map(\.steps) == [[40], [40]] && parts.map(\.values) == [[0.5], [0.25]])
  }

  @Test("A run without a report has a picture too")
  func nothing() throws {
    #expect(!(try RunPictures.curves(of: [], title: "run", bestStep: nil).png().isEmpty))
  }
}
