import Foundation
import ListeningTests
import TestSupport
import Testing
import WaveGAN

/// Answers come from anywhere, and what they hold is shown on terminals, in pages and in spreadsheets.
@Suite("Hostile answers")
struct HostileAnswerTests {
  private let room: TemporaryFolder
  private let simulated = SimulatedTest(design: .mos, worth: [("a", 3), ("b", 4)], clipCount: 2)

  init() throws { room = try TemporaryFolder() }

  private func read(_ text: String, as name: String) throws -> [AnswerSheet] {
    try room.write(Array(text.utf8), to: name)
    return try AnswerFiles(joiner: AnswerJoiner(test: simulated.description, key: simulated.key))
      .read(["\(room.path)/\(name)"])
  }

  @Test("What a sentence quotes of a file cannot reach the terminal as it is")
  func escapes() throws {
    let escape = "\u{1B}[2J\u{7}\u{202E}"
    let changes: [(inout ListenerAnswers) -> Void] = [
      { $0.test = escape }, { $0.answers[0].trial = escape }, { $0.answers[0].stimulus = escape },
      { $0.answers[0].question = escape }, { $0.answers[0].value = .text(escape) },
    ]
    for change in changes {
      var answers = simulated.answers(of: 1)
      change(&answers)
      let text = String(decoding: try JSONEncoder().encode(answers), as: UTF8.self)
      let error = #expect(throws: ListeningTestError.self) { try read(text, as: "1.json") }
      let sentence = try #require(error).description
      #expect(sentence.contains(#"\u{1B}[2J\u{7}\u{202E}"#))
      #expect(!sentence.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }
  }

  @Test("A table whose questionnaire has two columns of one name is read, and the first counts")
  func columns() throws {
    let answer = simulated.answers(of: 1).answers[0]
    let sheets = try read(
      """
      test,listener,order,index,trial,training,repeat,question,stimulus,value,plays,seconds,at,age,age
      \(simulated.description.test),1,0,0,\(answer.trial),false,false,\(answer.question),\
      \(answer.stimulus ?? ""),3,1,2.5,,25,30
      """, as: "1.csv")
    #expect(sheets.map(\.questionnaire) == [["age": "25"]])
  }

  @Test(
    "A listener's name computes nothing in a spreadsheet, and leaves its cell in no way",
    arguments: [
      ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("@SUM(1,2)", "'@SUM(1,2)"),
      ("-2+3", "'-2+3"), ("+1", "+1"), ("\u{1B}[2J", #"\u{1B}[2J"#),
      ("a,\u{301}b\"\u{301}c", "a,\u{301}b\"\u{301}c"),
    ])
  func spreadsheets(name: String, shown: String) throws {
    var sheets = try simulated.sheets(3)
    sheets[0].listener = name
    let score = try ScoreJob(test: simulated.description, key: simulated.key, drawCount: 100)
      .score(sheets)
    let tables = ScoreTables(score, sheets: sheets).files.filter {
      ["listeners.csv", "judgements.csv"].contains($0.name)
    }
    #expect(tables.count == 2)
    for table in tables {
      let records = Array(CSVRecords(table.text))
      #expect(Set(records.map(\.count)).count == 1)
      #expect(records[1][0].unicodeScalars.elementsEqual(shown.unicodeScalars))
    }
  }

  @Test("No name ends an element or an attribute of the report, with combining marks neither")
  func marks() throws {
    let name = "x\"\u{301}onload=alert(1)<\u{301}b>&\u{301}"
    let html = ScorePage(
      try SimulatedTest(design: .mos, worth: [(name, 3), ("b", 4)]).score(8)
    ).html
    #expect(html.contains("x&quot;\u{301}onload=alert(1)&lt;\u{301}b&gt;&amp;\u{301}"))
    #expect(html.unicodeScalars.firstRange(of: "\"\u{301}".unicodeScalars) == nil)
  }
}
