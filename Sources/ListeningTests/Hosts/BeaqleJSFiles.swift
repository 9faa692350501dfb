/// A configuration of BeaqleJS, `config/test.js`, with its sounds.
///
/// In BeaqleJS's `index.html`, the test class that the configuration names in its first line is to be
/// chosen.
struct BeaqleJSFiles {
  let test: ExportedTest

  func files() throws -> [HostFile] {
    let kind =
      switch test.settings.design {
      case .mushra: "MushraTest"
      case .abx: "AbxTest"
      default: "PrefTest"
      }
    let text = "// For \(kind).\nvar TestConfig = \(try JSONValue.object(configuration).written);\n"
    return [HostFile(path: "config/test.js", text: text)]
      + test.audio(of: pages, in: "audio")
  }

  private var pages: [(name: String, trial: Trial)] { test.pages + test.attentionPages }

  private var configuration: [String: JSONValue] {
    var values: [String: JSONValue] = [
      "TestName": .text(test.description.title), "LoopByDefault": .flag(false),
      "AutoReturnByDefault": .flag(true), "ShowFileIDs": .flag(false),
      "ShowResults": .flag(false), "EnableABLoop": .flag(false),
      "EnableOnlineSubmission": .flag(test.description.collect != nil),
      "BeaqleServiceURL": .text(test.description.collect ?? ""), "SupervisorContact": .text(""),
      "RandomizeTestOrder": .flag(true), "MaxTestsPerRun": .number(-1),
      "AudioRoot": .text("audio/"),
      "Testsets": .list(pages.map(testset)),
    ]
    if test.settings.design == .mushra {
      values["RateScalePng"] = .text("img/scale_abs.png")
      values["RateScaleBgPng"] = .text("img/scale_abs_background.png")
      values["RateMinValue"] = .number(0)
      values["RateMaxValue"] = .number(100)
      values["RateDefaultValue"] = .number(0)
      values["RequireMaxRating"] = .flag(false)
    }
    return values
  }

  private func testset(_ name: String, _ trial: Trial) -> JSONValue {
    func file(_ id: String) -> JSONValue { .text("\(id).wav") }
    var files: [String: JSONValue] = [:]
    if test.settings.design == .mushra {
      // The program hides the reference among the others itself.
      let hidden = Set(test.key.rows.filter { $0.kind == .reference }.map(\.stimulus))
      files["Reference"] = file(trial.reference ?? "")
      for id in trial.stimuli where !hidden.contains(id) { files[id] = file(id) }
    } else {
      files = ["A": file(trial.stimuli[0]), "B": file(trial.stimuli[1])]
    }
    return .object(["Name": .text(name), "TestID": .text(name), "Files": .object(files)])
  }
}
