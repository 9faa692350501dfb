import AudioFiles
import Foundation
import TestSupport
import Testing
import WaveGAN

@Suite("wavegan evaluate")
struct EvaluateTests {
  private let room: TemporaryFolder

  /// Makes 30 recordings, “kit”, and 8 clips, “sounds”.
  init() throws {
    room = try TemporaryFolder()
    for index in 0..<38 {
      let clip = MadeClips.noiseBurst(
        seed: UInt64(index), seconds: 0.1 + 0.004 * Double(index), sampleRate: 8_000)
      try AudioWriter(container: .wav).write(
        clip, to: room.file(index < 30 ? "kit/\(index).wav" : "sounds/\(index).wav"))
    }
  }

  private func evaluate(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["evaluate"] + arguments, in: room.path)
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: room.path + "/" + folder).sorted()
  }

  @Test("It prints a table with a column for each comparison, and what may be copied")
  func table() throws {
    let outcome = try evaluate("sounds", "--reference", "kit")
    #expect(outcome.exitCode == 0 && outcome.errors == "")
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    #expect(
      lines[0...1].joined(separator: " ")
        == "sounds: 8 clips against 27 training clips, beside 3 held out; the first 4,096 samples at "
        + "8,000 Hz.")
    #expect(
      lines[3] == "                           training   held-out  generated   training  generated")
    #expect(
      lines[5] == "Clips on each side                3          3          3          8          8")
    #expect(lines[8].hasPrefix("Precision ↑                       –          –          –      "))
    #expect(
      outcome.output.contains(
        "There are too few clips to tell whether generated ones are copies.\n"))
    #expect(outcome.output.hasSuffix("coverage; they\ntake 6.\n"))
    #expect(try evaluate("sounds", "--reference", "kit", "--quiet").output == outcome.output)
  }

  @Test("The object and the files hold the same figures, and files are not replaced unasked")
  func files() throws {
    let json = try evaluate("sounds", "--reference", "kit", "--json")
    #expect(json.exitCode == 0)
    let made = try evaluate("sounds", "--reference", "kit", "--out", "judged", "--pairs", "2")
    #expect(made.output.hasSuffix("\n\nWrote judged.\n"))
    #expect(
      try names(in: "judged") == ["evaluation.json", "evaluation.png", "nearest.csv", "pairs"])
    #expect(
      try names(in: "judged/pairs") == [
        "generated-0000.wav", "generated-0001.wav", "sheet.png", "training-0000.wav",
        "training-0001.wav",
      ])
    let file = try Data(contentsOf: URL(filePath: room.path + "/judged/evaluation.json"))
    #expect(String(decoding: file, as: UTF8.self) == json.output)
    let evaluation = try JSONDecoder().decode(Evaluation.self, from: file)
    #expect(evaluation.generated.path == "sounds" && evaluation.rows.count == 5)
    #expect(json.output.contains("\"precision\" : null"))

    let table = try String(
      contentsOf: URL(filePath: room.path + "/judged/nearest.csv"), encoding: .utf8)
    let rows = table.split(separator: "\n")
    #expect(rows[0] == "set,clip,label,training,distance")
    #expect(rows.count == 1 + 8 + 3)
    #expect(rows[1].hasPrefix("generated,sounds/") && rows[9].hasPrefix("held-out,kit/"))

    let again = try evaluate("sounds", "--reference", "kit", "--out", "judged")
    #expect(again.exitCode == 73)
    #expect(
      again.errors
        == "Error: judged/evaluation.json exists already; choose another folder, or replace what is "
        + "there with --force.\n")
    let forced = try evaluate(
      "sounds", "--reference", "kit", "--out", "judged", "--pairs", "0", "--force")
    #expect(forced.exitCode == 0)
  }

  @Test("A run is judged by its own recordings, and renders what render renders")
  func run() throws {
    var options = TrainingOptions()
    options.windowLength = 4_096
    options.dim = 1
    options.latentSize = 4
    options.batchSize = 2
    options.steps = 1
    options.threads = 1
    try TrainingRun(
      paths: [room.path + "/kit"], options: options, folder: RunFolder(room.path + "/run")
    ).train(shouldStop: { true })
    let judged = try evaluate("run", "--count", "6", "--json", "--out", "a", "--pairs", "0")
    #expect(judged.exitCode == 0)
    let ofRun = try JSONDecoder().decode(Evaluation.self, from: Data(judged.output.utf8))
    #expect(ofRun.generated.step == 0 && ofRun.generated.clips == 6)
    #expect(ofRun.nearest.generated.map(\.clip) == (0..<6).map { "000\($0)" })

    let rendered = try Program.run(
      "render", "run", "--out", "files", "--count", "6", "--encoding", "float32", in: room.path)
    #expect(rendered.exitCode == 0)
    let ofFiles = try JSONDecoder().decode(
      Evaluation.self,
      from: Data(
        try evaluate("files", "--reference", "kit", "--window", "4096", "--json").output.utf8))
    // The files are in another order, which shows in the order of sums.
    let (a, b) = (ofRun.row(.allGenerated)?.figures, ofFiles.row(.allGenerated)?.figures)
    let (x, y) = (try #require(a?.trainDistance), try #require(b?.trainDistance))
    #expect(abs(x - y) < 1e-9 * x)

    let refused = try evaluate("run", "--window", "8192")
    #expect(refused.exitCode == 64)
    #expect(
      refused.errors
        == "Error: --window: the run decides this; leave it out, or evaluate a folder of clips.\n")
  }

  @Test("A run that was told labels is judged by them, or by those that are asked for")
  func labels() throws {
    for index in 0..<16 {
      let clip =
        index % 2 == 0
        ? MadeClips.noiseBurst(seed: UInt64(index), seconds: 0.2, sampleRate: 8_000)
        : MadeClips.sine(
          frequencyHz: 200 + 20 * Double(index), seconds: 0.2, sampleRate: 8_000)
      try AudioWriter(container: .wav).write(
        clip, to: room.file("drums/\(["snare", "tom"][index % 2])/\(index).wav"))
    }
    var options = TrainingOptions()
    options.windowLength = 4_096
    options.dim = 1
    options.latentSize = 4
    options.batchSize = 2
    options.steps = 1
    options.threads = 1
    options.isConditional = true
    options.holdout = 0.25
    try TrainingRun(
      paths: [room.path + "/drums"], options: options, folder: RunFolder(room.path + "/run")
    ).train(shouldStop: { true })

    let judged = try evaluate("run", "--out", "judged", "--pairs", "0")
    #expect(judged.exitCode == 0 && judged.errors == "")
    let file = try Data(contentsOf: URL(filePath: room.path + "/judged/evaluation.json"))
    let figures = try #require(
      try JSONDecoder().decode(Evaluation.self, from: file).row(.allGenerated)?.labels)
    let accuracy = try #require(figures.labelAccuracy)
    let worst = try #require(figures.labelAccuracies.compactMap(\.self).min())
    let lines = judged.output.split(separator: "\n").map(String.init)
    func line(_ name: String, endsWith figure: Double) -> Bool {
      lines.contains {
        $0.hasPrefix(name) && $0.hasSuffix("  " + String(format: "%.3f", figure))
      }
    }
    // Hiss and tones are told apart, and a generator that has learnt nothing makes neither.
    #expect(
      lines.contains { $0.hasPrefix("Label accuracy ↑              1.000      1.000      ") })
    #expect(accuracy < 0.9)
    #expect(line("Label accuracy ↑", endsWith: accuracy))
    #expect(line("  of the worst label ↑", endsWith: worst))
    #expect(line("Inception Score ↑", endsWith: figures.inceptionScore))
    #expect(line("AM score ↓", endsWith: figures.amScore))
    #expect(judged.output.contains("\nOf the generated clips, those of the label "))

    let without = try evaluate("run", "--no-classifier")
    #expect(without.exitCode == 0 && !without.output.contains("Label accuracy"))

    let toms = try evaluate("run", "--only-labels", "tom", "--json")
    let evaluation = try JSONDecoder().decode(Evaluation.self, from: Data(toms.output.utf8))
    #expect(evaluation.nearest.generated.map(\.label) == Array(repeating: "tom", count: 6))
    #expect(evaluation.reference.labels == ["tom"])
    #expect(evaluation.rows.allSatisfy { $0.labels == nil })
  }

  @Test("A file that cannot be decoded is named, and the others are judged")
  func damaged() throws {
    let finite = try AudioWriter(container: .wav, encoding: .float32).encode(
      MadeClips.noiseBurst(seed: 1, seconds: 0.1, sampleRate: 8_000), path: "infinite.wav")
    try room.write(finite.dropLast(4) + [0, 0, 0x80, 0x7F], to: "sounds/infinite.wav")
    let outcome = try evaluate("sounds", "--reference", "kit")
    #expect(outcome.exitCode == 0)
    #expect(
      outcome.errors
        == "Not judged: sounds/infinite.wav holds samples that are infinite or not numbers.\n")
    #expect(outcome.output.contains("sounds: 8 clips against"))
  }

  @Test(
    "Wrong use ends with its code and a sentence",
    arguments: [
      (
        ["sounds"], 64,
        "--reference: sounds is no run; name recordings to compare its clips with."
      ),
      (
        ["sounds", "--reference", "kit", "--step", "best"], 64,
        "--step: sounds is no run, and its clips are what they are; leave it out."
      ),
      (["none", "--reference", "kit"], 66, "none is not there; name a run, or a folder of clips."),
      (["sounds", "--reference", "none"], 66, "none is not there."),
      (
        ["sounds", "--reference", "kit", "--count", "0"], 64,
        "--count 0: give a number from 1 to 2,000."
      ),
      (
        ["sounds", "--reference", "kit", "--pairs", "3"], 64,
        "--pairs are written to a folder; give --out too."
      ),
      (
        ["empty", "--reference", "kit"], 65,
        "empty holds no sound file that can be evaluated; name a run, or a folder of generated clips."
      ),
    ])
  func wrongUse(arguments: [String], code: Int, sentence: String) throws {
    try room.write(Array("nothing".utf8), to: "empty/notes.txt")
    let outcome = try Program.run(["evaluate"] + arguments, in: room.path)
    #expect(Int(outcome.exitCode) == code)
    #expect(outcome.errors.contains("Error: \(sentence)\n"))
    #expect(outcome.output == "")
  }
}
