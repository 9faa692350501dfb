import AudioFiles
import NeuralNet

/// Makes the pages of a test out of the clips of its conditions.
struct TestComposer {
  let settings: TestSettings
  let conditions: [ConditionClips]
  /// Whether beeps are among the pages.
  var hasTraps = false
  var shelf: StimulusShelf
  private var ids: [ClipPlace: String] = [:]

  /// Pages, `[block][unit]`.
  var blocks: [[Trial]] = []
  var attention: [Trial] = []
  var training: [Trial] = []

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
  var pairs: [(Int, Int)] {
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
  func prompt(for clip: SourceClip) -> String? {
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
  mutating func versions(
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
    return Trial(stimuli: stimuli, x: try x(of: original, twin: twin, kind: .test))
  }

  /// The X of an `abx` page, made of one of its two clips; nil for other designs.
  mutating func x(of clip: SourceClip, twin: String, kind: KeyRow.Kind) throws -> String? {
    guard settings.design == .abx else { return nil }
    return try shelf.add(clip, kind: kind) { $0.twin = twin }
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
