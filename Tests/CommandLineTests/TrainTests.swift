import AudioFiles
import Foundation
import TestSupport
import Testing
import WaveGAN

@Suite("wavegan train")
struct TrainTests {
  private let folder: TemporaryFolder

  /// A network so small that a step takes milliseconds.
  private static let tiny =
    ["--dim", "2", "--batch", "2", "--window", "4096", "--threads", "1", "--generator", "wavegan"]
    + ["--discriminator", "waveform", "--loss", "wgan-gp", "--warm-up-steps", "0"]

  init() throws {
    folder = try TemporaryFolder()
    for index in 0..<6 {
      try add("kit/\(index < 3 ? "kick" : "snare")/\(index).wav", seed: UInt64(index))
    }
  }

  private func add(_ name: String, seed: UInt64) throws {
    let clip = MadeClips.noiseBurst(seed: seed, seconds: 0.2, sampleRate: 16_000)
    try AudioWriter(container: .wav).write(clip, to: folder.file(name), overwrites: true)
  }

  private func train(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["train"] + arguments, in: folder.path)
  }

  private func trainTiny(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["train", "kit"] + Self.tiny + arguments, in: folder.path)
  }

  private func checkpoint(_ run: String, step: Int) throws -> Data {
    let path = RunFolder("\(folder.path)/\(run)").checkpoint(step: step)
    return try Data(contentsOf: URL(fileURLWithPath: path))
  }

  private func object(_ outcome: Program.Outcome) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  // MARK: A run

  @Test("A run tells what it found, what it saves and what to type next")
  func run() throws {
    try folder.write([], to: "kit/empty.wav")
    try folder.write([], to: "kit/notes.txt")
    let outcome = try trainTiny("--run", "out/", "--steps", "3", "--checkpoint-every", "2")
    #expect(outcome.exitCode == 0)
    let record = try RunRecord(of: RunFolder(folder.path + "/out"))
    // How much memory a program has at its beginning depends on the system.
    let memory = try #require(
      outcome.errors.split(separator: "\n").first { $0.contains(" of memory: ") })
    #expect(
      memory.wholeMatch(
        of:
          /about \d+ MiB of memory: 1 MiB for the networks, \d MiB for a batch, 1 MiB for recordings/
      ) != nil, "\(memory)")
    #expect(
      outcome.errors == """
        6 recordings, 4 for training and 2 held out for evaluation
        2 files not used: 1 empty, 1 not audio (wavegan inspect explains)
        2 labels: kick 3, snare 3
        --sample-rate: 16,000 Hz, the rate that has the most sound
        4,096 samples at 16,000 Hz, mono; dim 2, latent 64, wgan-gp, batches of 2, seed 0, 1 thread
        generator of 20,890 parameters, discriminator of 4,537; in each step the discriminator learns \
        once, then the generator once
        \(memory)
        run \(record.id) in out

        step 2: checkpoint saved, out/checkpoints/step-00000002.safetensors
        step 2: previews written, out/previews/step-00000002
        step 3: checkpoint saved, out/checkpoints/step-00000003.safetensors
        step 3: previews written, out/previews/step-00000003

        """)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.first?.hasPrefix("Done: 3 steps in 0:0") == true)
    #expect(lines.contains("  previews    out/previews/step-00000003"))
    #expect(lines.contains("  checkpoint  out/checkpoints/step-00000003.safetensors"))
    #expect(lines.contains { $0.wholeMatch(of: #/  verdict     [a-z ]+: [a-z -]+/#) != nil })
    #expect(lines.last == "Next: wavegan render out --out out-sounds --count 16 --sheet")
  }

  @Test("--quiet says nothing, and --json one object")
  func json() throws {
    let quiet = try trainTiny("--run", "out", "--steps", "2", "--quiet")
    #expect(quiet.exitCode == 0)
    #expect(quiet.output == "" && quiet.errors == "")
    let outcome = try train("--resume", "out", "--steps", "3", "--json", "--quiet")
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors == "")
    let object = try object(outcome)
    #expect(object["run"] as? String == "out")
    #expect(object["id"] as? String == (try RunRecord(of: RunFolder(folder.path + "/out")).id))
    #expect(object["step"] as? Int == 3)
    #expect(object["outcome"] as? String == "finished")
    #expect(object["seconds"] is Double)
    #expect((object["metrics"] as? [String: Any])?["step"] as? Int == 3)
  }

  @Test("A settings file gives options, the command line wins, and --from takes weights along")
  func settings() throws {
    try folder.write(
      Array(#"{"window": 4096, "dim": 2, "batch": 4, "steps": 1, "threads": 1}"#.utf8), to: "s.json"
    )
    let first = try train("kit", "--run", "a", "--config", "s.json", "--batch", "2", "--quiet")
    #expect(first.exitCode == 0)
    let record = try RunRecord(of: RunFolder(folder.path + "/a"))
    #expect(record.settings.objective.batchSize == 2)
    #expect(record.settings.model.dim == 2)
    let second = try train("kit", "--run", "b", "--from", "a", "--config", "s.json", "--quiet")
    #expect(second.exitCode == 0)
    #expect(try RunRecord(of: RunFolder(folder.path + "/b")).origin != nil)
    // A run's own record is a settings file too.
    let third = try train(
      "kit", "--run", "c", "--config", "a/run.json", "--steps", "1", "--threads", "1", "--quiet")
    #expect(third.exitCode == 0)
    #expect(try RunRecord(of: RunFolder(folder.path + "/c")).settings == record.settings)
  }

  @Test("A warm-up and the relativistic loss train, stop and go on")
  func warmUp() throws {
    let first = try trainTiny(
      "--run", "out", "--steps", "4", "--warm-up-steps", "3", "--loss", "relativistic", "--json",
      "--quiet")
    #expect(first.exitCode == 0)
    let record = try RunRecord(of: RunFolder(folder.path + "/out"))
    #expect(record.settings.objective.warmUpSteps == 3)
    #expect(record.settings.objective.loss == .relativistic)
    let metrics = try #require(try object(first)["metrics"] as? [String: Any])
    #expect(metrics["reconstruction-loss"] is Double && metrics["critic-loss"] is Double)
    let verdict = try #require(metrics["verdict"] as? String)
    #expect(TrainingVerdict(rawValue: verdict) != nil)
    let refused = try train("--resume", "out", "--steps", "6", "--warm-up-steps", "5")
    #expect(refused.exitCode == 64)
    #expect(
      refused.errors.contains(
        "--warm-up-steps with --resume: a run goes on with the settings it began with"))
    #expect(try train("--resume", "out", "--steps", "6", "--quiet").exitCode == 0)
  }

  @Test("A warm-up that leaves no step to compete is told")
  func onlyWarmUp() throws {
    let outcome = try trainTiny("--run", "out", "--steps", "2", "--warm-up-steps", "3")
    #expect(outcome.exitCode == 0)
    #expect(
      outcome.errors.contains(
        "--steps 2: the warm-up of 3 steps takes all of them, so the networks do not compete\n"))
  }

  // MARK: Stopping

  @Test(
    "A signal saves and is exit 130; going on gives the bytes of a run never stopped",
    arguments: [SIGINT, SIGTERM])
  func interruption(signal: Int32) throws {
    let run = RunFolder(folder.path + "/a")
    let started = try StartedProgram(
      ["train", "kit", "--run", "a", "--steps", "1000000", "--checkpoint-every", "2", "--json"]
        + ["--preview-every", "1000"] + Self.tiny, in: folder)
    started.wait { (run.checkpointSteps.last ?? 0) >= 2 }
    let outcome = try started.end(with: signal)
    #expect(outcome.exitCode == 130)
    let object = try object(outcome)
    let step = try #require(object["step"] as? Int)
    #expect(object["outcome"] as? String == "interrupted")
    #expect(
      outcome.errors.hasSuffix(
        "Stopped after step \(step), and saved. Go on with: wavegan train --resume a\n"))
    #expect(run.checkpointSteps.last == step)

    let end = step + 3
    #expect(try train("--resume", "a", "--steps", "\(end)", "--quiet").exitCode == 0)
    #expect(
      try trainTiny("--run", "b", "--steps", "\(end)", "--checkpoint-every", "7", "--quiet")
        .exitCode == 0)
    #expect(try checkpoint("a", step: end) == checkpoint("b", step: end))
  }

  @Test("A run that was killed goes on to the bytes of a run never stopped")
  func killed() throws {
    let run = RunFolder(folder.path + "/a")
    let started = try StartedProgram(
      ["train", "kit", "--run", "a", "--steps", "1000000", "--checkpoint-every", "2", "--quiet"]
        + ["--preview-every", "1000"] + Self.tiny, in: folder)
    started.wait { (run.checkpointSteps.last ?? 0) >= 2 }
    _ = try started.end(with: SIGKILL)
    let end = try #require(run.checkpointSteps.last) + 3
    #expect(try train("--resume", "a", "--steps", "\(end)", "--quiet").exitCode == 0)
    #expect(
      try trainTiny("--run", "b", "--steps", "\(end)", "--checkpoint-every", "7", "--quiet")
        .exitCode == 0)
    #expect(try checkpoint("a", step: end) == checkpoint("b", step: end))
  }

  @Test("On a terminal the block is drawn and taken away, and the cursor is left as it was")
  func terminal() throws {
    var (owner, user): (Int32, Int32) = (0, 0)
    try #require(openpty(&owner, &user, nil, nil, nil) == 0)
    let terminal = FileHandle(fileDescriptor: user, closeOnDealloc: true)
    let process = Process()
    process.executableURL = Program.executable
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.arguments = ["train", "kit", "--run", "a", "--steps", "60", "--json"] + Self.tiny
    process.environment = ["TERM": "xterm", "LANG": "C.UTF-8", "NO_COLOR": "1"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = terminal
    try process.run()
    terminal.closeFile()
    var seen = Data()
    var buffer = [UInt8](repeating: 0, count: 4_096)
    // The system says EIO when the program's end of the terminal is closed.
    while true {
      let count = read(owner, &buffer, buffer.count)
      guard count > 0 else { break }
      seen += buffer.prefix(count)
    }
    close(owner)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let text = String(decoding: seen, as: UTF8.self)
    #expect(text.contains(" of 60  "))
    #expect(text.contains("losses"))
    let hidden = try #require(text.ranges(of: "\u{1B}[?25l").last)
    let shown = try #require(text.ranges(of: "\u{1B}[?25h").last)
    #expect(hidden.lowerBound < shown.lowerBound)
    let rest = text[shown.upperBound...]
    #expect(rest.drop { $0.isNewline }.hasPrefix("Done: 60 steps"))
    #expect(!text.contains("\u{1B}[36m"))
  }

  // MARK: Refusals

  @Test(
    "What does not go together is exit 64, in one sentence",
    arguments: [
      (
        [],
        "PATH is missing: say what to train on, as in wavegan train drums --run drums.run, or go on with a run by --resume."
      ),
      (
        ["kit"], "--run is missing: say which folder to make, as in wavegan train kit --run my.run."
      ),
      (
        ["kit", "--resume", "a"],
        "PATH with --resume: a run goes on with the recordings it began with; leave kit out, or begin a new run with --run."
      ),
      (
        ["--resume", "a", "--force"],
        "--force with --resume: a run goes on where it is and as it is; leave it out."
      ),
      (
        ["--resume", "a", "--config", "s.json"],
        "--config with --resume: a run goes on where it is and as it is; leave it out."
      ),
      (
        ["--resume", "a", "--steps", "5", "--critic-rate", "1"],
        "--critic-rate with --resume: a run goes on with the settings it began with; leave it out, or begin a new run from these weights with --from."
      ),
      (
        ["--resume", "a", "--preset", "paper"],
        "--preset with --resume: a run goes on with the settings it began with; leave it out, or begin a new run from these weights with --from."
      ),
      (
        ["kit", "--run", "a", "--steps", "3", "--minutes", "2"],
        "--steps 3 with --minutes 2.0: a run has one length; give one of the two."
      ),
      (["kit", "--run", "a", "--keep", "0"], "--keep 0: give a value from 1 to 1000000."),
    ])
  func refusals(arguments: [String], sentence: String) throws {
    let outcome = try Program.run(["train"] + arguments, in: folder.path)
    #expect(outcome.exitCode == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors == "Error: \(sentence)\n")
  }

  @Test("A run is not replaced without --force: exit 73")
  func existing() throws {
    #expect(try trainTiny("--run", "a", "--steps", "1", "--quiet").exitCode == 0)
    let before = try checkpoint("a", step: 1)
    let refused = try trainTiny("--run", "a", "--steps", "1", "--seed", "5")
    #expect(refused.exitCode == 73)
    #expect(
      refused.errors == """
        Error: a holds a run already; go on with train --resume, choose another folder, or \
        replace it with --force.

        """)
    #expect(try checkpoint("a", step: 1) == before)
    let replaced = try trainTiny("--run", "a", "--steps", "1", "--seed", "5", "--force", "--quiet")
    #expect(replaced.exitCode == 0)
    #expect(try checkpoint("a", step: 1) != before)
  }

  @Test("What is not there is exit 66")
  func missing() throws {
    let resumed = try train("--resume", "none")
    #expect(resumed.exitCode == 66)
    #expect(resumed.errors.hasPrefix("Error: none is not a run: "))
    let begun = try train("none", "--run", "a")
    #expect(begun.exitCode == 66)
    // A run keeps whole paths, so that it can be resumed from anywhere.
    #expect(begun.errors == "Error: \(folder.path)/none is not there.\n")
    #expect(try trainTiny("--run", "a", "--from", "none").exitCode == 66)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/a"))
  }

  @Test("Recordings that have changed, and recordings that are none, are exit 65")
  func unusable() throws {
    #expect(try trainTiny("--run", "a", "--steps", "1", "--quiet").exitCode == 0)
    try add("kit/kick/0.wav", seed: 77)
    let changed = try train("--resume", "a", "--steps", "2")
    #expect(changed.exitCode == 65)
    #expect(
      changed.errors.contains(
        #/^Error: .*\/kit\/kick\/0\.wav:? is not what it was when this run began/#))
    try folder.write(Array("junk".utf8), to: "junk/a.wav")
    let junk = try train("junk", "--run", "b")
    #expect(junk.exitCode == 65)
    #expect(junk.errors.contains(#/^Error: .*\/junk:? .*no recording/#))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/b"))
  }
}
