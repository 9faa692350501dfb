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
      for match in content.matches(of: /(?:x|x1|x2|cx)="([-0-9.]+)"/) {
        let x = try #require(Double(match.output.1))
        #expect((0...720).contains(x))
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
}
