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

  private func clips(
    _ labels: [String] = [], seed: UInt64 = 0, reference: Dataset? = nil, count: Int = 20
  ) throws -> RenderedClips {
    try RenderedClips(
      renderer: Renderer(run: run), path: "run", seed: seed, labels: labels,
      reference: reference ?? self.reference, count: count)
  }

  private func labels(_ clips: RenderedClips) -> [String?] {
    (0..<clips.count).map { clips.label(of: $0) }
  }

  @Test("Each clip has the label of the training recording beside it, and starts again after all")
  func beside() throws {
    for index in 0..<6 { try bench.recordings.add("low/m\(index).wav", seed: UInt64(700 + index)) }
    let uneven = try bench.recordings.dataset(reference.settings)
    for seed: UInt64 in [0, 1] {
      let beside = ReferenceDraw(from: uneven, seed: seed).training.map { uneven.clips[$0].label }
      #expect(beside.count { $0 == "low" } > beside.count { $0 == "high" })
      let clips = try clips(seed: seed, reference: uneven, count: beside.count + 2)
      #expect(labels(clips) == beside + beside.prefix(2))
    }
  }

  @Test("Labels that the run was not told do not count; without one that it was, they come in turn")
  func unknown() throws {
    let folder = try MadeFolder()
    for index in 0..<12 {
      try folder.add("\(["low", "mid"][index % 2])/\(index).wav", seed: UInt64(index))
    }
    var settings = reference.settings
    #expect(Set(labels(try clips(reference: folder.dataset(settings)))) == ["low"])
    settings.onlyLabels = ["mid"]
    #expect(
      try labels(clips(reference: folder.dataset(settings), count: 3)) == ["high", "low", "high"])
  }

  @Test("A clip is the one that render makes with its label, or with the one that is asked for")
  func asked() throws {
    func samples(_ clips: RenderedClips) throws -> [[Float]] {
      try clips.map(Array(0..<clips.count)) {
        $0.samples
      } progress: { _, _ in
      }
    }
    let low = try clips(["low"])
    #expect(Set(labels(low)) == ["low"])
    var rendered: [[Float]] = []
    try Renderer(run: run).render(.seed(0, labels: ["low"]), indices: 0..<20) {
      rendered.append($0.clip.samples)
      return true
    }
    let isSame = try samples(low) == rendered
    #expect(isSame)
    let all = try clips()
    let places = (0..<20).filter { all.label(of: $0) == "low" }
    let both = try samples(all)
    #expect(!places.isEmpty && places.count < 20)
    #expect((0..<20).filter { both[$0] == rendered[$0] } == places)
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
    let labels = try labels(clips())
    #expect(
      confusion.map { $0.reduce(0, +) }
        == reference.labels.map { label in labels.count { $0 == label } })
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
