import Foundation
import ListeningTests
import Testing

/// A listener who takes a test in a browser, and remembers every answer they clicked.
final class PageListener {
  /// An answer as it was clicked.
  struct Click: Hashable {
    var trial: String
    var training: Bool
    var question: String
    var stimulus: String?
    var value: Answer.Value
  }

  let browser: Browser
  let test: TestDescription
  private(set) var clicks: [Click] = []
  /// Decides what is answered.
  private var count = 0

  init(_ browser: Browser, _ test: TestDescription) {
    self.browser = browser
    self.test = test
  }

  func button(_ text: String) -> String {
    "[...document.querySelectorAll('button')].find((one) => one.textContent.startsWith('\(text)'))"
  }

  var heading: String {
    get throws { try browser.value("document.querySelector('h1').textContent") as? String ?? "" }
  }

  /// Presses a button that leads on, and waits for the next screen.
  func goOn(_ text: String) throws {
    try browser.value("document.querySelector('h1').isOld = true")
    try browser.click(button(text))
    try browser.wait(for: "!document.querySelector('h1').isOld")
  }

  /// From the first screen to the first trial.
  func prepare() throws {
    try goOn("Begin")
    try browser.click(button("Continue"))
    #expect(try heading == "Consent", "without consent nothing goes on")
    try browser.click("document.querySelector('input')")
    try goOn("Continue")
    try browser.click(button("Continue"))
    #expect(try heading == "About you", "what is required must be answered")
    try browser.value("document.querySelector('select').selectedIndex = 1")
    try browser.click("document.querySelector('[name=remark]')")
    try browser.type("no, \"none\"")
    try goOn("Continue")
    try browser.click(button("Play sound"))
    try browser.wait(for: button("Stop sound"))
    try goOn("The level is set")
    try hear(["tone 1", "tone 2", "tone 3"])
    try browser.click("document.querySelectorAll('input')[1]")
    try goOn("Next")
    try goOn("Continue")
  }

  /// Plays sounds, each to its end.
  func hear(_ names: [String]) throws {
    for name in names {
      try browser.click(button("Play \(name)"))
      try browser.wait(for: "\(button("Play \(name)"))?.classList.contains('heard')")
    }
  }

  /// The names of the sounds that are on a page of the design.
  var names: [String] {
    switch test.design {
    case .mos, .identify: ["sound"]
    case .ab, .realOrFake: ["A", "B"]
    case .abx: ["A", "B", "X"]
    case .multi: ["A", "B", "C"]
    case .mushra: ["reference", "A", "B", "C"]
    }
  }

  /// Answers all questions of a page, whose sounds were heard.
  func answer(_ turn: Turn, training: Bool = false) throws {
    func remember(_ question: Question, _ stimulus: String, _ value: Answer.Value) {
      clicks.append(
        Click(
          trial: turn.trial, training: training, question: question.name, stimulus: stimulus,
          value: value))
    }
    for (index, question) in test.questions.enumerated() {
      count += 1
      let inputs = "document.querySelectorAll('fieldset')[\(index)].querySelectorAll('input')"
      switch (test.design, question.scale) {
      case (.ab, _), (.abx, _), (.realOrFake, _):
        try browser.click("\(inputs)[\(count % 2)]")
        remember(question, turn.stimuli[count % 2], .number(1))
      case (_, .category):
        try browser.click("\(inputs)[\(count % 5)]")
        remember(question, turn.stimuli[0], .number(Double(5 - count % 5)))
      case (_, .choice):
        let choices = question.choices ?? []
        try browser.click("\(inputs)[\(count % choices.count)]")
        remember(question, turn.stimuli[0], .text(choices[count % choices.count]))
      case (_, .continuous):
        for (place, stimulus) in turn.stimuli.enumerated() {
          let part = Double((count * 29 + place * 37) % 100) / 100
          try browser.click("\(inputs)[\(place)]", at: part)
          let shown = try browser.value(
            "Number(document.querySelectorAll('output')[\(place)].textContent)")
          let value = shown as? Double ?? -1
          // The middle of the handle stays 8 pixels away from the ends of about 200.
          #expect(abs(value - 100 * part) < 5, "\(value) was clicked at \(part)")
          remember(question, stimulus, .number(value))
        }
      }
    }
  }
}
