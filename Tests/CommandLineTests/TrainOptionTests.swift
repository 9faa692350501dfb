import AudioFiles
import Foundation
import TestSupport
import Testing
import WaveGAN

/// Every option of `train` and `inspect`, given on the command line.
@Suite("Options of wavegan train")
struct TrainOptionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for index in 0..<6 {
      let clip = MadeClips.noiseBurst(seed: UInt64(index), seconds: 0.2, sampleRate: 16_000)
      let name = "kit/drums/\(index < 3 ? "kick" : "snare")_\(index).wav"
      try AudioWriter(container: .wav).write(clip, to: folder.file(name))
    }
  }

  private func train(_ run: String, _ options: [String]) throws -> Program.Outcome {
    try Program.run(
      // What is said last counts.
      ["train", "kit", "--run", run, "--batch", "2", "--dim", "4", "--window", "4096"]
        + ["--generator", "wavegan", "--discriminator", "waveform", "--loss", "wgan-gp"]
        + ["--warm-up-steps", "0", "--threads", "1", "--quiet"] + options, in: folder.path)
  }

  private func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// `run.json` of a run.
  private func record(_ run: String) throws -> [String: Any] {
    try object(Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(run)/run.json")))
  }

  // MARK: Values

  /// An option with the value that it is given.
  struct Given: CustomTestStringConvertible, Sendable {
    var option: String
    /// As it is typed; nil for a flag.
    var value: String?
    /// As JSON has it.
    var recorded: String

    init(_ option: String, _ value: String? = nil, recorded: String? = nil) {
      self.option = option
      self.value = value
      self.recorded = recorded ?? value ?? "true"
    }

    var words: [String] { ["--\(option)"] + (value.map { [$0] } ?? []) }
    var testDescription: String { words.joined(separator: " ") }
  }

  @Test(
    "What is said is what run.json holds under the same name",
    arguments: [
      [
        Given("sample-rate", "8000"), Given("channels", "2"), Given("slices", "every"),
        Given("overlap", "0.5"), Given("pad"), Given("no-trim-silence", recorded: "false"),
        Given("normalize", "loudness"), Given("labels", "prefix"),
        Given("only-labels", "kick", recorded: "[kick]"), Given("holdout", "0.4"),
        Given("latent", "7"), Given("latent-distribution", "uniform"), Given("kernel", "9"),
        Given("phase-shuffle", "1"), Given("no-shuffle-each-clip", recorded: "false"),
        Given("batchnorm"), Given("upsample", "zeros"),
        Given("no-upsample-bias", recorded: "false"),
        Given("no-post-filter", recorded: "false"), Given("loss", "hinge"),
        Given("critic-updates", "2"), Given("generator-updates", "3"),
        Given("critic-rate", "0.0003"), Given("generator-rate", "0.0002"), Given("ema", "0.25"),
        Given("rate-decay", "70"), Given("seed", "11"),
      ],
      // The flags the other way, so that none of them can stand for another.
      [
        Given("slices", "first"), Given("no-pad", recorded: "false"), Given("trim-silence"),
        Given("align-onset"),
        Given("normalize", "none"), Given("labels", "folders"),
        Given("only-labels", "drums", recorded: "[drums]"),
        Given("no-batchnorm", recorded: "false"),
        Given("shuffle-each-clip"), Given("upsample", "nearest"), Given("upsample-bias"),
        Given("no-post-filter", recorded: "false"), Given("warm-up-steps", "1"),
        Given("warm-up-noise", "0.25"), Given("warm-up-pull", "0.5"),
        Given("prior-bandwidth", "0.75"),
        Given("reconstruction", "1.5"),
        Given("discriminator", "both"), Given("loss", "relativistic"),
        Given("stft-penalty", "3"), Given("penalty-every", "4"), Given("augment", "0.75"),
        Given("dither", "-72.5"),
      ],
      [
        Given("no-pad", recorded: "false"), Given("no-trim-silence", recorded: "false"),
        Given("no-upsample-bias", recorded: "false"),
        Given("no-shuffle-each-clip", recorded: "false"),
        Given("no-batchnorm", recorded: "false"), Given("post-filter"),
        Given("labels", "prefix"), Given("conditional", recorded: "[kick,snare]"),
      ],
      [
        Given("generator", "istft"), Given("stop-when-settled", "4"),
        Given("checkpoint-every", "11"),
        Given("preview-every", "13"), Given("keep", "3"), Given("steps", "2"),
      ],
    ])
  func values(given: [Given]) throws {
    let steps = given.contains { $0.option == "steps" } ? [] : ["--steps", "1"]
    #expect(try train("a", given.flatMap(\.words) + steps).exitCode == 0)
    let record = try record("a")
    let settings = try #require(record["settings"] as? [String: Any])
    let control = try #require(record["control"] as? [String: Any])
    for option in given {
      let name =
        option.recorded == "false" ? String(option.option.dropFirst(3)) : option.option
      let held = try #require(settings[name] ?? control[name], "\(name)")
      #expect(try Self.text(held) == option.recorded, "\(name)")
    }
    #expect(control["threads"] == nil && settings["threads"] == nil)
  }

  /// A value as JSON writes it, without quotes.
  private static func text(_ value: Any) throws -> String {
    let data = try JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)
    return String(decoding: data, as: UTF8.self).replacing("\"", with: "")
  }

  @Test("Every loss trains", arguments: ObjectiveSettings.Loss.allCases)
  func losses(loss: ObjectiveSettings.Loss) throws {
    let outcome = try train("a", ["--steps", "1", "--loss", loss.rawValue, "--json"])
    #expect(outcome.exitCode == 0)
    let report = try object(Data(outcome.output.utf8))
    #expect(report["outcome"] as? String == "finished" && report["step"] as? Int == 1)
    let settings = try #require(try record("a")["settings"] as? [String: Any])
    #expect(settings["loss"] as? String == loss.rawValue)
  }

  // MARK: Control

  @Test("Some minutes end a run, and are what run.json holds")
  func minutes() throws {
    let outcome = try train("a", ["--minutes", "0.005", "--json"])
    #expect(outcome.exitCode == 0)
    let report = try object(Data(outcome.output.utf8))
    // 0.3 s, and the step that was begun by then.
    #expect(report["outcome"] as? String == "finished")
    #expect(try #require(report["seconds"] as? Double) >= 0.3)
    #expect(try #require(report["step"] as? Int) >= 1)
    let control = try #require(try record("a")["control"] as? [String: Any])
    #expect(control["minutes"] as? Double == 0.005 && control["steps"] == nil)
  }

  @Test("Only the newest checkpoints and the best are kept, and previews come when they are wanted")
  func keeping() throws {
    let outcome = try train(
      "a", ["--steps", "5", "--checkpoint-every", "1", "--keep", "2", "--preview-every", "2"])
    #expect(outcome.exitCode == 0)
    let run = RunFolder(folder.path + "/a")
    #expect(run.checkpointSteps.suffix(2) == [4, 5])
    #expect((2...3).contains(run.checkpointSteps.count))
    let previews = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/previews")
    #expect(previews.sorted() == [2, 4, 5].map { "step-0000000\($0)" })
  }

  @Test("A run that no longer gets better stops by itself")
  func settling() throws {
    // At the lowest rate nothing is learned, so that two checkpoints soon bring no better score.
    let outcome = try train(
      "a",
      ["--steps", "60", "--checkpoint-every", "1", "--preview-every", "100", "--json"]
        + ["--stop-when-settled", "2", "--generator-rate", "1e-9"])
    #expect(outcome.exitCode == 0)
    let report = try object(Data(outcome.output.utf8))
    #expect(report["outcome"] as? String == "settled")
    #expect(try #require(report["step"] as? Int) < 60)
  }

  @Test(
    "What has no room in --memory goes to a file",
    arguments: [["inspect", "kit"], ["train", "kit", "--run", "a", "--steps", "1"]])
  func memory(command: [String]) throws {
    // No file can grow beyond 8 KiB here, and a recording takes 12.8 kB.
    func errors(memory: String) throws -> String {
      let line = """
        trap '' XFSZ; ulimit -f 8
        "$0" \(command.joined(separator: " ")) --memory \(memory) >/dev/null 2>said
        """
      _ = try Program.shell(line, in: folder.path)
      return try String(contentsOfFile: folder.file("said"), encoding: .utf8)
    }
    let complaint = "cannot hold the decoded recordings that do not fit into --memory"
    #expect(try errors(memory: "1K").contains(complaint))
    #expect(try !errors(memory: "1G").contains(complaint))
  }

  // MARK: Inspect

  @Test(
    "Windows are counted as training would cut them",
    arguments: [
      // 16,000 samples at 16 kHz, windows of 4,096.
      (["--slices", "first"], 1), (["--slices", "every"], 3),
      (["--slices", "every", "--pad"], 4), (["--slices", "every", "--no-pad"], 3),
      // As many as it is long, to the nearest: 3.9.
      (["--slices", "random"], 4),
      // Every 2,048: ⌊(16,000 − 4,096) / 2,048⌋ + 1, and one more for the rest.
      (["--slices", "every", "--overlap", "0.5"], 6),
      (["--slices", "every", "--overlap", "0.5", "--pad"], 7),
    ])
  func windows(options: [String], count: Int) throws {
    let clip = MadeClips.noiseBurst(seed: 1, seconds: 1, sampleRate: 16_000)
    try AudioWriter(container: .wav).write(clip, to: folder.file("long.wav"))
    let outcome = try Program.run(
      ["inspect", "long.wav", "--window", "4096", "--json"] + options, in: folder.path)
    let training = try #require(
      try object(Data(outcome.output.utf8))["training"] as? [String: Any])
    #expect(training["windows"] as? Int == count)
  }

  @Test("Labels come from folders or names", arguments: [nil, "folders", "prefix"])
  func labels(source: String?) throws {
    let outcome = try Program.run(
      ["inspect", "kit", "--json"] + (source.map { ["--labels", $0] } ?? []), in: folder.path)
    let labels = try object(Data(outcome.output.utf8))["labels"] as? [String: Int]
    #expect(labels == (source == "prefix" ? ["kick": 3, "snare": 3] : ["drums": 6]))
  }
}
