import AudioFiles
import NeuralNet

/// Makes the pages of a test out of the clips of its conditions.
struct TestComposer {
  let settings: TestSettings
  let conditions: [ConditionClips]
  /// Whether beeps are among the pages.
  private(set) var hasTraps = false
  private(set) var shelf: StimulusShelf
  private var ids: [ClipPlace: String] = [:]

  /// Pages, `[block][unit]`.
  private var blocks: [[Trial]] = []
  private var attention: [Trial] = []
  private var training: [Trial] = []

  /// A clip among all of a test.
  private struct ClipPlace: Hashable {
    var condition: Int
    var clip: Int
  }

  /// The pages under names that tell nothing.
  struct Composition {
    var trials: [String: Trial] = [:]
    var blocks: [[String]] = []
    var attention: [String] = []
    var training: [String] = []
  }

  init(settings: TestSettings, conditions: [ConditionClips]) {
    self.settings = settings
    self.conditions = conditions
    shelf = StimulusShelf(settings: settings)
  }

  /// Makes all pages, and what belongs to none.
  mutating func compose() throws -> Composition {
    for clip in 0..<settings.count {
      switch settings.design {
      case .mos, .identify:
        blocks.append(try conditions.indices.map { try single($0, clip) })
      case .multi: blocks.append([try page(clip)])
      case .mushra: blocks.append([try versions(clip, in: \.test, kind: .test)])
      case .ab, .abx, .realOrFake:
        blocks.append(try pairs.enumerated().map { try pair($1.0, $1.1, unit: $0, clip) })
      }
    }
    try addAttention()
    try addTraining()
    return named()
  }

  // MARK: Level and headphones

  /// The stimulus that the level is set by.
  mutating func addLevel() throws -> String {
    try shelf.add(MadeSound.level(seed: settings.seed), kind: .level)
  }

  /// The questions that headphones pass.
  mutating func addHeadphoneCheck() throws -> HeadphoneCheck {
    let tones = MadeSound.headphoneTones
    let ids = try [tones.plain, tones.soft, tones.antiphase].map {
      try shelf.add($0, kind: .headphones, matches: false)
    }
    // Each order of the three once.
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    let trials = RandomStream.order(of: orders.count, seed: settings.seed, step: 8).map { place in
      HeadphoneCheck.Trial(stimuli: orders[place].map { ids[$0] }, softest: ids[1])
    }
    return HeadphoneCheck(trials: trials, needed: 5)
  }

  mutating func finish() throws -> Double { try shelf.finish() }

  // MARK: Pages

  /// The pairs of conditions that are compared.
  private var pairs: [(Int, Int)] {
    let all = conditions.indices
    guard settings.design == .realOrFake else {
      return all.flatMap { first in all.filter { $0 > first }.map { (first, $0) } }
    }
    let real = conditions.firstIndex { $0.condition.source == "real" } ?? 0
    return all.filter { $0 != real }.map { (real, $0) }
  }

  private mutating func id(_ condition: Int, _ clip: Int) throws -> String {
    let clips = conditions[condition].test
    let place = ClipPlace(condition: condition, clip: clip % clips.count)
    if let id = ids[place] { return id }
    let id = try shelf.add(clips[place.clip], kind: .test)
    ids[place] = id
    return id
  }

  private mutating func single(_ condition: Int, _ clip: Int) throws -> Trial {
    Trial(
      stimuli: [try id(condition, clip)],
      prompt: prompt(for: conditions[condition].test[clip]))
  }

  /// What a sound should be, where that is asked.
  private func prompt(for clip: SourceClip) -> String? {
    guard settings.questions.contains("fit"), let label = clip.label else { return nil }
    return "It should be: \(label)"
  }

  private mutating func page(_ clip: Int) throws -> Trial {
    var stimuli = try conditions.indices.map { try id($0, clip) }
    // One page of ten holds a sound that has to be the worst.
    if clip % 10 == 4 || settings.count < 5 && clip == 0 {
      stimuli.append(try spoilt(conditions[clip % conditions.count].test[clip], expected: "0"))
    }
    return Trial(stimuli: stimuli)
  }

  /// A page of `mushra`.
  private mutating func versions(
    _ clip: Int, in part: KeyPath<ConditionClips, [SourceClip]>, kind: KeyRow.Kind
  ) throws -> Trial {
    guard let place = conditions.firstIndex(where: { $0.condition.name == Condition.referenceName })
    else { return Trial(stimuli: []) }
    let reference = conditions[place][keyPath: part][clip]
    let isTraining = kind == .training
    func add(
      _ kind: KeyRow.Kind, filter: AnchorFilter? = nil, to shelf: inout StimulusShelf
    ) throws -> String {
      try shelf.add(reference, kind: isTraining ? .training : kind, filter: filter) {
        if filter != nil { $0.condition = kind.rawValue }
      }
    }
    let rate = StimulusSound.sampleRate
    let open = try add(.reference, to: &shelf)
    var stimuli = [
      try add(.reference, to: &shelf),
      try add(.anchor35, filter: AnchorFilter(cornerHz: 3_500, sampleRate: rate), to: &shelf),
      try add(.anchor70, filter: AnchorFilter(cornerHz: 7_000, sampleRate: rate), to: &shelf),
    ]
    for other in conditions.indices where other != place {
      stimuli.append(try shelf.add(conditions[other][keyPath: part][clip], kind: kind))
    }
    return Trial(stimuli: stimuli, reference: open)
  }

  private mutating func pair(
    _ first: Int, _ second: Int, unit: Int, _ clip: Int
  ) throws -> Trial {
    // Recordings are met once each where there are enough; labels come in turn all the same.
    let isReal = settings.design == .realOrFake
    let place = isReal ? unit * settings.count + clip : clip
    let stimuli = [try id(first, place), try id(second, clip)]
    guard settings.design == .abx else { return Trial(stimuli: stimuli) }
    // X is each of both equally often, by chance: by turns, it would go by the clips' label.
    let turns = RandomStream.order(of: settings.count, seed: settings.seed, step: 7, index: unit)
    let isFirst = turns[clip].isMultiple(of: 2)
    let twin = isFirst ? stimuli[0] : stimuli[1]
    let original = isFirst ? conditions[first].test[clip] : conditions[second].test[clip]
    let x = try shelf.add(original, kind: .test) { $0.twin = twin }
    return Trial(stimuli: stimuli, x: x)
  }

  // MARK: Attention

  /// One gold and one trapping page to ten others, as ITU-T P.808 has them; where a design has no sense
  /// for them, none.
  private mutating func addAttention() throws {
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
        let x =
          settings.design == .abx
          ? try shelf.add(right, kind: .gold) { $0.twin = stimuli[0] } : nil
        attention.append(Trial(stimuli: stimuli, x: x))
      case .multi, .mushra: break
      }
    }
  }

  private mutating func spoilt(_ clip: SourceClip, expected: String) throws -> String {
    var clip = clip
    clip.audio = MadeSound.spoilt(clip.audio)
    return try shelf.add(clip, kind: .gold) { $0.expected = expected }
  }

  // MARK: Training

  private mutating func addTraining() throws {
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
        let x =
          settings.design == .abx
          ? try shelf.add(clips[0], kind: .training) { $0.twin = stimuli[0] } : nil
        training.append(Trial(stimuli: stimuli, x: x))
      }
    }
  }

  // MARK: Names

  /// Gives the pages names in random order, and their stimuli the order of their ids: neither tells
  /// what they are.
  private func named() -> Composition {
    let all = Array(blocks.joined()) + attention + training
    let digits = max(2, String(all.count).count)
    let numbers = RandomStream.order(of: all.count, seed: settings.seed, step: 9)
    var composition = Composition()
    var next = 0
    func name(_ trial: Trial) -> String {
      let name = "t\((numbers[next] + 1).zeroPadded(to: digits))"
      next += 1
      var trial = trial
      trial.stimuli.sort()
      composition.trials[name] = trial
      return name
    }
    composition.blocks = blocks.map { $0.map(name) }
    composition.attention = attention.map(name)
    composition.training = training.map(name)
    return composition
  }
}
