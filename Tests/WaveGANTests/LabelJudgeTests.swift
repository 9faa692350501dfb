import AudioFiles
import Foundation
import NeuralNet
import TestSupport
import Testing
import WaveGAN

@Suite("Figures by labels")
struct LabelJudgeTests {
  private static let meter = ClipMeter(
    DataSettings(sampleRate: 8_000, windowLength: 4_096, labels: .folders))

  /// Low tones, label 0, and high ones, label 1, in turn.
  private static func tones(_ count: Int, from first: Int = 0) -> [ClipFeatures] {
    (first..<first + count).map { index in
      let label = index % 2
      let clip = MadeClips.sine(
        frequencyHz: (label == 0 ? 200 : 1_500) + 5 * Double(index), seconds: 0.3,
        sampleRate: 8_000)
      return meter.measure(meter.window(of: clip), label: label)
    }
  }

  private static func judge(_ clips: [ClipFeatures], labelCount: Int = 2) -> LabelJudge {
    LabelJudge(
      training: clips, labelCount: labelCount, features: meter.features, seed: 3,
      team: ThreadTeam(threadCount: 2), steps: 80, progress: { _, _ in })
  }

  @Test("Clips that are what they claim are recognised, and are as far from others as those")
  func right() throws {
    let training = Self.tones(40)
    let others = Self.tones(20, from: 41)
    let figures = try #require(Self.judge(training).figures(of: others, against: training))
    #expect(figures.labelAccuracy == 1)
    #expect(figures.labelAccuracies == [1, 1])
    #expect(figures.confusion == [[10, 0], [0, 10]])
    // Two labels, each nearly sure: 2 and 0 at most, of which smoothing takes some.
    #expect((1.6...2).contains(figures.inceptionScore))
    #expect(figures.modifiedInceptionScore > figures.inceptionScore)
    #expect((0..<0.4).contains(figures.amScore))
  }

  @Test("A wrong claim counts against the label that was claimed, and none counts for nothing")
  func claims() throws {
    let training = Self.tones(40)
    var clips = Self.tones(20, from: 41)
    // Ten are low; of these five claim to be high, and five nothing.
    var lowCount = 0
    for index in clips.indices where clips[index].label == 0 {
      clips[index].label = lowCount < 5 ? 1 : nil
      lowCount += 1
    }
    let figures = try #require(
      Self.judge(training, labelCount: 3).figures(of: clips, against: training))
    #expect(figures.confusion == [[0, 0, 0], [5, 10, 0], [0, 0, 0]])
    #expect(figures.labelAccuracy == 10.0 / 15)
    #expect(figures.labelAccuracies == [nil, 10.0 / 15, nil])
    #expect(figures.leastLabel == 1)
  }

  @Test("Without a claim there are scores and no accuracy, and without a clip there is nothing")
  func nothing() throws {
    let training = Self.tones(20)
    let judge = Self.judge(training)
    #expect(judge.figures(of: [], against: training) == nil)
    var clips = Self.tones(1)
    clips[0].label = nil
    let figures = try #require(judge.figures(of: clips, against: training))
    #expect(figures.labelAccuracy == nil && figures.leastLabel == nil)
    #expect(figures.classifierDistance == nil)
    // One clip is as all clips are.
    #expect(figures.inceptionScore == 1)
    let text = String(decoding: try JSONEncoder().encode(figures), as: UTF8.self)
    #expect(text.contains(#""labelAccuracy":null"#) && text.contains("[null,null]"))
    #expect(text.contains(#""classifierDistance":null"#))
    #expect(try JSONDecoder().decode(LabelFigures.self, from: Data(text.utf8)) == figures)
  }

  @Test("The classifier's distance is 0 to the same clips, and large to those of one label alone")
  func distance() throws {
    let training = Self.tones(40)
    let judge = Self.judge(training)
    func distance(_ clips: [ClipFeatures]) throws -> Double {
      try #require(judge.figures(of: clips, against: training)?.classifierDistance)
    }
    let others = try distance(Self.tones(40, from: 41))
    // Differences of sums of squares in 64 bits.
    #expect(abs(try distance(training)) < 1e-6 * others)
    #expect(try distance(training.filter { $0.label == 0 }) > 2 * others)
  }
}
