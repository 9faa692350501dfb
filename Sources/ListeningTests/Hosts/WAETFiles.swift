/// A project of the Web Audio Evaluation Tool: `test.xml`, after its schema, and its sounds.
///
/// The tool need not change levels: they are matched already.
struct WAETFiles {
  let test: ExportedTest

  func files() -> [HostFile] {
    let declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    return [HostFile(path: "test.xml", text: declaration + document.written())]
      + test.audio(of: pages, in: "audio")
  }

  private var pages: [(name: String, trial: Trial)] { test.pages + test.attentionPages }

  private var interface: String {
    switch test.settings.design {
    case .mos, .identify: "discrete"
    case .multi: "horizontal"
    case .mushra: "MUSHRA"
    case .ab, .realOrFake: "AB"
    case .abx: "ABX"
    }
  }

  private var document: XMLElement {
    let metrics = ["testTimer", "elementTimer", "elementFlagListenedTo", "elementListenTracker"]
    let texts = test.description.texts
    return XMLElement(
      "waet",
      [
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:noNamespaceSchemaLocation", "test-schema.xsd"),
      ],
      [
        XMLElement(
          "setup",
          [
            // No sampleRate: the tool would refuse browsers that run at another.
            ("interface", interface), ("projectReturn", "save.php"), ("randomiseOrder", "true"),
            ("crossFade", "0.01"),
          ],
          [
            XMLElement("exitText", text: texts.end),
            XMLElement(
              "survey", [("location", "before")],
              statements + test.description.questionnaire.map(entry)),
            XMLElement("metric", [], metrics.map { XMLElement("metricenable", text: $0) }),
            XMLElement(
              "interface", [],
              [
                XMLElement("interfaceoption", [("type", "check"), ("name", "fragmentPlayed")]),
                XMLElement("interfaceoption", [("type", "show"), ("name", "volume")]),
              ]),
          ])
      ]
        + pages.flatMap { page in
          test.description.questions.map { self.page(page.name, page.trial, $0) }
        })
  }

  private var statements: [XMLElement] {
    let texts = test.description.texts
    return [
      ("welcome", texts.welcome), ("consent", texts.consent), ("instructions", texts.instructions),
    ]
    .map { id, text in
      XMLElement(
        "surveyentry", [("type", "statement"), ("id", id)], [XMLElement("statement", text: text)])
    }
  }

  private func entry(_ item: QuestionnaireItem) -> XMLElement {
    let type =
      switch item.kind {
      case .choice: "radio"
      case .text: "question"
      case .number: "number"
      }
    let options = (item.choices ?? []).enumerated().map { place, choice in
      XMLElement("option", [("name", "\(item.name)-\(place + 1)")], text: choice)
    }
    return XMLElement(
      "surveyentry",
      [("type", type), ("id", item.name), ("mandatory", item.required ? "true" : "false")],
      [XMLElement("statement", text: item.text)] + options)
  }

  /// A page asks one question, as the tool's interfaces show one scale.
  private func page(_ trialName: String, _ trial: Trial, _ question: Question) -> XMLElement {
    let isOnly = test.description.questions.count == 1
    let name = isOnly ? trialName : "\(trialName)-\(question.name)"
    let kinds = test.key.byStimulus
    var elements: [XMLElement] = []
    func add(_ id: String, _ type: String) {
      elements.append(
        // Ids are XML's: not two alike in a document, and none begins with a digit.
        XMLElement("audioelement", [("id", "\(name)-\(id)"), ("url", "\(id).wav"), ("type", type)]))
    }
    if let reference = trial.reference { add(reference, "outside-reference") }
    for id in trial.stimuli {
      switch kinds[id]?.kind {
      case .reference: add(id, "reference")
      case .anchor35, .anchor70: add(id, "anchor")
      default: add(id, "normal")
      }
    }
    // ABX makes its own X of the two.
    let top = question.steps.map(\.value).max() ?? 1
    let bottom = question.steps.map(\.value).min() ?? 0
    let scale = question.steps.map { step in
      XMLElement(
        "scalelabel", [("position", "\(100 * (step.value - bottom) / max(1, top - bottom))")],
        text: step.text)
    }
    let title = [trial.prompt, question.text].compactMap(\.self).joined(separator: " – ")
    return XMLElement(
      "page",
      [
        ("id", name), ("hostURL", "audio/"), ("randomiseOrder", "true"), ("repeatCount", "0"),
        ("loop", "false"), ("synchronous", "false"),
      ],
      [
        XMLElement(
          "interface", [],
          [XMLElement("title", text: title)]
            + (scale.isEmpty ? [] : [XMLElement("scales", [], scale)]))
      ] + elements)
  }
}
