import AudioFiles
import Foundation
import Spectra
import TestSupport
import Testing
import WaveGAN

@Suite("Evaluations by labels")
struct EvaluationLabelTests {
  private let bench: RunBench
  private let run: RunFolder
  private let reference: Dataset

  /// A run that was told two labels, on 46 recordings of which half are held out: hisses and tones.
  init() throws {
    bench = try RunBench()
    for index in 0..<40 {
      if index % 2 == 0 {
        try bench.recordings.add("high/n\(index).wav", seed: UInt64(50 + index), seconds: 0.2)
      } else {
        try bench.recordings.add(
          "low/n\(index).wav",
          MadeClips.sine(
            frequencyHz: 200 + 10 * Double(index), seconds: 0.2, sampleRate: 16_000))
      }
    }
    let options = RunBench.options {
      $0.isConditional = true
      $0.holdout = 0.5
    }
    run = try bench.train("run", steps: 0, options)
    reference = try bench.recordings.dataset(RunRecord(of: run).settings.data)
  }

  private func clips(_ labels: [String] = [], count: Int = 20) throws -> RenderedClips {
    try RenderedClips(
      renderer: Renderer(run: run), path: "run", seed: 0, labels: labels, count: count)
  }

  @Test("A run that was told labels renders them in turn, or those that are asked for")
  func labels() throws {
    let turns = try clips()
    #expect((0..<4).map { turns.label(of: $0) } == ["high", "low", "high", "low"])
    let low = try clips(["low"])
    #expect((0..<3).map { low.label(of: $0) } == ["low", "low", "low"])
    // Label and clip belong together.
    let samples = try low.map([0, 1]) {
      $0.samples
    } progress: { _, _ in
    }
    let rendered = try clips().map([0, 1]) {
      $0.samples
    } progress: { _, _ in
    }
    #expect(samples[1] == rendered[1] && samples[0] != rendered[0])
    let refusal = #expect(throws: SettingsError.self) { try clips(["hat"]) }
    #expect(
      refusal?.description
        == "--only-labels hat: this run has the labels high, low; give one of these.")
  }

  @Test("Every row has label figures, the same for any number of threads, under documented keys")
  func figures() throws {
    let evaluations = try [1, 3].map { threadCount in
      try EvaluationJob(threadCount: threadCount).run(clips(), reference: reference)
    }
    #expect(evaluations[0] == evaluations[1])

    let evaluation = evaluations[0]
    #expect(evaluation.rows.allSatisfy { $0.labels != nil })
    // Nothing sounds more different than hiss and tone; the first six recordings are all hiss.
    #expect(try #require(evaluation.row(.heldOut)?.labels?.labelAccuracy) > 0.8)
    let confusion = try #require(evaluation.row(.allGenerated)?.labels?.confusion)
    #expect(confusion.map { $0.reduce(0, +) } == [10, 10])
    #expect(evaluation.remarks.first?.hasPrefix("The classifier learnt from") == true)
    let names = evaluation.picture.panels.map { panel in
      switch panel {
      case .bars(let bars): bars.title
      case .curves(let curves): curves.title
      }
    }
    #expect(names.contains("What a classifier of labels makes of them"))

    let keys = try JSONKeys(of: JSONEncoder().encode(evaluation)).all.map {
      $0.hasPrefix("reference.settings.") ? "reference.settings" : $0
    }
    #expect(
      try Article("EvaluatingSounds").differences(under: "Files and keys", from: Set(keys)) == [])
  }

  @Test("Without a classifier, or with one label, there are no label figures")
  func none() throws {
    let without = try EvaluationJob(judgesLabels: false).run(clips(), reference: reference)
    #expect(without.rows.allSatisfy { $0.labels == nil })
    #expect(!without.remarks.contains { $0.contains("classifier") })
    var settings = reference.settings
    settings.onlyLabels = ["low"]
    let one = try EvaluationJob().run(
      clips(["low"]), reference: bench.recordings.dataset(settings))
    #expect(one.rows.allSatisfy { $0.labels == nil })
  }

  @Test("Progress tells of the classifier, and may end its training")
  func progress() throws {
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try EvaluationJob().run(clips(), reference: reference) { stage, done, _ in
        if stage == .classifier && done == 2 { throw Enough() }
      }
    }
  }
}
