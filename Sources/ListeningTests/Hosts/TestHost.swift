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

  /// The files that the program takes as they are.
  ///
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
