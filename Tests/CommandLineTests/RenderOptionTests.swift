import AudioFiles
import Foundation
import TestSupport
import Testing
import WaveGAN

/// What each option of `render` changes.
@Suite("Options of wavegan render")
struct RenderOptionTests {
  private let room: TemporaryFolder

  /// Makes a tiny run, “run”, of one step, that keeps an average.
  init() throws {
    room = try TemporaryFolder()
    for index in 0..<3 {
      let clip = MadeClips.noiseBurst(seed: UInt64(index), seconds: 0.2, sampleRate: 16_000)
      try AudioWriter(container: .wav).write(clip, to: room.file("clips/\(index).wav"))
    }
    try train("run", averageDecay: 0.9, steps: 1)
  }

  private func train(_ name: String, averageDecay: Double, steps: Int) throws {
    var options = TrainingOptions()
    options.windowLength = 4_096
    options.dim = 1
    options.latentSize = 4
    options.batchSize = 2
    options.averageDecay = averageDecay
    options.steps = steps
    options.checkpointEvery = 1
    options.previewEvery = 1_000
    options.threads = 1
    let run = RunFolder("\(room.path)/\(name)")
    _ = try TrainingRun(paths: [room.path + "/clips"], options: options, folder: run)
      .train(shouldStop: { false })
  }

  @discardableResult
  private func render(_ out: String, _ options: String...) throws -> Program.Outcome {
    try Program.run(["render", "run", "--out", out, "--count", "2"] + options, in: room.path)
  }

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(room.path)/\(name)"))
  }

  private func clip(_ name: String) throws -> AudioClip {
    try AudioDecoder().clip("\(room.path)/\(name)")
  }

  private func files(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(room.path)/\(name)").sorted()
  }

  private func report(_ outcome: Program.Outcome) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  // MARK: Which sounds

  @Test("--json writes one object that says what was made from what")
  func json() throws {
    let outcome = try render("a", "--json", "--seed", "7")
    #expect(outcome.exitCode == 0 && outcome.errors == "")
    let run = RunFolder(room.path + "/run")
    #expect(
      outcome.output == """
        {
          "checkpoint" : "\(try ContentDigest(ofFile: run.checkpoint(step: 1)))",
          "clips" : 2,
          "folder" : "a",
          "run" : "\(try RunRecord(of: run).id)",
          "seed" : 7,
          "step" : 1
        }

        """)
  }

  @Test("A checkpoint is chosen by its step, as the newest or as the best")
  func steps() throws {
    try train("long", averageDecay: 0.9, steps: 3)
    let run = RunFolder(room.path + "/long")
    func render(_ out: String, _ options: String...) throws -> Program.Outcome {
      try Program.run(["render", "long", "--out", out, "--count", "1"] + options, in: room.path)
    }
    // The score that decides is the distance in metrics.jsonl: here, step 2 gets the smallest.
    let lines = try String(contentsOfFile: run.metrics, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 3)
    let scored = try lines.enumerated().map { index, line in
      let distance = try Regex(#""frechet-distance":[^,}]+"#)
      return line.replacing(distance, with: "\"frechet-distance\":\([5, 3, 4][index])")
    }
    try Data((scored.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: run.metrics))

    for (choice, step) in [("0", 0), ("1", 1), ("latest", 3), ("best", 2)] {
      let outcome = try render("at-\(choice)", "--step", choice, "--json")
      #expect(try report(outcome)["step"] as? Int == step)
      #expect(
        try report(outcome)["checkpoint"] as? String
          == ContentDigest(ofFile: run.checkpoint(step: step)).description)
    }
    #expect(try render("plain").exitCode == 0)
    #expect(try bytes("plain/0000.wav") == bytes("at-latest/0000.wav"))
    let sounds = try ["0", "1", "latest", "best"].map { try bytes("at-\($0)/0000.wav") }
    #expect(Set(sounds).count == 4)

    let refused = try render("b", "--step", "9")
    #expect(refused.exitCode == 66)
    #expect(
      refused.errors == "Error: long has no checkpoint of step 9; there are 0, 1, 2, 3.\n")
    #expect(try render("b", "--step", "newest").exitCode == 64)
  }

  @Test("Another seed makes other sounds; seed 0 is the one of no seed")
  func seed() throws {
    try render("plain")
    try render("zero", "--seed", "0")
    try render("one", "--seed", "1")
    for name in ["0000.wav", "0001.wav"] {
      #expect(try clip("plain/\(name)").samples == clip("zero/\(name)").samples)
      #expect(try clip("plain/\(name)").samples != clip("one/\(name)").samples)
    }
    #expect(try bytes("plain/manifest.csv") == bytes("zero/manifest.csv"))
  }

  @Test("The average is used where there is one, unless it is refused")
  func average() throws {
    try render("plain")
    try render("with", "--average")
    try render("without", "--no-average")
    #expect(try bytes("plain/0000.wav") == bytes("with/0000.wav"))
    #expect(try clip("plain/0000.wav").samples != clip("without/0000.wav").samples)

    try train("bare", averageDecay: 0, steps: 1)
    let refused = try Program.run("render", "bare", "--out", "b", "--average", in: room.path)
    #expect(refused.exitCode == 64)
    #expect(
      refused.errors
        == "Error: --average: this run keeps no average of its generator; leave it out.\n")
    #expect(
      try Program.run("render", "bare", "--out", "b", "--no-average", in: room.path).exitCode == 0)
  }

  // MARK: How they sound

  @Test("Levels are as generated, 1 dB under full scale, or −23 LUFS where full scale allows")
  func gain() throws {
    func column(_ index: Int, of folder: String) throws -> [Double] {
      let rows = String(decoding: try bytes(folder + "/manifest.csv"), as: UTF8.self)
      return rows.split(separator: "\n").dropFirst()
        .compactMap { Double($0.split(separator: ",", omittingEmptySubsequences: false)[index]) }
    }
    try render("plain")
    try render("none", "--gain", "none")
    try render("peak", "--gain", "peak")
    try render("loud", "--gain", "loudness")
    #expect(try bytes("none/0000.wav") == bytes("plain/0000.wav"))
    // 10^(−1/20), and −23, to the decimals of the table and of 16 bits.
    #expect(try column(4, of: "peak").allSatisfy { abs($0 - 0.891251) < 2e-5 })
    // A sound of high peaks is held at full scale, below that loudness.
    #expect(
      try zip(column(4, of: "loud"), column(5, of: "loud")).allSatisfy { peak, loudness in
        abs(loudness + 23) < 0.011 || (peak > 0.9999 && loudness < -23)
      })
    #expect(try column(4, of: "plain").allSatisfy { abs($0 - 0.891251) > 0.001 })
    #expect(try column(5, of: "plain").allSatisfy { abs($0 + 23) > 0.02 })
    #expect(try column(4, of: "peak").count == 2)
  }

  @Test("A fade is half a cosine at both ends, as long as it is said")
  func fade() throws {
    try render("plain", "--encoding", "float32")
    try render("faded", "--encoding", "float32", "--fade", "50")
    let (plain, faded) = (try clip("plain/0000.wav").samples, try clip("faded/0000.wav").samples)
    // 50 ms at 16 kHz.
    let length = 800
    let largest = plain.indices.map { index in
      let place = min(index, plain.count - 1 - index)
      let weight =
        place < length
        ? Float(0.5 - 0.5 * cos(Double.pi * (Double(place) + 0.5) / Double(length))) : 1
      return abs(faded[index] - weight * plain[index])
    }.max()
    // A product below 1 is rounded by 6·10⁻⁸ at most.
    #expect(try #require(largest) < 1e-7)
    #expect(faded != plain)
  }

  // MARK: What is written

  @Test(
    "Each format and encoding is what the file then is",
    arguments: [
      ([], "wav", "WAV, 16-bit PCM"),
      (["--format", "wav", "--encoding", "pcm24"], "wav", "WAV, 24-bit PCM"),
      (["--encoding", "float32"], "wav", "WAV, 32-bit float"),
      (["--format", "flac"], "flac", "FLAC, 16-bit PCM"),
      (["--format", "flac", "--encoding", "pcm24"], "flac", "FLAC, 24-bit PCM"),
      (["--format", "aiff", "--encoding", "pcm16"], "aiff", "AIFF, 16-bit PCM"),
      (["--format", "aiff", "--encoding", "float32"], "aiff", "AIFF, 32-bit float"),
      (["--format", "ogg"], "ogg", "OGG, Vorbis"),
    ])
  func formats(options: [String], suffix: String, kind: String) throws {
    let outcome = try Program.run(
      ["render", "run", "--out", "a", "--count", "1"] + options, in: room.path)
    #expect(outcome.exitCode == 0)
    #expect(try files(in: "a") == ["0000.\(suffix)", "latents.safetensors", "manifest.csv"])
    let found = try Program.run("inspect", "a/0000.\(suffix)", "--json", in: room.path)
    #expect(try report(found)["encodings"] as? [String: Int] == [kind: 1])
  }

  @Test("Pictures and the sheet are made when they are wanted")
  func pictures() throws {
    let sounds = ["0000.wav", "0001.wav", "latents.safetensors", "manifest.csv"]
    try render("plain")
    try render("images", "--images")
    try render("sheet", "--sheet")
    #expect(try files(in: "plain") == sounds)
    #expect(try files(in: "images") == (sounds + ["0000.png", "0001.png"]).sorted())
    #expect(try files(in: "sheet") == (sounds + ["sheet.png"]).sorted())
    let signature = Data([0x89] + Array("PNG".utf8))
    for name in ["images/0000.png", "images/0001.png", "sheet/sheet.png"] {
      #expect(try bytes(name).prefix(4) == signature)
    }
    #expect(try bytes("images/0000.png") != bytes("images/0001.png"))
  }

  @Test("What is there is kept without --force, exit 73, and replaced with it")
  func force() throws {
    try render("a")
    let before = try bytes("a/0000.wav")
    let refused = try render("a", "--seed", "1")
    #expect(refused.exitCode == 73 && refused.output == "")
    #expect(
      refused.errors
        == "Error: a/manifest.csv exists already; choose another folder, or replace what is there "
        + "with --force.\n")
    #expect(try bytes("a/0000.wav") == before)
    #expect(try render("a", "--seed", "1", "--force").exitCode == 0)
    #expect(try bytes("a/0000.wav") != before)

    let file = try render("clips/0.wav")
    #expect(file.exitCode == 73)
    #expect(file.errors.hasPrefix("Error: clips/0.wav is a file where a folder is needed"))
  }

  @Test("A run that is not there is exit 66, and makes nothing")
  func missing() throws {
    let outcome = try Program.run("render", "none", "--out", "a", in: room.path)
    #expect(outcome.exitCode == 66)
    #expect(
      outcome.errors
        == "Error: none is not a run: it has no readable run.json; name the folder that was given to "
        + "train --run.\n")
    #expect(!FileManager.default.fileExists(atPath: room.path + "/a"))
  }
}
