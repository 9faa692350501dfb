import Foundation
import ListeningTests
import NeuralNet
import Testing

@Suite("Bootstrap")
struct BootstrapTests {
  /// Ratings of a population in which listeners, clips and moods are drawn from normal distributions.
  private struct Population {
    var listeners = 20
    var clips = 16
    var listenerDeviation = 0.4
    var clipDeviation = 0.4
    var restDeviation = 0.8
    /// Whether ratings are whole numbers from 1 to 5.
    var isRounded = false

    /// One experiment: the ratings, and the mean that all listeners would give these clips.
    func experiment(_ number: Int) -> (series: RatingSeries, meanOfClips: Double) {
      var stream = RandomStream(seed: 20, purpose: .resampling, step: 1 + number)
      let tastes = (0..<listeners).map { _ in listenerDeviation * Double(stream.nextNormal()) }
      let qualities = (0..<clips).map { _ in 3 + clipDeviation * Double(stream.nextNormal()) }
      let rows = tastes.map { taste in
        qualities.enumerated().map { clip, quality in
          let value = quality + taste + restDeviation * Double(stream.nextNormal())
          return RatingSeries.Cell(
            clip: clip, value: isRounded ? min(max(value.rounded(), 1), 5) : value)
        }
      }
      let series = RatingSeries(clips: (0..<clips).map { "\($0)" }, rows: rows)
      return (series, qualities.reduce(0, +) / Double(clips))
    }
  }

  /// How many of so many experiments have intervals that hold the truth.
  private func coverage(
    _ population: Population, experiments: Int, draws: Int
  ) throws -> (t: Double, listeners: Double, both: Double) {
    var covered = (t: 0, listeners: 0, both: 0)
    for number in 0..<experiments {
      let (series, truth) = population.experiment(number)
      let bootstrap = RatingBootstrap(
        [series], quantities: [.mean(0)], drawCount: draws, seed: UInt64(number))
      let t = try #require(Interval(ofMeanOf: series.listenerMeans.compactMap(\.self)))
      let listeners = try #require(bootstrap.listenerInterval(0))
      let both = try #require(bootstrap.listenerAndClipInterval(0))
      if t.holds(truth) { covered.t += 1 }
      if listeners.holds(truth) { covered.listeners += 1 }
      if both.holds(3) { covered.both += 1 }
    }
    let all = Double(experiments)
    return (Double(covered.t) / all, Double(covered.listeners) / all, Double(covered.both) / all)
  }

  @Test("Of 1,000 experiments, 93 to 97 % have intervals that hold the truth")
  func coverage() throws {
    let part = try coverage(Population(), experiments: 1_000, draws: 400)
    // Three deviations of a part of 1,000 are 3 · √(0.95 · 0.05 / 1,000) = 0.02.
    #expect((0.93...0.97).contains(part.t), "\(part)")
    #expect((0.93...0.97).contains(part.listeners), "\(part)")
    #expect((0.93...0.97).contains(part.both), "\(part)")
  }

  @Test(
    "So they do for other numbers of listeners and clips",
    .enabled(if: ProcessInfo.processInfo.environment["WAVEGAN_LONG_TESTS"] != nil),
    arguments: [(12, 30, 0.5, 0.2), (40, 12, 0.4, 0.4), (20, 20, 0.3, 0.2), (60, 40, 0.4, 0.4)])
  func otherCoverage(_ listeners: Int, _ clips: Int, _ taste: Double, _ quality: Double) throws {
    let population = Population(
      listeners: listeners, clips: clips, listenerDeviation: taste, clipDeviation: quality)
    let part = try coverage(population, experiments: 1_000, draws: 1_000)
    for part in [part.t, part.listeners, part.both] {
      #expect((0.93...0.97).contains(part), "\(part)")
    }
  }

  @Test("Whole-numbered ratings are covered as well")
  func rounded() throws {
    let population = Population(listeners: 24, clips: 20, isRounded: true)
    let part = try coverage(population, experiments: 400, draws: 400)
    // 3 ± 2 is symmetric, so rounding and clipping move no mean of all clips.
    // 400 experiments: 0.95 ± 3 · √(0.95 · 0.05 / 400).
    #expect((0.917...0.983).contains(part.both), "\(part)")
  }

  @Test("Differences are covered too, of the same clips and of others", arguments: [true, false])
  func differences(sharesClips: Bool) throws {
    var covered = (listeners: 0, both: 0)
    for number in 0..<400 {
      let (first, firstTruth) = Population().experiment(number)
      var (second, secondTruth) = Population().experiment(10_000 + number)
      if !sharesClips { second.clips = second.clips.map { "other \($0)" } }
      let bootstrap = RatingBootstrap(
        [first, second], quantities: [.difference(0, 1)], drawCount: 400, seed: UInt64(number))
      let listeners = try #require(bootstrap.listenerInterval(0))
      let both = try #require(bootstrap.listenerAndClipInterval(0))
      if listeners.holds(firstTruth - secondTruth) { covered.listeners += 1 }
      if both.holds(0) { covered.both += 1 }
    }
    // Of 400, 0.95 ± 3 · √(0.95 · 0.05 / 400).
    #expect((367...393).contains(covered.listeners), "\(covered)")
    #expect((367...393).contains(covered.both), "\(covered)")
  }

  @Test("Draws are the same for the same seed, and others for another")
  func seeds() throws {
    let (series, _) = Population().experiment(0)
    func interval(_ seed: UInt64) -> Interval? {
      RatingBootstrap([series], quantities: [.mean(0)], drawCount: 100, seed: seed)
        .listenerAndClipInterval(0)
    }
    #expect(interval(1) == interval(1) && interval(1) != interval(2))
  }

  @Test("Listeners who rate all things alike but for a constant leave no doubt of it")
  func paired() throws {
    // Listeners differ by whole points; the second thing is 0.25 better for each of them.
    let first = RatingSeries(
      clips: ["a"], rows: (0..<8).map { [.init(clip: 0, value: Double($0))] })
    let second = RatingSeries(
      clips: ["b"], rows: (0..<8).map { [.init(clip: 0, value: Double($0) + 0.25)] })
    let bootstrap = RatingBootstrap(
      [first, second], quantities: [.difference(1, 0), .mean(0)], drawCount: 500, seed: 0)
    #expect(bootstrap.listenerInterval(0) == Interval(low: 0.25, high: 0.25))
    #expect(try #require(bootstrap.listenerInterval(1)).low < 2.5)
    // No draw lies on the other side: twice one of 501.
    #expect(bootstrap.p(0) == 2.0 / 501)
    // One clip says nothing of others.
    #expect(bootstrap.listenerAndClipInterval(0) == nil)
  }

  @Test("A listener who heard nothing of a thing is left out of it")
  func missing() throws {
    let series = RatingSeries(
      clips: ["a", "b"],
      rows: [[.init(clip: 0, value: 1)], [], [.init(clip: 0, value: 2), .init(clip: 1, value: 4)]])
    #expect(series.mean == 2)
    #expect(series.listenerMeans == [1, nil, 3])
    let bootstrap = RatingBootstrap([series], quantities: [.mean(0)], drawCount: 200, seed: 3)
    let interval = try #require(bootstrap.listenerInterval(0))
    #expect(interval.low >= 1 && interval.high <= 3)
  }
}

extension Interval {
  fileprivate func holds(_ value: Double) -> Bool { low <= value && value <= high }
}
