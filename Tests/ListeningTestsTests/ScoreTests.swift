import Foundation
import ListeningTests
import Testing

@Suite("Scores of simulated listeners")
struct ScoreTests {
  @Test(
    "200 listeners' ratings lead back to what the conditions are worth",
    arguments: [
      (TestDesign.mos, [("ema", 3.6), ("real", 4.2), ("raw", 2.9)]),
      (.multi, [("ema", 55.0), ("real", 80.0), ("raw", 40.0)]),
    ])
  func ratings(design: TestDesign, worth: [(String, Double)]) throws {
    let simulated = SimulatedTest(design: design, worth: worth.map { ($0.0, $0.1) })
    let score = try simulated.score(200)
    #expect(score.listeners.count == 200 && score.countedListeners == 200)
    let rating = try #require(score.ratings.first)
    #expect(rating.conditions.map(\.condition) == ["real", "ema", "raw"])
    #expect(rating.comparisons.count == 3)
    for comparison in rating.comparisons {
      let truth = worthOf(comparison.first, worth) - worthOf(comparison.second, worth)
      // 200 listeners and 6 clips: a deviation of 0.03 or 0.7; rounding to five steps and the ends of
      // the scale take a tenth of a difference at most.
      let unit = design == .mos ? 1.0 : 20.0
      #expect(abs(comparison.difference - truth) < 0.1 * truth + 0.1 * unit)
      #expect(comparison.isClear && (comparison.wilcoxonHolm ?? 1) < 1e-6)
      #expect(comparison.wilcoxon?.method == .asymptotic)
    }
    for condition in rating.conditions {
      #expect(condition.judgements == 1_200 && condition.clips == 6)
      #expect(condition.histogram.reduce(0, +) == 1_200)
      let interval = try #require(condition.tInterval)
      #expect(interval.low < condition.mean && condition.mean < interval.high)
    }
    #expect(rating.labels.count == 6 && rating.labels.allSatisfy { $0.judgements == 600 })
  }

  private func worthOf(_ name: String, _ worth: [(String, Double)]) -> Double {
    worth.first { $0.0 == name }?.1 ?? 0
  }

  @Test("Conditions of equal worth are not told apart, but in one of twenty tests")
  func nothing() throws {
    var clear = 0
    for seed in 0..<100 {
      let simulated = SimulatedTest(
        design: .mos, worth: [("a", 3), ("b", 3), ("c", 3)], clipCount: 4, seed: UInt64(seed))
      let score = try simulated.score(12, draws: 100)
      if score.ratings[0].comparisons.contains(where: \.isClear) { clear += 1 }
    }
    // Holm keeps the chance of any of three at 5 %: of 100, 12 or more come once in 250.
    #expect(clear < 12)
  }

  @Test("Preferences lead to the part of choices that they make")
  func preferences() throws {
    let simulated = SimulatedTest(design: .ab, worth: [("new", 0.6), ("old", 0), ("worse", -0.8)])
    let score = try simulated.score(200)
    #expect(score.ratings.isEmpty)
    #expect(score.choices.map(\.first) == ["new", "new", "old"])
    #expect(score.choices.map(\.second) == ["old", "worse", "worse"])
    for (choice, gap) in zip(score.choices, [0.6, 1.4, 0.8]) {
      // Two opinions with a deviation of 0.8 each; listeners' taste moves both alike.
      let truth = NormalDistribution.cumulative(gap / (0.8 * 2.0.squareRoot()))
      // 1,200 choices: a deviation of at most 0.0144.
      #expect(abs(choice.part - truth) < 0.045)
      #expect(choice.isClear && choice.judgements == 1_200)
      let interval = try #require(choice.interval)
      #expect(interval.low < choice.part && choice.part < interval.high)
      #expect(choice.basis == .listeners && choice.part == choice.listenerPart)
      #expect(choice.labels.map(\.label) == ["kick", "snare"])
    }
  }

  @Test(
    "Listeners whose own preferences cancel out make a preference in one of twenty tests",
    arguments: [0.1, 0.2])
  func ownPreferences(deviation: Double) throws {
    let scores = try (0..<400).map { seed in
      var simulated = SimulatedTest(
        design: .ab, worth: [("a", 0), ("b", 0)], clipCount: 20, seed: UInt64(seed))
      simulated.preferenceDeviation = deviation
      return try simulated.score(20, draws: 2).choices[0]
    }
    // Of 400, 20 are expected; 35 or more come once in 1,000, and 7 or fewer too.
    #expect((8...34).contains(scores.count(where: \.isClear)))
    // Choices taken for independent would make preferences of nothing far more often.
    #expect(scores.count { $0.pooledHolm < 0.05 } > 40)
  }

  @Test("X is found where there is a difference, and not where there is none")
  func abx() throws {
    let simulated = SimulatedTest(design: .abx, worth: [("a", 0), ("b", 0), ("c", 0.6)])
    let score = try simulated.score(40)
    #expect(score.choices.map(\.isClear) == [false, true, true])
    for (choice, truth) in zip(score.choices, [0.5, 0.8, 0.8]) {
      // 240 choices: 3.3 deviations of 0.032.
      #expect(abs(choice.part - truth) < 0.106)
      #expect(
        choice.pooledP
          == BinomialDistribution(trialCount: choice.judgements).atLeast(choice.count))
    }
  }

  @Test("A clip that passes for recorded is counted as the other's, whatever their names")
  func realOrFake() throws {
    let simulated = SimulatedTest(
      design: .realOrFake, worth: [("zeta", -0.8), ("real", 0)], clipCount: 8)
    let score = try simulated.score(60)
    let choice = try #require(score.choices.first)
    #expect(choice.first == "zeta" && choice.second == "real")
    let truth = NormalDistribution.cumulative(-0.8 / (0.8 * 2.0.squareRoot()))
    // 480 choices: 3.5 deviations of 0.02.
    #expect(abs(choice.part - truth) < 0.07 && choice.isClear)
    #expect(ScoreFindings(score).choice(choice).hasPrefix("zeta is told from real: "))
  }

  @Test("Labels that are known are named rightly, and answers tell of them what they must")
  func identify() throws {
    var simulated = SimulatedTest(
      design: .identify, worth: [("clear", 0.9), ("vague", 0.2)], clipCount: 8)
    simulated.labels = ["five", "four", "nine", "one"]
    let score = try simulated.score(100)
    #expect(score.namings.map(\.condition) == ["clear", "vague"])
    for (naming, knows) in zip(score.namings, [0.9, 0.2]) {
      let right = knows + (1 - knows) / 4
      // 800 answers: 3.5 deviations of at most 0.018.
      #expect(abs(naming.part - right) < 0.062)
      #expect(naming.counts.joined().reduce(0, +) == 800)
      // A symmetric channel: log₂ 4 + right log₂ right + (1 − right) log₂ ((1 − right) / 3).
      let bits = 2 + right * log2(right) + (1 - right) * log2((1 - right) / 3)
      let information = try #require(naming.information)
      #expect(abs(information.correctedBits - bits) < 0.15)
      #expect(information.correctedBits <= information.bits)
      #expect(naming.p < 1e-6)
    }
    #expect(score.ratings.map(\.question) == ["label", "ease"])
    for condition in score.ratings[0].conditions {
      let interval = try #require(condition.tInterval)
      #expect(interval.low >= 0 && interval.high <= 1)
    }
    #expect(score.ratings[0].scale == .right && score.ratings[0].comparisons[0].isClear)
    #expect(abs(score.ratings[0].conditions[0].mean - score.namings[0].part) < 1e-12)
  }

  @Test("In a test with a reference, it and the anchors have means, and are compared with nothing")
  func mushra() throws {
    let simulated = SimulatedTest(
      design: .mushra,
      worth: [("reference", 200), ("anchor70", 45), ("anchor35", 20), ("new", 75), ("old", 60)])
    let score = try simulated.score(20)
    let rating = try #require(score.ratings.first)
    #expect(
      rating.conditions.map(\.condition) == ["reference", "new", "old", "anchor70", "anchor35"])
    #expect(rating.comparisons.map { "\($0.first) \($0.second)" } == ["new old"])
    #expect(score.exclusions.isEmpty)
    // Clips are the same in both, so what they share leaves the difference.
    #expect(rating.comparisons[0].listenerAndClipInterval != nil)
  }

  @Test("Careless listeners are found by gold and trapping items, and named")
  func careless() throws {
    let simulated = SimulatedTest(design: .mos, worth: [("a", 3), ("b", 4)])
    let score = try simulated.score(30, careful: 24)
    let excluded = Set(score.exclusions.map(\.listener))
    // Two traps of five answers and two golds of which two fifths pass: one in 156 slips through.
    #expect(excluded == ["25", "26", "27", "28", "29", "30"])
    #expect(score.countedListeners == 24)
    #expect(ScoreFindings(score).listeners == "30 listeners, of whom 24 count.")
    var keeping = ScoreJob(
      test: simulated.description, key: simulated.key, drawCount: 100, keepsEveryone: true)
    keeping.seed = 1
    let kept = try keeping.score(simulated.sheets(30, careful: 24))
    #expect(kept.countedListeners == 30 && kept.exclusions == score.exclusions)
    #expect(
      kept.remarks.contains("6 listeners count here whom the rules of the standards exclude."))
  }

  @Test("A plan goes by what listeners vary by, and finds as many as it takes")
  func plan() throws {
    let simulated = SimulatedTest(design: .mos, worth: [("a", 3), ("b", 3.3)])
    let score = try simulated.score(60, plan: 0.3)
    let plan = try #require(score.plans.first?.plan)
    #expect(plan.deviation == score.ratings[0].comparisons[0].deviation)
    #expect(plan.comparisons == 1)
    let needed = try #require(plan.listeners)
    // Listeners' differences of means of 6 clips: √(2 · (0.8² + 1/12) / 6), of rounded ratings.
    #expect((15...35).contains(needed))
    // As many listeners do find it, four times of five.
    var found = 0
    for seed in 0..<60 {
      let again = SimulatedTest(
        design: .mos, worth: [("a", 3), ("b", 3.3)], seed: 100 + UInt64(seed))
      if try again.score(needed, draws: 100).ratings[0].comparisons[0].isClear { found += 1 }
    }
    // 48 of 60, with a deviation of 3.1, and Wilcoxon's test asks 5 % more listeners.
    #expect((36...58).contains(found))
  }

  @Test("Plans before a test go by its design")
  func assumptions() throws {
    let few = ListenerPlan(assuming: .mos, conditionCount: 2, clipCount: 5, difference: 0.3)
    let many = ListenerPlan(assuming: .mos, conditionCount: 2, clipCount: 40, difference: 0.3)
    let (fewer, more) = (try #require(few.listeners), try #require(many.listeners))
    #expect(fewer > more)
    let pairs = ListenerPlan(assuming: .ab, conditionCount: 4, clipCount: 10, difference: 0.1)
    #expect(pairs.comparisons == 6)
    #expect(
      ListenerPlan(assuming: .realOrFake, conditionCount: 4, clipCount: 10, difference: 0.1)
        .comparisons == 3)
    #expect(few.sentence.hasPrefix("to see a difference of 0.3 in four of five tests takes "))
  }

  @Test("The same answers give the same score, and JSON leads back to it")
  func determinism() throws {
    let simulated = SimulatedTest(design: .mos, worth: [("a", 3), ("b", 4)])
    let score = try simulated.score(8)
    #expect(try simulated.score(8) == score)
    let encoded = try JSONEncoder().encode(score)
    #expect(try JSONDecoder().decode(ListeningTestScore.self, from: encoded) == score)
  }

  @Test("With five listeners the score says that no comparison can be clear")
  func few() throws {
    let score = try SimulatedTest(design: .mos, worth: [("a", 1.5), ("b", 4.5)]).score(5)
    #expect(!score.ratings[0].comparisons[0].isClear)
    #expect(
      score.remarks.first
        == "With 5 listeners no comparison of listeners can reach p < 0.05: it takes 6, and for "
        + "several comparisons more.")
  }

  @Test("Steady listeners answer repeats alike, and all agree on what differs")
  func agreement() throws {
    let simulated = SimulatedTest(design: .mos, worth: [("a", 2), ("b", 4)])
    let joiner = AnswerJoiner(test: simulated.description, key: simulated.key)
    let sheets = try (1...10).map { listener in
      var answers = simulated.answers(of: listener)
      var again = answers.answers[0]
      again.repeat = true
      if listener == 1, case .number(let value) = again.value {
        again.value = .number(value > 2 ? value - 1 : value + 1)
      }
      answers.answers.append(again)
      return try joiner.sheet(of: answers, file: "a.json")
    }
    let score = try ScoreJob(test: simulated.description, key: simulated.key, drawCount: 100)
      .score(sheets)
    let agreement = try #require(score.agreements.first)
    #expect(agreement.repeats == 10 && agreement.sameRepeats == 0.9)
    #expect(agreement.meanRepeatDifference == 0.1)
    #expect(try #require(agreement.alpha) > 0.3)
    // Repeats count for nothing else.
    #expect(score.ratings[0].conditions.map(\.judgements) == [60, 60])
  }
}
