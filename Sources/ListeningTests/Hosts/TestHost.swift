/// Another program that a test can be run by.
package enum TestHost: String, Codable, Sendable, Hashable, CaseIterable {
  case webmushra, waet, beaqlejs, reseval, p808, jspsych, psychopy

  /// The designs that the program has pages for.
  package var designs: Set<TestDesign> {
    switch self {
    case .webmushra: [.mos, .multi, .mushra, .abx, .identify]
    case .waet: [.mos, .multi, .mushra, .ab, .abx, .realOrFake]
    case .beaqlejs: [.mushra, .ab, .abx]
    case .reseval: [.mos, .ab, .abx, .mushra]
    case .p808: [.mos]
    case .jspsych, .psychopy: Set(TestDesign.allCases)
    }
  }

  /// Refuses a test that the program's pages cannot show.
  ///
  /// - Throws: ``ListeningTestError`` `.refused`.
  package func validate(_ settings: TestSettings) throws(ListeningTestError) {
    guard let reason = reason(against: settings) else { return }
    throw ListeningTestError(.refused, "--host \(rawValue)", reason)
  }

  /// Why the program cannot show a test; nil if it can.
  private func reason(against settings: TestSettings) -> String? {
    let design = settings.design
    guard designs.contains(design) else {
      let able = Self.allCases.filter { $0.designs.contains(design) }.map(\.rawValue)
      return "has no pages for --design \(design.rawValue); these have: "
        + able.joined(separator: ", ")
    }
    switch self {
    case .reseval where settings.questions.contains("fit"),
      .p808 where settings.questions.contains("fit"):
      return "has pages that cannot say what a sound should be, and --question fit asks just that; "
        + "leave one of the two out"
    case .p808 where settings.questions.count > 1:
      return "asks one question on a page; give one --question, and make a test for each"
    case .reseval where [.ab, .abx].contains(design) && settings.conditions.count > 2:
      return "compares two conditions; give two, and make a test for each pair"
    case .reseval
    where design == .abx && settings.conditions.contains { $0.name == Condition.referenceName }:
      return "calls X the reference, so no condition can have that name; give it another"
    default: return nil
    }
  }

  /// The files that the program takes as they are.
  ///
  /// - Precondition: ``validate(_:)`` refuses nothing.
  /// - Throws: an error of Yams or of JSON, which these values do not give.
  func files(for test: ExportedTest) throws -> [HostFile] {
    switch self {
    case .webmushra: try WebMUSHRAFiles(test: test).files()
    case .waet: WAETFiles(test: test).files()
    case .beaqlejs: try BeaqleJSFiles(test: test).files()
    case .reseval: try ReSEvalFiles(test: test).files()
    case .p808: P808Files(test: test).files()
    case .jspsych: try JsPsychFiles(test: test).files()
    case .psychopy: PsychoPyFiles(test: test).files()
    }
  }
}
