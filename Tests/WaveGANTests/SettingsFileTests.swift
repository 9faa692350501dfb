import Foundation
import TestSupport
import Testing
import WaveGAN

@Suite("Settings: files")
struct SettingsFileTests {
  private func options(_ json: String) throws -> TrainingOptions {
    let folder = try TemporaryFolder()
    return try TrainingOptions(contentsOf: folder.write(Array(json.utf8), to: "s.json"))
  }

  private func refusal(_ json: String) throws -> String? {
    let error = #expect(throws: SettingsError.self) { try options(json) }
    // The folder has another name in each run.
    return error?.description.replacing(#/\/.*s\.json/#, with: "s.json")
  }

  @Test("A file has the names of the command line")
  func names() throws {
    let options = try options(
      """
      {"preset": "paper", "critic-updates": 2, "only-labels": ["a", "b"], "pad": true,
       "critic-rate": 1, "memory": "2G", "seed": 18446744073709551615}
      """)
    var expected = TrainingOptions()
    expected.preset = .paper
    expected.criticUpdates = 2
    expected.onlyLabels = ["a", "b"]
    expected.padsEnd = true
    expected.criticRate = 1
    expected.memory = ByteCount(bytes: 2 << 30)
    expected.seed = .max
    #expect(options == expected)
  }

  @Test("An unknown name is refused with the nearest known one")
  func unknownName() throws {
    #expect(
      try refusal(#"{"critic-update": 2}"#)
        == #""critic-update" in s.json: no option has this name; the nearest is "critic-updates"."#)
    #expect(
      try refusal(#"{"Dim": 2}"#)
        == #""Dim" in s.json: no option has this name; the nearest is "dim"."#)
  }

  @Test(
    "A value of another type is refused with the type",
    arguments: [
      (#"{"dim": "big"}"#, #""dim" in s.json: this option takes a whole number."#),
      (#"{"dim": 3.5}"#, #""dim" in s.json: this option takes a whole number."#),
      (#"{"dim": 1e300}"#, #""dim" in s.json: this option takes a whole number."#),
      (#"{"seed": -1}"#, #""seed" in s.json: this option takes a whole number from 0."#),
      (#"{"pad": 1}"#, #""pad" in s.json: this option takes true or false."#),
      (#"{"ema": "x"}"#, #""ema" in s.json: this option takes a number."#),
      (
        #"{"slices": "all"}"#,
        #""slices" in s.json: this option takes one of first, every, random."#
      ),
      (#"{"only-labels": "a"}"#, #""only-labels" in s.json: this option takes a list of names."#),
      (#"{"memory": "lots"}"#, #""memory" in s.json: this option takes an amount such as "2G"."#),
    ])
  func wrongType(json: String, sentence: String) throws {
    #expect(try refusal(json) == sentence)
  }

  @Test("What is no JSON object is refused", arguments: ["", "[]", "{", "3", "{\"dim\": }"])
  func noObject(json: String) throws {
    #expect(
      try refusal(json)
        == #"s.json is not a settings file; write one JSON object, such as {"dim": 32, "steps": 1000}."#
    )
  }

  @Test("A file that is not there is an error of its own")
  func missing() {
    let error = #expect(throws: SettingsError.self) {
      try TrainingOptions(contentsOf: "no/such/file.json")
    }
    #expect(error?.code == .fileNotFound)
  }

  @Test("The settings of a run can be given to the next")
  func settingsAreOptions() throws {
    var options = TrainingOptions()
    options.preset = .paper
    options.loss = .lsgan
    options.seed = 7
    let settings = try options.resolved(for: MadeSurvey.survey([(8_000, 1)])).settings
    let json = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
    let again = try self.options(#"{"id": "a", "settings": \#(json)}"#)
    #expect(try again.resolved(for: MadeSurvey.survey([(44_100, 9)])).settings == settings)
    #expect(try JSONDecoder().decode(TrainingSettings.self, from: Data(json.utf8)) == settings)
  }

  @Test("Settings without a warm-up are written as before there was one, and read as none")
  func warmUp() throws {
    var options = TrainingOptions()
    options.warmUpSteps = 0
    var settings = try options.resolved(for: MadeSurvey.survey([(8_000, 1)])).settings
    var json = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
    #expect(!json.contains("warm-up"))
    #expect(try JSONDecoder().decode(TrainingSettings.self, from: Data(json.utf8)) == settings)
    options.warmUpSteps = 250
    settings = try options.resolved(for: MadeSurvey.survey([(8_000, 1)])).settings
    json = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
    #expect(json.contains(#""warm-up-steps":250"#))
    #expect(try self.options(json).warmUpSteps == 250)
  }

  @Test("Settings with the reference's generator are written as before there was another")
  func generator() throws {
    var options = TrainingOptions()
    options.generator = .wavegan
    var settings = try options.resolved(for: MadeSurvey.survey([(8_000, 1)])).settings
    var json = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
    #expect(!json.contains(#""generator":"#))
    #expect(try JSONDecoder().decode(TrainingSettings.self, from: Data(json.utf8)) == settings)
    options.generator = .istft
    settings = try options.resolved(for: MadeSurvey.survey([(8_000, 1)])).settings
    json = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
    #expect(json.contains(#""generator":"istft""#))
    #expect(try self.options(json).generator == .istft)
  }

  @Test("Settings of one discriminator are written as before there were others")
  func discriminators() throws {
    var options = TrainingOptions()
    options.discriminators = .waveform
    var settings = try options.resolved(for: MadeSurvey.survey([(8_000, 1)])).settings
    var json = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
    #expect(!json.contains("discriminator") && !json.contains("penalty"))
    #expect(try JSONDecoder().decode(TrainingSettings.self, from: Data(json.utf8)) == settings)
    options.discriminators = .both
    options.loss = .hinge
    options.spectralPenalty = 0.5
    options.penaltyEvery = 4
    settings = try options.resolved(for: MadeSurvey.survey([(8_000, 1)])).settings
    json = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
    let read = try self.options(json)
    #expect(read.discriminators == .both)
    #expect(read.spectralPenalty == 0.5 && read.penaltyEvery == 4)
    #expect(try JSONDecoder().decode(TrainingSettings.self, from: Data(json.utf8)) == settings)
  }

  @Test("Settings of clips that are judged as they are say nothing of changes")
  func changes() throws {
    var options = TrainingOptions()
    options.augmentation = 0
    options.ditherDecibels = 0
    var settings = try options.resolved(for: MadeSurvey.survey([(8_000, 1)])).settings
    var json = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
    #expect(!json.contains("augment") && !json.contains("dither"))
    options.augmentation = 0.25
    options.ditherDecibels = -80
    settings = try options.resolved(for: MadeSurvey.survey([(8_000, 1)])).settings
    json = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
    let read = try self.options(json)
    #expect(read.augmentation == 0.25 && read.ditherDecibels == -80)
    #expect(try JSONDecoder().decode(TrainingSettings.self, from: Data(json.utf8)) == settings)
  }

  @Test("A pipe is refused, not waited for")
  func pipe() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("s.json")
    #expect(mkfifo(path, 0o600) == 0)
    let error = #expect(throws: SettingsError.self) { try TrainingOptions(contentsOf: path) }
    #expect(
      error?.description == "\(path) is no regular file; give the path of a settings file.")
  }

  @Test("What was given is known by name")
  func givenNames() throws {
    #expect(TrainingOptions().givenNames == [])
    #expect(
      try options(#"{"keep": 3, "pad": false, "only-labels": []}"#).givenNames
        == ["pad", "only-labels", "keep"])
  }

  @Test("Settings of another type inside a run's record are refused by name")
  func wrongSettings() throws {
    #expect(
      try refusal(#"{"settings": {"dim": "big"}}"#)
        == #""dim" in s.json: this option takes a whole number."#)
  }

  @Test(
    "An amount of memory is read as people write it",
    arguments: [
      ("512M", 512 << 20), ("2G", 2 << 30), ("1.5 GB", 3 << 29), ("2GiB", 2 << 30),
      ("100", 100), ("64k", 64 << 10), ("0", 0),
    ])
  func amounts(text: String, bytes: Int) {
    #expect(ByteCount(text)?.bytes == bytes)
  }

  @Test("What is no amount is not read", arguments: ["", "G", "-1M", "2X", "2GG", "1e99T", "nan"])
  func noAmounts(text: String) {
    #expect(ByteCount(text) == nil)
  }
}
