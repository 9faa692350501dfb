extension TestSettings {
  /// Refuses what could answer nothing, as far as can be told without the clips.
  ///
  /// - Throws: ``ListeningTestError`` `.refused`.
  func validate() throws(ListeningTestError) {
    func refuse(_ subject: String, _ reason: String) -> ListeningTestError {
      ListeningTestError(.refused, subject, reason)
    }
    let names = conditions.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw refuse("--condition \(twice)", "is there twice; give each condition a name of its own")
    }
    guard !conditions.isEmpty else {
      throw refuse("--condition", "is missing; say what is heard, as NAME=SOURCE")
    }
    try validateDesign()
    guard (1...1_000).contains(count) else {
      throw refuse("--count \(count)", "is out of range; give a number from 1 to 1,000")
    }
    guard (1...10_000).contains(listeners) else {
      throw refuse("--listeners \(listeners)", "is out of range; give a number from 1 to 10,000")
    }
    if let loudness, !(-60 ... -10).contains(loudness) {
      throw refuse("--loudness \(loudness)", "is out of range; give LUFS from -60 to -10, or none")
    }
    for host in hosts { try host.validate(self) }
  }

  private func validateDesign() throws(ListeningTestError) {
    func refuse(_ subject: String, _ reason: String) -> ListeningTestError {
      ListeningTestError(.refused, subject, reason)
    }
    let option = "--design \(design.rawValue)"
    let isComparison = ![TestDesign.mos, .identify].contains(design)
    guard !isComparison || conditions.count >= 2 else {
      throw refuse(
        option,
        "compares conditions, and there is but one; give another --condition, or ask for mos")
    }
    let sources = conditions.map(\.plainSource)
    if isComparison,
      let twice = sources.first(where: { source in sources.count { $0 == source } > 1 })
    {
      throw refuse(
        option,
        "would compare \(twice) with itself, and nobody could hear a difference; give each "
          + "condition a source of its own")
    }
    let reals = conditions.count { $0.source == "real" }
    if design == .realOrFake, reals != 1 {
      throw refuse(
        option, "asks which sound was recorded; give one condition of recordings, as real=real")
    }
    let onPage = design == .multi ? conditions.count : conditions.count + 2
    if [.multi, .mushra].contains(design), onPage > 12 {
      throw refuse(
        option,
        "would put \(onPage) sounds on a page, and nobody can compare more than 12; give fewer "
          + "conditions")
    }
    if let strange = questions.first(where: { Question.rating($0) == nil }) {
      let known = Question.ratingNames.joined(separator: ", ")
      throw refuse("--question \(strange)", "is not a question that is known; give one of \(known)")
    }
    if design != .mos, questions != ["quality"] {
      throw refuse("--question", "is for --design mos; the other designs ask what they ask")
    }
    if questions.isEmpty || Set(questions).count != questions.count {
      throw refuse("--question", "is there twice with the same value; give each once")
    }
    if questions.contains("diversity"), questions.count > 1 {
      throw refuse(
        "--question diversity",
        "is asked of several sounds together, so it takes a test of its own; leave the other questions "
          + "to another test")
    }
  }
}
