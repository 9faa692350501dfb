import AudioFiles
import Foundation
import TestSupport
import Testing
import WaveGAN

@Suite("render")
struct RenderTests {
  private let room: TemporaryFolder

  /// Makes a tiny run, “run”, with an empty past: one step.
  init() throws {
    room = try TemporaryFolder()
    let clip = MadeClips.noiseBurst(seed: 1, seconds: 0.3, sampleRate: 16_000)
    for index in 0..<3 {
      try AudioWriter(container: .wav).write(
        index == 0
          ? clip : MadeClips.noiseBurst(seed: UInt64(index), seconds: 0.2, sampleRate: 16_000),
        to: room.file("clips/\(index).wav"))
    }
    var options = TrainingOptions()
    options.windowLength = 4_096
    options.dim = 1
    options.latentSize = 4
    options.batchSize = 2
    options.steps = 1
    options.threads = 1
    try TrainingRun(
      paths: [room.path + "/clips"], options: options, folder: RunFolder(room.path + "/run")
    ).train(shouldStop: { true })
  }

  private func render(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["render", "run"] + arguments, in: room.path)
  }

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: room.path + "/" + name))
  }

  @Test("A walk takes negative values, goes on from files, and each of its files is made again")
  func walks() throws {
    let sweep = try render(
      "--out", "a", "--sweep", "3", "-2", "-1.5", "--count", "2", "--spread", "0.5")
    #expect(sweep.exitCode == 0 && sweep.output == "Rendered 2 clips in a.\n")
    #expect(try render("--morph", "a/0001.wav", "7:3", "--out", "b", "--count", "3").exitCode == 0)
    #expect(try render("--out", "c", "--near", "b/0001.wav", "--count", "2").exitCode == 0)
    #expect(try render("--out", "d", "--recall", "c/0001.wav").exitCode == 0)
    #expect(try bytes("d/0001.wav") == bytes("c/0001.wav"))

    // The spread of the file that a walk begins with is that of the walk.
    let provenance = try ClipProvenance(ofFile: room.path + "/c/0001.wav")
    #expect(provenance.settings.spread == 0.5)
    #expect(
      provenance.origin.description
        == "variation of (morph of (sweep of 0:0 coordinate 3 from -2.0 to -1.5 at 1/1) and 7:3 at "
        + "1/2) amount 0.3 drawn 0:1")
  }

  @Test(
    "Wrong use ends with 64 and a sentence, and makes nothing",
    arguments: [
      (["--morph", "5"], "--morph takes two sounds, as in --morph 3 4 or --morph a.wav b.wav."),
      (
        ["--morph", "1", "2", "--count", "1"],
        "--count 1: a walk has a beginning and an end; give a number from 2."
      ),
      (
        ["--morph", "1", "2", "--near", "3"],
        "--morph and --near exclude each other; give one of them."
      ),
      (
        ["--morph", "1", "2", "--seed", "3"],
        "--morph draws nothing, so --seed has no meaning for it."
      ),
      (
        ["--sweep", "9", "0", "1"],
        "--sweep 9: this run has 4 coordinates; give an index from 0 to 3."
      ),
      (
        ["--sweep", "-1", "0", "1"],
        "--sweep -1: this run has 4 coordinates; give an index from 0 to 3."
      ),
      (
        ["--sweep", "3", "1"],
        "--sweep takes the index of a coordinate and two numbers, as in --sweep 7 -2 2."
      ),
      (["--amount", "0.2"], "--amount says how far --near goes; give --near too."),
      (["--near", "1", "--amount", "2"], "--amount 2.0: give a number from 0 to 1."),
      (["--of", "2"], "--of names the sound that --sweep changes; give --sweep too."),
      (
        ["--sweep", "1", "0", "1", "--of", "2", "--seed", "2"],
        "--of and --seed both say which sound to sweep; give one of them."
      ),
      (
        ["--format", "ogg", "--encoding", "pcm24"],
        "Ogg files hold Vorbis, so --encoding has no meaning for them."
      ),
      (
        ["--format", "flac", "--encoding", "float32"],
        "--encoding float32: flac files cannot hold float32; use pcm16 or pcm24."
      ),
    ])
  func wrongUse(arguments: [String], sentence: String) throws {
    let outcome = try Program.run(["render", "run", "--out", "x"] + arguments, in: room.path)
    #expect(outcome.exitCode == 64)
    #expect(outcome.errors.hasPrefix("Error: \(sentence)\n"))
    #expect(!FileManager.default.fileExists(atPath: room.path + "/x"))
  }

  @Test("Files of different spreads need to be told which one to use")
  func differingFiles() throws {
    _ = try render("--out", "a", "--count", "1")
    _ = try render("--out", "b", "--count", "1", "--spread", "2")
    let outcome = try render("--out", "c", "--morph", "a/0000.wav", "b/0000.wav")
    #expect(outcome.exitCode == 64)
    #expect(
      outcome.errors
        == "Error: --spread: a/0000.wav was rendered with 1.0 and b/0000.wav with 2.0; say which to "
        + "use.\n")
    #expect(
      try render("--out", "c", "--morph", "a/0000.wav", "b/0000.wav", "--spread", "1").exitCode == 0
    )
  }

  @Test("A file with the average and one without it need to be told apart in words")
  func differingAverages() throws {
    _ = try render("--out", "a", "--count", "1", "--average")
    _ = try render("--out", "b", "--count", "1", "--no-average")
    let outcome = try render("--out", "c", "--morph", "a/0000.wav", "b/0000.wav")
    #expect(outcome.exitCode == 64)
    #expect(
      outcome.errors
        == "Error: --average: a/0000.wav was rendered with the run's average and b/0000.wav without "
        + "it; say which to use.\n")
  }

  @Test("A walk from a file does not take other weights than the file's without being told to")
  func otherWeights() throws {
    _ = try render("--out", "a", "--count", "1")
    let step = try ClipProvenance(ofFile: room.path + "/a/0000.wav").step
    let checkpoint = RunFolder(room.path + "/run").checkpoint(step: step)
    var weights = try Data(contentsOf: URL(filePath: checkpoint))
    // The last bit of the fraction of the last number.
    weights[weights.count - 4] ^= 1
    try weights.write(to: URL(filePath: checkpoint))
    let outcome = try render("--out", "b", "--near", "a/0000.wav", "--count", "1")
    #expect(outcome.exitCode == 65)
    #expect(
      outcome.errors
        == "Error: a/0000.wav was made from a checkpoint of step \(step) that run no longer has; to "
        + "walk with another, choose it with --step.\n")
    #expect(!FileManager.default.fileExists(atPath: room.path + "/b"))
    #expect(
      try render("--out", "b", "--near", "a/0000.wav", "--count", "1", "--step", "latest").exitCode
        == 0)
  }

  @Test("A walk goes between recordings that the run learnt from, and no others")
  func recordings() throws {
    let report = try JSONDecoder().decode(DatasetReport.self, from: bytes("run/dataset.json"))
    let names = { (part: DatasetPart) in report.used.filter { $0.part == part }.map(\.path) }
    let learnt = names(.training)
    #expect(learnt.count == 2)
    let walk = try render("--out", "a", "--morph", learnt[0], learnt[1], "--count", "3")
    #expect(walk.exitCode == 0 && walk.output == "Rendered 3 clips in a.\n")
    #expect(try render("--out", "b", "--recall", "a/0001.wav").exitCode == 0)
    #expect(try bytes("a/0001.wav") == bytes("b/0001.wav"))
    // On from there, and to a seed.
    #expect(try render("--out", "c", "--morph", "a/0001.wav", "3", "--count", "2").exitCode == 0)

    let heldOut = try #require(names(.heldOut).first)
    let refused = try render("--out", "d", "--morph", learnt[0], heldOut)
    #expect(refused.exitCode == 65)
    #expect(
      refused.errors
        == "Error: \(heldOut) was held out of training, so run has no vector for it; give one of the "
        + "recordings that dataset.json lists as “training”.\n")
    #expect(!FileManager.default.fileExists(atPath: room.path + "/d"))
  }

  @Test("Ctrl-C leaves what is finished, with its manifest and latents, and ends with 130")
  func interruption() throws {
    let program = try StartedProgram(
      ["render", "run", "--out", "many", "--count", "1000000", "--json"], in: room)
    program.wait { FileManager.default.fileExists(atPath: room.path + "/many/0040.wav") }
    let outcome = try program.end(with: SIGINT)
    #expect(outcome.exitCode == 130)
    #expect(outcome.errors.hasPrefix("Interrupted after "))
    let names = try FileManager.default.contentsOfDirectory(atPath: room.path + "/many")
    #expect(names.allSatisfy { !$0.hasPrefix(".") } && names.contains("latents.safetensors"))
    let rows = try String(decoding: bytes("many/manifest.csv"), as: UTF8.self).split(
      separator: "\n")
    #expect(rows.count == 1 + names.count { $0.hasSuffix(".wav") })
  }
}
