import Yams

/// A configuration of webMUSHRA, with its sounds: the content of `configs/`, to be copied into that of
/// a webMUSHRA, whose root all paths in it start from. It is opened as `?config=NAME.yaml`.
///
/// The first page has no sound, as a browser plays none before somebody has clicked. The hidden
/// reference is webMUSHRA's own; the anchors are the test's.
struct WebMUSHRAFiles {
  let test: ExportedTest

  func files() throws -> [HostFile] {
    let text = try Yams.serialize(node: configuration, width: -1, allowUnicode: true)
    return [HostFile(path: "configs/\(test.name).yaml", text: text)]
      + test.audio(
        of: test.pages + test.attentionPages + test.trainingPages, in: "configs/\(test.name)/audio",
        level: true)
  }

  private var configuration: Node {
    .map([
      ("testname", .text(test.description.title)), ("testId", .text(test.name)),
      ("language", .text(test.description.language)), ("bufferSize", .number(2_048)),
      ("stopOnErrors", .flag(true)), ("showButtonPreviousPage", .flag(false)),
      ("remoteService", .text("service/write.php")), ("pages", .list(pages)),
    ])
  }

  private var pages: [Node] {
    let texts = test.description.texts
    var pages = [
      text("welcome", "Welcome", texts.welcome),
      Node.map([
        ("type", .text("consent")), ("id", .text("consent")), ("name", .text("Consent")),
        ("content", .text(html(texts.consent))), ("mustConsent", .flag(true)),
      ]),
    ]
    if let level = test.description.level {
      pages.append(
        .map([
          ("type", .text("volume")), ("id", .text("level")), ("name", .text("Level")),
          ("content", .text("Set a comfortable level, and leave it there.")),
          ("stimulus", .text(path(level))), ("defaultVolume", .number(0.5)),
        ]))
    }
    pages.append(text("instructions", "Instructions", texts.instructions))
    let judged = test.pages + test.attentionPages
    pages.append(.list([.text("random")] + judged.flatMap(questions)))
    pages.append(finish)
    return pages
  }

  private func text(_ id: String, _ name: String, _ content: String) -> Node {
    .map([
      ("type", .text("generic")), ("id", .text(id)), ("name", .text(name)),
      ("content", .text(html(content))),
    ])
  }

  private func html(_ text: String) -> String {
    text.escapedForMarkup.split(separator: "\n\n").map { "<p>\($0)</p>" }.joined()
  }

  private func path(_ id: String) -> String { "configs/\(test.name)/audio/\(id).wav" }

  /// The pages of a trial: one for each question, but for a page that has all its sounds.
  private func questions(_ name: String, _ trial: Trial) -> [Node] {
    let asked = test.description.questions
    func page(_ type: String, _ question: Question, _ more: [(String, Node)]) -> Node {
      // The program has a reference where this test has X.
      let remark = test.settings.design == .abx ? "X is called the reference here." : nil
      let content = [trial.prompt, question.text, remark].compactMap(\.self)
        .joined(separator: "\n\n")
      let id = asked.count == 1 ? name : "\(name)-\(question.name)"
      return .map(
        [
          ("type", .text(type)), ("id", .text(id)), ("name", .text(test.description.title)),
          ("content", .text(html(content))),
        ] + more)
    }
    let stimuli = Node.map(trial.stimuli.map { ($0, .text(path($0))) })
    switch test.settings.design {
    case .mushra:
      // The hidden reference is added by the program, from the open one.
      let hidden = Set(test.key.rows.filter { $0.kind == .reference }.map(\.stimulus))
      let others = trial.stimuli.filter { !hidden.contains($0) }
      return [
        page(
          "mushra", asked[0],
          [
            ("showWaveform", .flag(false)), ("enableLooping", .flag(true)),
            ("reference", .text(path(trial.reference ?? ""))), ("createAnchor35", .flag(false)),
            ("createAnchor70", .flag(false)), ("randomize", .flag(true)),
            ("showConditionNames", .flag(false)),
            ("stimuli", .map(others.map { ($0, .text(path($0))) })),
          ])
      ]
    case .abx:
      // X is one of the two: the twin's other is what the program mixes it with.
      let twin = trial.x.flatMap { x in test.key.rows.first { $0.stimulus == x }?.twin }
      let others = trial.stimuli.filter { $0 != twin }
      return [
        page(
          "paired_comparison", asked[0],
          [
            ("showWaveform", .flag(false)), ("enableLooping", .flag(false)),
            ("unforced", .text("")), ("reference", .text(path(twin ?? trial.stimuli[0]))),
            ("stimuli", .map(others.map { ($0, .text(path($0))) })),
          ])
      ]
    case .multi:
      return [
        page(
          "likert_multi_stimulus", asked[0],
          [
            ("mustRate", .flag(true)), ("mustPlayback", .text("ended")), ("stimuli", stimuli),
            ("response", response(asked[0])),
          ])
      ]
    default:
      return asked.map { question in
        page(
          "likert_single_stimulus", question,
          [
            ("showWaveform", .flag(false)), ("mustRate", .flag(true)),
            ("mustPlayback", .text("ended")), ("stimuli", stimuli),
            ("response", response(question)),
          ])
      }
    }
  }

  private func response(_ question: Question) -> Node {
    // A band of a continuous scale stands for its middle: 80 to 100 is 90.
    let middle = question.scale == .continuous ? 50 / max(1, question.steps.count) : 0
    let answers =
      question.choices.map { $0.map { ($0, $0) } }
      ?? question.steps.map { ("\($0.value + middle)", $0.text) }
    return .list(
      answers.map { .map([("value", .text($0.0)), ("label", .text($0.1))]) })
  }

  private var finish: Node {
    let items = test.description.questionnaire.map { item -> Node in
      // The results can be sent when all has an answer that is not optional. The program's own
      // fields for numbers begin with a number that nobody gave.
      let type = item.kind == .choice ? "likert" : "text"
      let choices = (item.choices ?? []).map { choice in
        Node.map([("value", .text(choice)), ("label", .text(choice))])
      }
      return .map(
        [
          ("type", .text(type)), ("label", .text(item.text)), ("name", .text(item.name)),
          ("optional", .flag(!item.required)),
        ] + (item.kind == .choice ? [("response", .list(choices))] : []))
    }
    // Only mushra.csv says whose the answers are; this lets the other tables be joined.
    let who = Node.map([
      ("type", .text("text")), ("label", .text("Participant id")), ("name", .text("pid")),
    ])
    return .map([
      ("type", .text("finish")), ("name", .text("Thank you")),
      ("content", .text(html(test.description.texts.end))), ("showResults", .flag(false)),
      ("writeResults", .flag(true)), ("questionnaire", .list([who] + items)),
    ])
  }
}

extension Node {
  /// A text in quotation marks: an id of digits stays a text, and “: ” does no harm.
  fileprivate static func text(_ text: String) -> Node {
    .scalar(.init(text, Tag(.str), .doubleQuoted))
  }

  fileprivate static func number(_ number: Double) -> Node {
    let isWhole = number == number.rounded()
    return .scalar(
      .init(isWhole ? "\(Int(number))" : "\(number)", Tag(isWhole ? .int : .float)))
  }

  fileprivate static func flag(_ flag: Bool) -> Node {
    .scalar(.init(flag ? "true" : "false", Tag(.bool)))
  }

  fileprivate static func list(_ nodes: [Node]) -> Node { .sequence(.init(nodes)) }

  /// A mapping in this order; keys that could be taken for numbers stand in quotation marks.
  fileprivate static func map(_ pairs: [(String, Node)]) -> Node {
    let isName = pairs.allSatisfy { $0.0.first?.isLetter == true && Double($0.0) == nil }
    return .mapping(
      .init(
        pairs.map { (isName ? Node($0.0) : .text($0.0), $0.1) }))
  }
}
