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

  /// Refuses a test that the program's pages cannot show, though they know its design.
  ///
  /// - Throws: ``ListeningTestError`` `.refused`.
  package func validate(_ settings: TestSettings) throws(ListeningTestError) {
    if [.reseval, .p808].contains(self), settings.questions.contains("fit") {
      throw ListeningTestError(
        .refused, "--host \(rawValue)",
        "has pages that cannot say what a sound should be, and --question fit asks just that; leave one "
          + "of the two out")
    }
    if self == .p808, settings.questions.count > 1 {
      throw ListeningTestError(
        .refused, "--host \(rawValue)",
        "asks one question on a page; give one --question, and make a test for each")
    }
    if self == .reseval, [.ab, .abx].contains(settings.design), settings.conditions.count > 2 {
      throw ListeningTestError(
        .refused, "--host \(rawValue)",
        "compares two conditions; give two, and make a test for each pair")
    }
    if self == .reseval, settings.design == .abx,
      settings.conditions.contains(where: { $0.name == Condition.referenceName })
    {
      throw ListeningTestError(
        .refused, "--host \(rawValue)",
        "calls X the reference, so no condition can have that name; give it another")
    }
  }

  /// The files that the program takes as they are.
  ///
  /// - Throws: ``ListeningTestError`` `.refused` for what its pages cannot show; an error of Yams or of
  ///   JSON, which these values do not give.
  func files(for test: ExportedTest) throws -> [HostFile] {
    try validate(test.settings)
    return switch self {
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
