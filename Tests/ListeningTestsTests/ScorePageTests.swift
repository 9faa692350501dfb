import Foundation
import ListeningTests
import TestSupport
import Testing

@Suite("Report of a score")
struct ScorePageTests {
  @Test(
    "The page stands alone, and holds every condition",
    arguments: [
      SimulatedTest(design: .mos, worth: [("a<b>", 3), ("real", 4)]),
      SimulatedTest(design: .ab, worth: [("a<b>", 0), ("real", 0.5)]),
      SimulatedTest(design: .identify, worth: [("a<b>", 0.5), ("real", 0.9)]),
    ])
  func page(simulated: SimulatedTest) throws {
    let html = ScorePage(try simulated.score(8, plan: 0.2)).html
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(html.contains("a&lt;b&gt;") && !html.contains("<b>("))
    // Names of conditions are text, wherever they stand.
    #expect(!html.contains("a<b>"))
    for outside in ["http:", "https:", "<script", "url(", "<link", "<img", "NaN", "nan"] {
      #expect(!html.contains(outside), "\(outside)")
    }
    #expect(html.contains("<svg") && html.contains("role=\"img\" aria-label=\""))
    // As many elements end as begin.
    for name in ["section", "table", "tr", "td", "th", "svg", "text", "ul", "li", "p", "figure"] {
      let begun = html.split(separator: "<\(name)", omittingEmptySubsequences: false).dropFirst()
        .count { [">", " ", "\n"].contains($0.first) }
      let ended = html.split(separator: "</\(name)>", omittingEmptySubsequences: false).count - 1
      #expect(begun == ended, "\(name)")
    }
  }

  @Test("Coordinates of pictures lie within them")
  func coordinates() throws {
    let html = ScorePage(
      try SimulatedTest(design: .multi, worth: [("a", 2), ("b", 97)]).score(3)
    ).html
    for picture in html.split(separator: "<svg").dropFirst() {
      let content = picture.split(separator: "</svg>")[0]
      let box = try #require(content.firstMatch(of: /viewBox="0 0 ([0-9.]+)/))
      let width = try #require(Double(box.output.1))
      for match in content.matches(of: /(?:x|x1|x2|cx)="([-0-9.]+)"/) {
        let x = try #require(Double(match.output.1))
        #expect((0...width).contains(x))
      }
    }
  }

  @Test("Tables hold the figures, and every judgement with its condition")
  func tables() throws {
    let simulated = SimulatedTest(design: .mos, worth: [("a", 3), ("b", 4)], clipCount: 2)
    let score = try simulated.score(3)
    let tables = ScoreTables(score, sheets: try simulated.sheets(3)).files
    #expect(
      tables.map(\.name) == [
        "conditions.csv", "comparisons.csv", "listeners.csv", "judgements.csv",
      ])
    for table in tables {
      let records = Array(CSVRecords(table.text))
      #expect(records.count > 1 && Set(records.map(\.count)).count == 1)
    }
    let judgements = try #require(tables.last).text.split(separator: "\n")
    #expect(judgements.count == 1 + 3 * 4)
    #expect(judgements[1].hasPrefix("1,true,quality,"))
  }

  @Test("Sentences say which of two is better, or that neither is shown to be")
  func findings() throws {
    let score = try SimulatedTest(design: .mos, worth: [("a", 2.5), ("b", 4)]).score(20)
    let sentence = ScoreFindings(score).comparisons(of: score.ratings[0])[0]
    #expect(sentence.hasPrefix("b is rated above a, by 1."))
    #expect(sentence.contains(" (95 %: +") && sentence.hasSuffix(", p < 0.001."))
    let none = try SimulatedTest(design: .mos, worth: [("a", 3), ("b", 3)], seed: 3).score(8)
    #expect(
      ScoreFindings(none).comparisons(of: none.ratings[0])[0].contains("are not shown to differ: "))
  }

  @Test("What other clips may not show is said to hold for these")
  func reach() throws {
    let score = try SimulatedTest(design: .ab, worth: [("a", 1), ("b", 0)]).score(20)
    let findings = ScoreFindings(score)
    var choice = score.choices[0]
    choice.listenerAndClipInterval = Interval(low: 0.4, high: 0.9)
    let sentence = findings.choice(choice)
    #expect(sentence.hasPrefix("a is preferred to b: chosen in "))
    #expect(sentence.hasSuffix(", for these clips; other clips may not show it."))
    choice.listenerAndClipInterval = Interval(low: 0.6, high: 0.9)
    #expect(!findings.choice(choice).contains("for these clips"))
  }

  @Test("Where nothing varied, it is said, and no plan is made of it")
  func constant() throws {
    let score = try SimulatedTest(design: .mos, worth: [("a", 100), ("b", -100)])
      .score(6, plan: 0.2)
    #expect(
      score.remarks.contains(
        "Nothing varied from listener to listener in a (quality), b (quality), a less b (quality): "
          + "its intervals have no width, and tell nothing of other listeners."))
    #expect(ScoreFindings(score).comparisons(of: score.ratings[0])[0].contains("(95 %") == false)
    let plan = try #require(score.plans.first).plan
    #expect(plan.listeners == nil && plan.sentence.hasPrefix("listeners' differences do not vary"))
  }

  @Test("Where nobody counts, every reason is named")
  func nobody() throws {
    let simulated = SimulatedTest(design: .mos, worth: [("a", 3), ("b", 4)])
    let error = try #require(throws: ListeningTestError.self) {
      try simulated.score(3, careful: 0)
    }
    #expect(
      error.description.hasPrefix("The test has no listener who counts: of 3 listeners, ")
        && error.description.contains("trapping items wrongly, ")
        && error.description.contains("gold items wrongly; "))
  }
}
