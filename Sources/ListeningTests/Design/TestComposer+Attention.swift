extension TestComposer {
  /// One gold and one trapping page to ten others, as ITU-T P.808 has them; where a design has no sense
  /// for them, none.
  mutating func addAttention() throws {
    let pageCount = blocks.reduce(0) { $0 + $1.count }
    let count = max(1, min(10, pageCount / 10))
    for place in 0..<count {
      let clips = conditions[place % conditions.count].test
      let clip = clips[(place * 7 + 3) % clips.count]
      switch settings.design {
      case .mos:
        hasTraps = true
        let answer = (place * 2 + 2) % 5 + 1
        attention.append(
          Trial(
            stimuli: [
              try shelf.add(MadeSound.beeps(answer), kind: .trap) { $0.expected = "\(answer)" }
            ], prompt: prompt(for: clip)))
        guard settings.questions.first != "diversity" else { continue }
        attention.append(
          Trial(stimuli: [try spoilt(clip, expected: "1")], prompt: prompt(for: clip)))
      case .identify:
        guard let real = conditions.first(where: { $0.condition.source == "real" }),
          place < real.training.count
        else { continue }
        attention.append(
          Trial(
            stimuli: [
              try shelf.add(real.training[place], kind: .gold) {
                $0.expected = real.training[place].label ?? ""
              }
            ]))
      case .ab, .abx, .realOrFake:
        let right =
          settings.design == .realOrFake
          ? conditions[pairs[0].0].test[place % settings.count] : clip
        let stimuli = [
          try shelf.add(right, kind: .gold) { $0.expected = "1" },
          try spoilt(right, expected: "0"),
        ]
        attention.append(
          Trial(stimuli: stimuli, x: try x(of: right, twin: stimuli[0], kind: .gold)))
      case .multi, .mushra: break
      }
    }
  }

  /// A clip that is plainly the worse, as a gold item.
  mutating func spoilt(_ clip: SourceClip, expected: String) throws -> String {
    var clip = clip
    clip.audio = MadeSound.spoilt(clip.audio)
    return try shelf.add(clip, kind: .gold) { $0.expected = expected }
  }
}
