import AudioFiles
package import Foundation
package import ListeningTests

/// A small listening test of made tones, as export lays it out, for what only needs some test.
package struct MadeListeningTest {
  package let folder: TemporaryFolder
  package var description: TestDescription

  package var test: TestFolder { TestFolder(folder.path) }
  /// The page as a file.
  package var page: URL { URL(filePath: "\(test.listener)/index.html") }

  /// - Parameters:
  ///   - embeds: whether the sounds are in the page.
  ///   - edit: what is different in this test.
  package init(
    _ design: TestDesign, embeds: Bool = false, edit: (inout TestDescription) -> Void = { _ in }
  ) throws {
    folder = try TemporaryFolder()
    var sounds = Sounds(folder: folder, embeds: embeds)
    let trials = try ["t01", "t02", "t03", "t90"].reduce(into: [String: Trial]()) { trials, name in
      trials[name] = try Self.trial(of: design, from: &sounds)
    }
    let tones = try (0..<3).map { _ in try sounds.add() }
    let level = try sounds.add()
    func turn(_ name: String, reversed: Bool) -> Turn {
      let stimuli = trials[name]?.stimuli ?? []
      return Turn(trial: name, stimuli: reversed ? stimuli.reversed() : stimuli)
    }
    description = TestDescription(
      test: "0123456789ab", title: "Drums: <which> sound \"better\"?", design: design,
      questions: Self.questions(of: design), stimuli: sounds.addresses, trials: trials,
      training: ["t90"], level: level,
      headphones: HeadphoneCheck(
        trials: [.init(stimuli: tones, softest: tones[1])], needed: 1),
      orders: [
        ["t01", "t02", "t03"].map { turn($0, reversed: false) },
        ["t03", "t01", "t02", "t03"].map { turn($0, reversed: true) },
      ],
      breakEvery: 2, minutes: 1.5,
      texts: Texts(
        welcome: "Welcome.\n\nTake your time.", consent: "You can stop at any time.",
        instructions: "Listen, then answer. </script><b>", end: "That was all."),
      questionnaire: [
        QuestionnaireItem(
          name: "age", text: "Your age", kind: .choice, choices: ["18–34", "35 or more"],
          required: true),
        QuestionnaireItem(name: "remark", text: "Remarks", kind: .text),
        QuestionnaireItem(name: "years", text: "Years of music", kind: .number),
      ])
    edit(&description)
    try folder.write(
      Array(try ListenerPage.html(for: description).utf8), to: "listener/index.html")
    try folder.write(
      Array(try JSONEncoder().encode(description)), to: "listener/test.json")
  }

  private static func trial(of design: TestDesign, from sounds: inout Sounds) throws -> Trial {
    let count =
      switch design {
      case .mos, .identify: 1
      case .ab, .abx, .realOrFake: 2
      case .multi, .mushra: 3
      }
    var trial = Trial(stimuli: try (0..<count).map { _ in try sounds.add() })
    switch design {
    case .abx: trial.x = try sounds.add()
    case .mushra: trial.reference = try sounds.add()
    case .mos: trial.prompt = "A snare drum"
    default: break
    }
    return trial
  }

  private static func questions(of design: TestDesign) -> [Question] {
    let category = [(5, "Excellent"), (4, "Good"), (3, "Fair"), (2, "Poor"), (1, "Bad")]
      .map { Question.Step($0, $1) }
    let bands = category.map { Question.Step(20 * ($0.value - 1), $0.text) }
    return switch design {
    case .mos:
      [
        Question(name: "quality", text: "How good is it?", scale: .category, steps: category),
        Question(name: "fit", text: "How well does it fit?", scale: .category, steps: category),
      ]
    case .multi: [Question(name: "quality", text: "How good?", scale: .continuous, steps: bands)]
    case .mushra: [Question(name: "quality", text: "How close?", scale: .continuous, steps: bands)]
    case .ab: [Question(name: "preference", text: "Which do you prefer?", scale: .choice)]
    case .abx: [Question(name: "x", text: "Which is X?", scale: .choice)]
    case .realOrFake: [Question(name: "real", text: "Which was recorded?", scale: .choice)]
    case .identify:
      [
        Question(
          name: "label", text: "What is it?", scale: .choice, choices: ["hat", "kick", "snare"]),
        Question(name: "ease", text: "How easy was it?", scale: .category, steps: category),
      ]
    }
  }
}

/// Makes tones, each in a file of its own or in its address.
private struct Sounds {
  let folder: TemporaryFolder
  let embeds: Bool
  var addresses: [String: String] = [:]
  private var generator = SplitMix64(state: 6)

  init(folder: TemporaryFolder, embeds: Bool) {
    self.folder = folder
    self.embeds = embeds
  }

  /// Makes the next one, a fifth of a second of a tone.
  mutating func add() throws -> String {
    let id = String(UInt32.random(in: 0x1000_0000...UInt32.max, using: &generator), radix: 16)
    let clip = MadeClips.sine(
      frequencyHz: 200 + 10 * Double(addresses.count), seconds: 0.2, sampleRate: 48_000,
      channelCount: 2)
    let name = "audio/\(id).wav"
    let bytes = try AudioWriter(container: .wav).encode(clip, path: name)
    if embeds {
      addresses[id] = "data:audio/wav;base64,\(Data(bytes).base64EncodedString())"
    } else {
      try folder.write(bytes, to: "listener/\(name)")
      addresses[id] = name
    }
    return id
  }
}
