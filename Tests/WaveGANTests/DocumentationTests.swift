import AudioFiles
import Foundation
import NeuralNet
import TestSupport
import Testing
import WaveGAN

/// The article “Files of a run” names every key that is written, and no other.
///
/// Three small runs together write all keys, those that are only sometimes there included.
@Suite("The reference of files")
struct DocumentationTests {
  private let bench: RunBench
  private let article: Article
  private let first: RunFolder
  private let second: RunFolder

  init() throws {
    article = try Article("FilesOfARun")
    bench = try RunBench()
    try bench.recordings.add("notes.txt", bytes: Array("no sound".utf8))
    // Six for training: of fewer there is no precision and coverage.
    try bench.recordings.add("high/8.wav", seed: 8, seconds: 0.3)
    try AudioWriter(container: .wav).write(
      MadeClips.noiseBurst(seed: 9, seconds: 0.3, sampleRate: 16_000),
      to: bench.recordings.path + "/low/9.wav", comment: "who recorded it")
    first = try bench.train(
      // Its one line of metrics is over both steps, so it has the figures of either kind.
      "first", steps: 2,
      RunBench.options {
        $0.normalization = .loudness
        $0.alignsOnset = true
        $0.postFilter = true
        $0.warmUpSteps = 1
        $0.discriminators = .both
        $0.loss = .hinge
        $0.spectralPenalty = 1
        $0.penaltyEvery = 2
        $0.warmUpNoise = 0.1
        $0.warmUpPull = 0.1
        $0.priorBandwidth = 0.5
        $0.reconstruction = 0.5
        $0.augmentation = 0.5
        $0.ditherDecibels = -80
        $0.isConditional = true
      })
    second = try bench.begin(
      "second",
      RunBench.options {
        $0.postFilter = true
        $0.discriminators = .both
        $0.isConditional = true
        $0.steps = nil
        $0.minutes = 1
        $0.stopWhenSettled = 1
      }, origin: first
    ).folder
  }

  @Test("It has every key of run.json")
  func record() throws {
    let spectral = try bench.begin("spectral", RunBench.options { $0.generator = .istft }).folder
    let keys = try [first, second, spectral].flatMap { try JSONKeys(ofFile: $0.record).all }
    let written = keys.map {
      $0.replacing(/\.\d+/, with: ".N").replacing(/stft-\d+/, with: "stft-N")
    }
    #expect(article.differences(under: "run.json", from: Set(written)) == [])
  }

  @Test("It has every key of metrics.jsonl")
  func metrics() throws {
    let text = try String(contentsOf: URL(filePath: first.metrics), encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first)
    let keys = try JSONKeys(of: Data(line.utf8)).all
    #expect(article.differences(under: "metrics.jsonl", from: keys) == [])
  }

  @Test("It has every key of dataset.json")
  func dataset() throws {
    let keys = try JSONKeys(ofFile: first.dataset).all
    #expect(article.differences(under: "dataset.json", from: keys) == [])
  }

  @Test("It has every tensor and every key of a checkpoint")
  func checkpoint() throws {
    let normalized = try bench.train(
      "normalized", steps: 1,
      RunBench.options {
        $0.loss = .hinge
        $0.batchNormalization = true
      })
    let spectral = try bench.train("spectral", steps: 0, RunBench.options { $0.generator = .istft })
    var names: Set<String> = []
    for (run, step) in [(first, 0), (first, 2), (normalized, 1), (spectral, 0)] {
      let file = try SafetensorsFile(Data(contentsOf: URL(filePath: run.checkpoint(step: step))))
      #expect(
        article.differences(under: "Checkpoints", from: Set(file.metadata.keys))
          == (run == first ? [] : ["warm-up-recordings"]))
      names.formUnion(file.tensors.keys)
    }
    let parts = article.names(under: "Checkpoints", header: "| part |")
    let parameters = article.names(under: "Checkpoints", header: "| parameter |")
    var used: Set<String> = []
    for name in names {
      let name = name.replacing(/stft-\d+/, with: "stft-N")
      let part = try #require(
        parts.filter { name.hasPrefix($0) }.max { $0.count < $1.count }, "\(name)")
      let parameter = String(name.dropFirst(part.count)).replacing(/\.\d+\./, with: ".N.")
      used.formUnion([part, parameter])
    }
    #expect(used.symmetricDifference(parts.union(parameters)).sorted() == [])
  }

  @Test("It has every key that rendering writes")
  func rendering() throws {
    let folder = bench.path("sounds")
    try RenderJob(folder: folder, count: 1).run(Renderer(run: first))
    let manifest = try String(contentsOfFile: folder + "/manifest.csv", encoding: .utf8)
    let columns = manifest.prefix { $0 != "\n" }.split(separator: ",").map(String.init)
    #expect(article.differences(under: "manifest.csv", from: Set(columns)) == [])

    let comment = try #require(AudioFileInfo(path: folder + "/0000.wav").comment)
    let keys = try JSONKeys(of: Data(comment.utf8)).all
    #expect(article.differences(under: "The comment field", from: keys) == [])

    let latents = try SafetensorsFile(
      Data(contentsOf: URL(filePath: folder + "/latents.safetensors")))
    #expect(latents.tensors.keys.sorted() == ["latents"])
    #expect(
      article.differences(under: "latents.safetensors", from: Set(latents.metadata.keys)) == [])
  }
}
