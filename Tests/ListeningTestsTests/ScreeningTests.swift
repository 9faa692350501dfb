import Foundation
import ListeningTests
import Testing

@Suite("Post-screening")
struct ScreeningTests {
  private func sheet(
    _ ratings: [(KeyRow.Kind, Double)], checks: [(KeyRow.Kind, Bool)] = []
  ) -> AnswerSheet {
    var sheet = AnswerSheet(listener: "7", file: "7.json")
    sheet.ratings = ratings.enumerated().map { place, rating in
      .init(
        question: "quality", clip: KeyRow(stimulus: "\(place)", kind: rating.0), value: rating.1)
    }
    sheet.checks = checks.map { .init(kind: $0.0, isRight: $0.1) }
    return sheet
  }

  private func rules(_ sheet: AnswerSheet, _ design: TestDesign) -> [Exclusion.Rule] {
    PostScreening.exclusions(of: sheet, design: design).map(\.rule)
  }

  @Test("BS.1534: the hidden reference may be below 90 in 15 % of pages, not in more")
  func reference() {
    let at = Array(repeating: (KeyRow.Kind.reference, 90.0), count: 17)
    let below = Array(repeating: (KeyRow.Kind.reference, 89.0), count: 3)
    #expect(rules(sheet(at + below), .mushra) == [])
    #expect(rules(sheet(at.dropLast() + below), .mushra) == [.hiddenReference])
    #expect(rules(sheet(at.dropLast() + below), .multi) == [])
    #expect(
      PostScreening.exclusions(of: sheet(at.dropLast() + below), design: .mushra)[0].reason
        == "Rated the hidden reference below 90 3 of 19 times.")
  }

  @Test("BS.1534: the anchor of 7 kHz may be above 90 in 15 % of pages, not in more")
  func anchor() {
    let high = [(KeyRow.Kind.anchor70, 91.0)]
    let low = Array(repeating: (KeyRow.Kind.anchor70, 90.0), count: 6)
    #expect(rules(sheet(high + low), .mushra) == [])
    #expect(rules(sheet(high + low.dropLast()), .mushra) == [.midAnchor])
    #expect(rules(sheet([(.anchor35, 100)]), .mushra) == [])
  }

  @Test("P.808: one wrong trap or gold item of a short session is too many")
  func checks() {
    let ratings = [(KeyRow.Kind.test, 3.0)]
    #expect(rules(sheet(ratings, checks: [(.trap, true), (.gold, true)]), .mos) == [])
    #expect(rules(sheet(ratings, checks: [(.trap, false), (.gold, true)]), .mos) == [.trap])
    #expect(rules(sheet(ratings, checks: [(.trap, true), (.gold, false)]), .mos) == [.gold])
    #expect(rules(sheet([], checks: [(.trap, true)]), .mos) == [.empty])
  }

  @Test("BS.1116: the t test of grades is SciPy's, and who tells nothing apart is excluded")
  func discrimination() throws {
    for row in try ListeningGolden().screening {
      // SciPy asks whether originals are graded higher: grades of the others are lower by as much.
      let grades = ListeningGolden.differences(seed: row.seed, count: row.count, step: row.step)
        .map { -$0 }
      #expect(agree(PostScreening.discrimination(grades), row.p))
      var sheet = sheet([(.test, 3)])
      sheet.ratings += grades.map {
        .init(
          question: AnswerSheet.differenceGrade, clip: KeyRow(stimulus: "", kind: .test), value: $0)
      }
      #expect(rules(sheet, .mushra).contains(.noDiscrimination) == (row.p >= 0.05))
    }
    #expect(PostScreening.discrimination([0, 0, 0]) == 1)
    #expect(PostScreening.discrimination([0]) == nil)
  }

  @Test("Repeats correlate as SciPy's pearsonr says")
  func correlation() throws {
    for row in try ListeningGolden().correlation {
      let numbers = ListeningGolden.numbers(seed: row.seed, count: 2 * row.count)
      let x = (0..<row.count).map { numbers[2 * $0] }
      let y = x.indices.map { place in x[place] + 0.5 * numbers[2 * place + 1] }
      #expect(agree(Agreement.correlation(x, y), row.r))
    }
    #expect(Agreement.correlation([1, 1], [2, 3]) == nil)
  }
}
