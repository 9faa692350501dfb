import Foundation
import ListeningTests
import TestSupport
import Testing

/// What these need is installed by `make test-browser`.
@Suite("A listener in a browser", .enabled(if: Browser.program != nil), .serialized)
struct BrowserTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func browser() throws -> Browser { try Browser(in: folder.path) }

  /// Saves the answers at the end of a test, and reads them.
  private func saved(_ button: String, by listener: PageListener, as name: String) throws -> Data {
    try listener.browser.click(listener.button(button))
    let file = "\(folder.path)/downloads/\(name)"
    let end = ContinuousClock.now + .seconds(10)
    while !FileManager.default.fileExists(atPath: file) && ContinuousClock.now < end {
      usleep(10_000)
    }
    return try Data(contentsOf: URL(filePath: file))
  }

  private func clicked(_ answers: ListenerAnswers) -> [PageListener.Click] {
    answers.answers.compactMap { answer in
      answer.value.map {
        .init(
          trial: answer.trial, training: answer.training, question: answer.question,
          stimulus: answer.stimulus, value: $0)
      }
    }
  }

  /// Takes a test from the first screen to the last, with a reload in the middle of a page.
  private func take(_ listener: PageListener, order: Int, checking check: () throws -> Void)
    throws
  {
    let test = listener.test
    try listener.prepare()
    for name in test.training {
      try listener.hear(listener.names)
      let stimuli = test.trials[name]?.stimuli ?? []
      try listener.answer(Turn(trial: name, stimuli: stimuli), training: true)
      try check()
      try listener.goOn("Next")
    }
    try listener.goOn("Begin the test")
    for (index, turn) in test.orders[order].enumerated() {
      if index == test.breakEvery { try listener.goOn("Go on") }
      try listener.hear(listener.names)
      try listener.answer(turn)
      if index == 1 {
        // What was heard and answered is still so: “Next” leads on at once.
        try listener.browser.reload()
        try check()
      }
      try listener.goOn("Next")
    }
  }

  @Test(
    "Each design runs from the disk, and what comes out is what was clicked",
    arguments: TestDesign.allCases)
  func design(design: TestDesign) throws {
    let made = try MadeListeningTest(design, embeds: design == .ab)
    let browser = try browser()
    try browser.send(
      "Emulation.setDeviceMetricsOverride",
      ["width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": false])
    try browser.open("\(made.page)#listener=2")
    let listener = PageListener(browser, made.description)
    try take(listener, order: 1) {
      let controls = try browser.controls()
      #expect(controls.count > 2)
      for control in controls { #expect(!control.name.isEmpty, "a \(control.role) has no name") }
      let fits = try browser.value("document.documentElement.scrollWidth <= innerWidth")
      #expect(fits as? Bool == true)
    }
    let data = try saved("Save the answers", by: listener, as: "0123456789ab-2.json")
    let answers = try JSONDecoder().decode(ListenerAnswers.self, from: data)
    #expect(clicked(answers) == listener.clicks)
    #expect(answers.test == made.description.test)
    #expect((answers.listener, answers.order) == ("2", 1))
    #expect(answers.ended != nil)
    #expect(answers.questionnaire == ["age": "18–34", "remark": "no, \"none\""])
    #expect(answers.headphoneCheck == .init(passed: true, right: 1, of: 1))
    // The first trial of this order comes again as its last.
    let repeats = Set(answers.answers.filter(\.repeat).map { "\($0.index) \($0.trial)" })
    #expect(repeats == ["3 t03"])
    for answer in answers.answers {
      #expect(answer.plays.values.reduce(0, +) == listener.names.count)
      #expect(answer.seconds > 0.2 && answer.seconds < 60)
    }
    let table = String(
      decoding: try saved("Save as a table", by: listener, as: "0123456789ab-2.csv"), as: UTF8.self)
    let records = Array(CSVRecords(table))
    #expect(
      records.first == [
        "test", "listener", "order", "index", "trial", "training", "repeat", "question",
        "stimulus", "value", "plays", "seconds", "at", "age", "remark",
      ])
    #expect(records.count == listener.clicks.count + 1)
    for (record, click) in zip(records.dropFirst(), listener.clicks) {
      let value =
        switch click.value {
        case .number(let number): "\(Int(number))"
        case .text(let text): text
        }
      #expect(
        [4, 5, 7, 8, 9, 14].map { record[$0] }
          == [
            click.trial, "\(click.training)", click.question, click.stimulus, value,
            "no, \"none\"",
          ])
    }
    // Nothing was asked of a network, and nothing went wrong unseen.
    for event in browser.events where event.method == "Network.requestWillBeSent" {
      let address = (event.parameters["request"] as? [String: Any])?["url"] as? String ?? ""
      #expect(["file:", "data:", "blob:"].contains { address.hasPrefix($0) }, "\(address)")
    }
    #expect(!browser.events.contains { $0.method == "Runtime.exceptionThrown" })
  }

  @Test("Nothing can be rated before it was heard to its end")
  func locked() throws {
    let made = try MadeListeningTest(.multi)
    let browser = try browser()
    try browser.open("\(made.page)#listener=1")
    let listener = PageListener(browser, made.description)
    try listener.prepare()
    let open = "[...document.querySelectorAll('.slider')].map((one) => !one.disabled).join()"
    #expect(try browser.value(open) as? String == "false,false,false")
    try listener.hear(["B"])
    #expect(try browser.value(open) as? String == "false,true,false")
    // Stopped before its end, a sound was not heard.
    try browser.click(listener.button("Play C"))
    try browser.click(listener.button("Stop C"))
    #expect(try browser.value(open) as? String == "false,true,false")
    try browser.click(listener.button("Next"))
    #expect(try listener.heading == "Training 1 of 1")
    try browser.wait(for: "document.getElementById('message').textContent.includes('every sound')")
  }

  @Test("The whole of a test can be taken with a keyboard")
  func keyboard() throws {
    let made = try MadeListeningTest(.mos)
    let browser = try browser()
    try browser.open("\(made.page)")
    // Goes forward from control to control until one is reached; a focus that is lost never comes
    // there.
    func reach(_ element: String) throws {
      for _ in 0..<20 {
        if try browser.value("document.activeElement.matches('\(element)')") as? Bool == true {
          return
        }
        try browser.press("Tab")
      }
      throw Browser.Failure(description: "Tab does not lead to \(element)")
    }
    func goOn() throws {
      try reach("button.main")
      try browser.value("document.querySelector('h1').isOld = true")
      try browser.press("Enter")
      try browser.wait(for: "!document.querySelector('h1').isOld")
    }
    func hear(_ count: Int) throws {
      for index in 1...count {
        try reach("button.play:nth-child(\(index))")
        try browser.press(" ")
        try browser.wait(for: "document.activeElement.classList.contains('heard')")
      }
    }
    try reach("#listener")
    try browser.type("1")
    try goOn()
    try goOn()
    try reach("[type=checkbox]")
    try browser.press(" ")
    try goOn()
    try reach("select")
    try browser.press("ArrowDown")
    try goOn()
    try reach("button.play")
    try browser.press(" ")
    try goOn()
    try hear(3)
    try reach("[type=radio]")
    try browser.press("ArrowRight")
    try goOn()
    try goOn()
    for turn in 0..<4 {
      if turn == 1 || turn == 3 { try goOn() }
      try hear(1)
      try reach("[name^=quality]")
      try browser.press(" ")
      try reach("[name^=fit]")
      try browser.press("ArrowDown")
      try goOn()
    }
    let listener = PageListener(browser, made.description)
    #expect(try listener.heading == "Thank you")
    let data = try saved("Save the answers", by: listener, as: "0123456789ab-1.json")
    let answers = try JSONDecoder().decode(ListenerAnswers.self, from: data)
    let pairs = Array(repeating: [Answer.Value.number(5), .number(4)], count: 4)
    #expect(answers.answers.map(\.value) == pairs.flatMap(\.self))
    // The next listener begins anew, and the first one's answers stay.
    try listener.goOn("Next listener")
    try browser.wait(for: "document.querySelector('#listener')")
    try browser.open("\(made.page)#listener=1")
    try browser.wait(for: "document.querySelector('h1').textContent === 'Thank you'")
  }

  @Test("In a lab, the server has the same text that a listener can save")
  func served() async throws {
    let made = try MadeListeningTest(.ab)
    let server = try ListenerServer(folder: made.test)
    let port = try await server.start(ports: 0...0)
    let browser = try browser()
    try browser.open("http://127.0.0.1:\(port)/l/4")
    let listener = PageListener(browser, made.description)
    try take(listener, order: 1) {}
    try browser.wait(for: "document.body.innerText.includes('Your answers have arrived')")
    let data = try saved("Save the answers", by: listener, as: "0123456789ab-4.json")
    let kept = try Data(contentsOf: URL(filePath: "\(made.test.answers)/4.json"))
    #expect(kept == data)
    let answers = try JSONDecoder().decode(ListenerAnswers.self, from: kept)
    #expect(clicked(answers) == listener.clicks)
    await server.stop()
  }
}
