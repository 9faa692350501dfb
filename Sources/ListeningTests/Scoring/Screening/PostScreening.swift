import Foundation

/// Which listeners count, by the rules of the standards: applied after the test, alike to all, and
/// blind to which condition they preferred.
package enum PostScreening {
  /// The part of a listener's items that may break a rule: 15 % (ITU-R BS.1534-3, 4.1.2). For fewer
  /// than seven items that is none, as ITU-T P.808 has it for the two of a session.
  package static let tolerance = 0.15

  /// What is at least asked of the hidden reference, and at most of the anchor (ITU-R BS.1534-3).
  private static let excellent = 90.0

  /// The rules that a listener breaks, in the order of ``Exclusion/Rule``.
  package static func exclusions(of sheet: AnswerSheet, design: TestDesign) -> [Exclusion] {
    var broken: [Exclusion] = []
    func check(_ rule: Exclusion.Rule, _ what: String, _ items: [Bool]) {
      let wrong = items.count { $0 }
      guard Double(wrong) > tolerance * Double(items.count) else { return }
      broken.append(
        Exclusion(
          listener: sheet.listener, rule: rule, reason: "\(what) \(wrong) of \(items.count) times.")
      )
    }
    if design == .mushra {
      func ratings(_ kind: KeyRow.Kind) -> [Double] {
        sheet.ratings.filter { $0.clip.kind == kind }.map(\.value)
      }
      check(
        .hiddenReference, "Rated the hidden reference below 90",
        ratings(.reference).map { $0 < excellent })
      check(
        .midAnchor, "Rated the 7 kHz anchor above 90", ratings(.anchor70).map { $0 > excellent })
    }
    let grades = sheet.differenceGrades.map(\.value)
    if let p = discrimination(grades), p >= Interval.miss {
      broken.append(
        Exclusion(
          listener: sheet.listener, rule: .noDiscrimination,
          reason: "Did not tell originals from what was compared with them: p = "
            + String(format: "%.3f", p) + " in \(grades.count) pairs."))
    }
    for (kind, rule) in [(KeyRow.Kind.trap, Exclusion.Rule.trap), (.gold, .gold)] {
      check(
        rule, "Answered \(kind == .trap ? "trapping" : "gold") items wrongly",
        sheet.checks.filter { $0.kind == kind }.map { !$0.isRight })
    }
    if sheet.ratings.isEmpty && sheet.choices.isEmpty && sheet.namings.isEmpty {
      broken.append(
        Exclusion(listener: sheet.listener, rule: .empty, reason: "Judged nothing that counts."))
    }
    return broken
  }

  /// The p of a one-sided t test that difference grades lie below 0, so that originals are told from
  /// what is compared with them; nil for fewer than two. Source: ITU-R BS.1116-3, expertise of listeners.
  package static func discrimination(_ grades: [Double]) -> Double? {
    guard let deviation = grades.deviation else { return nil }
    guard deviation > 0 else { return grades[0] < 0 ? 0 : 1 }
    let count = Double(grades.count)
    let t = grades.mean / (deviation / count.squareRoot())
    return StudentDistribution(degreesOfFreedom: count - 1).cumulative(t)
  }
}
