import Foundation
import Testing
import WaveGAN

@Suite("Whether the networks are told labels")
struct SettingsLabelTests {
  private let survey: DatasetSurvey

  init() throws { survey = try MadeSurvey.survey([(16_000, 1)]) }

  private func resolved(
    _ counts: [String: Int], _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> ResolvedSettings {
    var options = TrainingOptions()
    change(&options)
    return try options.resolved(for: survey, labelCounts: counts)
  }

  @Test("Two labels with eight recordings each are told, and that is said")
  func chosen() throws {
    let resolved = try resolved(["snare": 8, "kick": 9])
    #expect(resolved.settings.model.labels == ["kick", "snare"])
    let choice = try #require(resolved.choices.first { $0.name == "conditional" })
    #expect(choice.value == "2 labels")
    #expect(
      choice.reason
        == "each has 8 recordings for training or more; --no-conditional learns all as one")
  }

  @Test(
    "One label, more than 64, or one with few recordings are not told unasked",
    arguments: [
      ["a": 100], ["a": 100, "b": 7],
      Dictionary(uniqueKeysWithValues: (0..<65).map { ("\($0)", 8) }),
    ])
  func notChosen(counts: [String: Int]) throws {
    let resolved = try resolved(counts)
    #expect(resolved.settings.model.labels.isEmpty)
    #expect(!resolved.choices.contains { $0.name == "conditional" })
  }

  @Test("What was asked for is no choice; paper tells none unasked")
  func asked() throws {
    let few = try resolved(["a": 1, "b": 1]) { $0.isConditional = true }
    #expect(few.settings.model.labels == ["a", "b"])
    #expect(!few.choices.contains { $0.name == "conditional" })
    #expect(
      try resolved(["a": 9, "b": 9]) { $0.isConditional = false }.settings.model.labels == [])
    #expect(try resolved(["a": 9, "b": 9]) { $0.preset = .paper }.settings.model.labels == [])
    let error = #expect(throws: SettingsError.self) {
      try resolved(["a": 9]) { $0.isConditional = true }
    }
    #expect(
      error?.description
        == "--conditional: all recordings have one label, so there is nothing to tell; put them into "
        + "sub-folders, say --labels prefix where their names begin with labels, or leave it out.")
  }

  @Test("Settings without labels are written as before there were any; names are read as yes")
  func file() throws {
    let plain = try JSONEncoder().encode(resolved(["a": 1]).settings)
    #expect(!String(decoding: plain, as: UTF8.self).contains("conditional"))
    let told = try resolved(["b": 9, "a": 9]).settings
    let json = try JSONEncoder().encode(told)
    #expect(String(decoding: json, as: UTF8.self).contains(#""conditional":["a","b"]"#))
    #expect(try JSONDecoder().decode(TrainingSettings.self, from: json) == told)
    #expect(try JSONDecoder().decode(TrainingOptions.self, from: json).isConditional == true)
    for (text, expected) in [("true", true), ("false", false), ("[]", false)] {
      let options = try JSONDecoder().decode(
        TrainingOptions.self, from: Data("{\"conditional\": \(text)}".utf8))
      #expect(options.isConditional == expected)
    }
    let error = #expect(throws: SettingsError.self) {
      try JSONDecoder().decode(
        TrainingOptions.self, from: Data("{\"conditional\": 3}".utf8))
    }
    #expect(error?.description == "\"conditional\": this option takes true or false.")
  }

  @Test("Noise, pull and copies are of a warm-up")
  func regularisation() throws {
    for (name, change) in [
      ("--warm-up-noise", { $0.warmUpNoise = 0.2 }), ("--warm-up-pull", { $0.warmUpPull = 0.2 }),
      ("--reconstruction", { $0.reconstruction = 0.2 }),
      ("--prior-bandwidth", { $0.priorBandwidth = 0.2 }),
    ] as [(String, (inout TrainingOptions) -> Void)] {
      let error = #expect(throws: SettingsError.self) {
        try resolved(["a": 1]) {
          $0.warmUpSteps = 0
          change(&$0)
        }
      }
      #expect(
        error?.description
          == "\(name): there is no warm-up; say how long it is with --warm-up-steps, or leave it "
          + "out.")
      let settings = try resolved(["a": 1]) {
        $0.warmUpSteps = 5
        ($0.warmUpNoise, $0.warmUpPull, $0.reconstruction) = (0, 0, 0)
        $0.priorBandwidth = 1
        change(&$0)
      }.settings
      let objective = settings.objective
      #expect(
        [
          objective.warmUpNoise, objective.warmUpPull, objective.reconstruction,
          1 - objective.priorBandwidth,
        ].max() == (name == "--prior-bandwidth" ? 0.8 : 0.2))
    }
  }
}
