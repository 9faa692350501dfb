import WaveGAN

/// A conditions file for PsychoPy, `conditions.csv`, with the sounds: a row for each page, to be looped
/// over in random order.
///
///     trial,sound1,…,soundN,reference,x,prompt,question,corrAns
///
/// `corrAns` is the right answer where a page has one: 1 or 2 for a sound of two, a rating, a label.
struct PsychoPyFiles {
  let test: ExportedTest

  func files() -> [HostFile] {
    let pages = test.pages + test.attentionPages
    let width = pages.map(\.trial.stimuli.count).max() ?? 1
    let header =
      ["trial"] + (1...width).map { "sound\($0)" }
      + ["reference", "x", "prompt", "question", "corrAns"]
    let rows = pages.map { page -> [String] in
      let trial = page.trial
      func path(_ id: String?) -> String { id.map { "audio/\($0).wav" } ?? "" }
      let sounds = (0..<width).map { path($0 < trial.stimuli.count ? trial.stimuli[$0] : nil) }
      let question = test.description.questions.map(\.text).joined(separator: " / ")
      return [page.name] + sounds
        + [path(trial.reference), path(trial.x), trial.prompt ?? "", question, rightAnswer(trial)]
    }
    let text = ([header] + rows).map { $0.map(\.csvField).joined(separator: ",") + "\n" }.joined()
    return [HostFile(path: "conditions.csv", text: text)] + test.audio(of: pages, in: "audio")
  }

  private func rightAnswer(_ trial: Trial) -> String {
    let rows = test.key.byStimulus
    if let x = trial.x, let twin = rows[x]?.twin, let place = trial.stimuli.firstIndex(of: twin) {
      return "\(place + 1)"
    }
    if trial.stimuli.count == 1, let row = rows[trial.stimuli[0]] {
      return row.expected.isEmpty && test.settings.design == .identify ? row.label : row.expected
    }
    guard trial.stimuli.count == 2 else { return "" }
    if let place = trial.stimuli.firstIndex(where: { rows[$0]?.expected == "1" }) {
      return "\(place + 1)"
    }
    let place = trial.stimuli.firstIndex { rows[$0]?.source == "real" }
    return test.settings.design == .realOrFake ? place.map { "\($0 + 1)" } ?? "" : ""
  }
}
