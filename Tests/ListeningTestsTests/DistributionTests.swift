import Foundation
import ListeningTests
import Testing

@Suite("Distributions")
struct DistributionTests {
  let golden: ListeningGolden

  init() throws { golden = try ListeningGolden() }

  @Test("Student's distribution and its quantiles are SciPy's")
  func student() {
    for row in golden.student {
      let student = StudentDistribution(degreesOfFreedom: row.freedom)
      #expect(agree(student.cumulative(row.t), row.cumulative), "\(row)")
    }
    for row in golden.studentQuantiles {
      let student = StudentDistribution(degreesOfFreedom: row.freedom)
      #expect(agree(student.quantile(row.p), row.t), "\(row)")
    }
  }

  @Test("Far tails keep their digits")
  func tails() {
    // One degree of freedom is Cauchy's: P(T ≤ t) = ½ + atan(t)/π, about 1/(π |t|) far out.
    let cauchy = StudentDistribution(degreesOfFreedom: 1)
    #expect(agree(cauchy.cumulative(-1e6), 1 / (Double.pi * 1e6), within: 1e-9))
    #expect(agree(cauchy.quantile(0.75), 1, within: 1e-12))
    #expect(NormalDistribution.quantile(0.5).magnitude < 1e-15)
    #expect(agree(NormalDistribution.cumulative(-10), 7.619853024160527e-24, within: 1e-12))
  }

  @Test("The noncentral distribution is SciPy's")
  func noncentral() {
    for row in golden.noncentral {
      let student = StudentDistribution(degreesOfFreedom: row.freedom)
      let ours = student.cumulative(row.t, noncentrality: row.noncentrality)
      #expect(agree(ours, row.cumulative), "\(row)")
    }
  }

  @Test("Normal quantiles are SciPy's")
  func normal() {
    for row in golden.normalQuantiles {
      #expect(agree(NormalDistribution.quantile(row.p), row.x), "\(row)")
    }
  }

  @Test("The incomplete beta function is SciPy's, and its inverse leads back")
  func beta() {
    for row in golden.beta {
      let value = IncompleteBeta.value(row.x, row.a, row.b)
      #expect(abs(value - row.value) < 1e-10, "\(row)")
      guard value > 1e-9, value < 1 - 1e-9 else { continue }
      let x = IncompleteBeta.inverse(value, row.a, row.b)
      #expect(abs(x - row.x) < 1e-8, "\(row)")
    }
    // I(x; 1, b) = 1 − (1 − x)ᵇ
    #expect(agree(IncompleteBeta.value(0.25, 1, 2), 0.4375, within: 1e-14))
  }

  @Test("Binomial tests and Clopper and Pearson's intervals are SciPy's")
  func binomial() {
    for row in golden.binomial {
      let binomial = BinomialDistribution(trialCount: row.n, probability: row.p)
      #expect(agree(binomial.twoSided(row.k), row.twoSided), "\(row)")
      #expect(agree(binomial.atLeast(row.k), row.atLeast), "\(row)")
      let interval = Interval(ofPartWith: row.k, of: row.n)
      #expect(agree(interval?.low, row.low) && agree(interval?.high, row.high), "\(row)")
    }
    #expect(Interval(ofPartWith: 0, of: 0) == nil)
    // Exactly: (1 + 16 + 120 + 560 + 1820) / 2¹⁶.
    #expect(agree(BinomialDistribution(trialCount: 16).atLeast(12), 2517 / 65536, within: 1e-12))
  }

  @Test("The power of a t test is that of SciPy's noncentral distribution")
  func power() {
    for row in golden.power {
      let ours = ListenerPlan.power(
        listeners: row.listeners, difference: row.difference, deviation: 1, level: row.level)
      #expect(agree(ours, row.power), "\(row)")
    }
  }

  @Test("A plan names the first number of listeners that sees the difference often enough")
  func plan() throws {
    let plan = ListenerPlan(difference: 0.3, deviation: 0.5, comparisons: 1)
    let listeners = try #require(plan.listeners)
    func power(_ listeners: Int) -> Double {
      ListenerPlan.power(listeners: listeners, difference: 0.3, deviation: 0.5, level: 0.05)
    }
    #expect(power(listeners) >= 0.8 && power(listeners - 1) < 0.8)
    #expect(ListenerPlan(difference: 0.3, deviation: 0.5, comparisons: 6).listeners! > listeners)
    #expect(ListenerPlan(difference: 1e-4, deviation: 1, comparisons: 1).listeners == nil)
  }
}
