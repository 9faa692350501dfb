/// Timeline variables for jsPsych, `trials.json`, with the sounds.
///
/// An object for each page: `trial`, `stimuli` (paths), `ids`, `reference`, `x`, `prompt`, and what its
/// plugin wants: `type`, and `choices`, or `labels` with `min` and `max`. A page with several sounds takes
/// one plugin for each of them, or one of one's own.
struct JsPsychFiles {
  let test: ExportedTest

  func files() throws -> [HostFile] {
    let pages = test.pages + test.attentionPages
    return [
      HostFile(path: "trials.json", text: try JSONValue.list(pages.map(page)).written + "\n")
    ] + test.audio(of: pages, in: "audio")
  }

  private func page(_ name: String, _ trial: Trial) -> JSONValue {
    func path(_ id: String) -> JSONValue { .text("audio/\(id).wav") }
    var values: [String: JSONValue] = [
      "trial": .text(name), "ids": .list(trial.stimuli.map(JSONValue.text)),
      "stimuli": .list(trial.stimuli.map(path)),
      "questions": .list(test.description.questions.map(question)),
    ]
    if trial.stimuli.count == 1 { values["stimulus"] = path(trial.stimuli[0]) }
    values["reference"] = trial.reference.map(path)
    values["x"] = trial.x.map(path)
    values["prompt"] = trial.prompt.map(JSONValue.text)
    return .object(values)
  }

  private func question(_ question: Question) -> JSONValue {
    var values: [String: JSONValue] = [
      "name": .text(question.name), "prompt": .text(question.text),
    ]
    switch question.scale {
    case .continuous:
      values["type"] = .text("audio-slider-response")
      values["min"] = .number(0)
      values["max"] = .number(100)
      values["start"] = .number(50)
      values["require_movement"] = .flag(true)
      // From left to right.
      values["labels"] = .list(question.steps.reversed().map { .text($0.text) })
    case .category:
      values["type"] = .text("audio-button-response")
      values["choices"] = .list(question.steps.map { .text($0.text) })
      values["values"] = .list(question.steps.map { .number($0.value) })
    case .choice:
      values["type"] = .text("audio-button-response")
      values["choices"] = .list((question.choices ?? ["A", "B"]).map(JSONValue.text))
    }
    return .object(values)
  }
}
