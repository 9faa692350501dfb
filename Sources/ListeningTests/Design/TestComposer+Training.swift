extension TestComposer {
  /// Pages to begin with, whose answers do not count.
  mutating func addTraining() throws {
    let count = conditions.map(\.training.count).min() ?? 0
    for clip in 0..<count {
      switch settings.design {
      case .mos, .identify:
        for condition in conditions where training.count < 5 {
          let clip = condition.training[clip]
          training.append(
            Trial(stimuli: [try shelf.add(clip, kind: .training)], prompt: prompt(for: clip)))
        }
      case .multi:
        training.append(
          Trial(stimuli: try conditions.map { try shelf.add($0.training[clip], kind: .training) }))
      case .mushra: training.append(try versions(clip, in: \.training, kind: .training))
      case .ab, .abx, .realOrFake:
        let (first, second) = pairs[clip % pairs.count]
        let clips = [conditions[first].training[clip], conditions[second].training[clip]]
        let stimuli = try clips.map { try shelf.add($0, kind: .training) }
        training.append(
          Trial(stimuli: stimuli, x: try x(of: clips[0], twin: stimuli[0], kind: .training)))
      }
    }
  }
}
