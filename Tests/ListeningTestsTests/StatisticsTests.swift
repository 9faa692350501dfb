import Foundation
import ListeningTests
import Testing

@Suite("Statistics")
struct StatisticsTests {
  let golden: ListeningGolden

  init() throws { golden = try ListeningGolden() }

  @Test("Means have SciPy's t intervals")
  func means() {
    for row in golden.means {
      let values = ListeningGolden.differences(seed: row.seed, count: row.count, step: 0)
      let interval = Interval(ofMeanOf: values)
      #expect(agree(interval?.low, row.low) && agree(interval?.high, row.high), "\(row)")
    }
    #expect(Interval(ofMeanOf: [1]) == nil)
  }

  @Test("Wilcoxon's test is SciPy's, exact and asymptotic, with ties and without")
  func wilcoxon() throws {
    for row in golden.wilcoxon {
      let values = ListeningGolden.differences(seed: row.seed, count: row.count, step: row.step)
      let asymptotic = try #require(WilcoxonTest(values, method: .asymptotic))
      #expect(asymptotic.statistic == row.statistic, "\(row)")
      #expect(agree(asymptotic.p, row.asymptotic), "\(row)")
      if let exact = row.exact {
        let ours = try #require(WilcoxonTest(values))
        #expect(ours.method == .exact && agree(ours.p, exact), "\(row)")
      }
    }
    #expect(golden.wilcoxon.count { $0.exact != nil } == 5)
    #expect(WilcoxonTest([0, 0]) == nil)
    // All of five one way: 2 / 2⁵.
    #expect(WilcoxonTest([1, 2, 3, 4, 5])?.p == 0.0625)
  }

  @Test("Wilcoxon's test says the same of two conditions, whichever is named first")
  func sides() throws {
    // Parts of ten choices less one half: 0.7 − 0.5 and 0.3 − 0.5 have not the same size as Doubles.
    let chosen = [7, 3, 8, 7, 6, 2, 8, 9, 4, 7].map { Double($0) / 10 }
    let first = try #require(WilcoxonTest(chosen.map { $0 - 0.5 }))
    #expect(first == WilcoxonTest(chosen.map { (1 - $0) - 0.5 }))
    // SciPy: wilcoxon(np.round(d, 9), method=PermutationMethod(n_resamples=np.inf)).
    #expect(first.statistic == 14 && agree(first.p, 200.0 / 1024))
  }

  @Test("Wilcoxon's exact and asymptotic p meet where the one takes over from the other")
  func takeover() throws {
    let values = ListeningGolden.differences(seed: 73, count: 100, step: 0)
    let exact = try #require(WilcoxonTest(values, method: .exact))
    let asymptotic = try #require(WilcoxonTest(values, method: .asymptotic))
    // The normal approximation without correction for continuity, at W of about 1,500, is off by less
    // than half a step of W, of a deviation of 290.
    #expect(abs(exact.p - asymptotic.p) < 0.05 * exact.p + 1e-4)
  }

  @Test("Holm's correction follows its definition, and leaves out tests that could not be made")
  func holm() {
    for row in golden.corrections {
      let ours = HolmCorrection.adjusted(row.p)
      #expect(zip(ours, row.adjusted).allSatisfy { agree($0, $1) }, "\(row)")
    }
    #expect(HolmCorrection.adjusted([0.02, nil, 0.04]) == [0.04, nil, 0.04])
  }

  @Test("Krippendorff's α is that of his coincidence matrix")
  func agreement() {
    for row in golden.agreement {
      let flat = ListeningGolden.steps(
        seed: row.seed, count: row.units * row.raters, answers: row.answers + 1)
      let units = (0..<row.units).map { unit in
        flat[unit * row.raters..<(unit + 1) * row.raters].filter { $0 < row.answers }
          .map { Double(unit % 2 == 1 ? min($0, 1) : $0) }
      }
      #expect(agree(KrippendorffAlpha.value(units, metric: .nominal), row.nominal))
      #expect(agree(KrippendorffAlpha.value(units, metric: .ordinal), row.ordinal))
      #expect(agree(KrippendorffAlpha.value(units, metric: .interval), row.interval))
    }
  }

  @Test("Krippendorff's α is that of his own example")
  func published() {
    // Krippendorff 2011, section E: four observers, twelve units, some judgements missing.
    let units: [[Double]] = [
      [1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
      [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [5, 5, 5], [1, 1], [3],
    ]
    func rounded(_ metric: KrippendorffAlpha.Metric) -> Double? {
      KrippendorffAlpha.value(units, metric: metric).map { ($0 * 1000).rounded() / 1000 }
    }
    #expect(rounded(.nominal) == 0.743 && rounded(.ordinal) == 0.815)
    #expect(rounded(.interval) == 0.849)
    #expect(KrippendorffAlpha.value([[1, 1], [1, 1]], metric: .nominal) == nil)
  }

  @Test("Mutual information is the sum of SciPy's entropies, and a clear channel carries them all")
  func information() throws {
    for row in golden.information {
      let flat = ListeningGolden.steps(seed: row.seed, count: 2 * row.count, answers: row.labels)
      var counts = [[Int]](
        repeating: Array(repeating: 0, count: row.labels), count: row.labels)
      for i in 0..<row.count {
        counts[flat[2 * i]][i % 3 == 0 ? flat[2 * i + 1] : flat[2 * i]] += 1
      }
      let ours = try #require(MutualInformation(counts: counts))
      #expect(agree(ours.bits, row.bits) && agree(ours.correctedBits, row.correctedBits))
    }
    #expect(MutualInformation(counts: [[5, 0], [0, 5]])?.bits == 1)
    #expect(MutualInformation(counts: [[0]]) == nil)
  }
}
