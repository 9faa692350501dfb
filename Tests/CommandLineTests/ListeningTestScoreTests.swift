import Foundation
import ListeningTests
import TestSupport
import Testing

@Suite("wavegan listening-test score")
struct ListeningTestScoreTests {
  private let room: TemporaryFolder

  /// Makes a test of two conditions with three clips each, “drums”, and eight listeners' answers.
  init() throws {
    room = try TemporaryFolder()
    let names = ["ema", "raw"]
    var rows: [KeyRow] = []
    for place in 0..<6 {
      var row = KeyRow(
        stimulus: "0000000\(place)", condition: names[place % 2], clip: "\(place / 2)", kind: .test)
      row.label = place < 3 ? "kick" : "snare"
      rows.append(row)
    }
    let question = Question(
      name: "quality", text: "How good is it?", scale: .category,
      steps: (1...5).map { .init($0, "step") })
    let trials = Dictionary(
      uniqueKeysWithValues: rows.map { ("t\($0.stimulus)", Trial(stimuli: [$0.stimulus])) })
    let description = TestDescription(
      test: "0123456789ab", title: "Drums", design: .mos, questions: [question], stimuli: [:],
      trials: trials, orders: [], minutes: 1,
      texts: Texts(welcome: "", consent: "", instructions: "", end: ""))
    let encoder = JSONEncoder()
    try room.write(Array(encoder.encode(description)), to: "drums/listener/test.json")
    try room.write(Array(TestKey(rows: rows).csv.utf8), to: "drums/key.csv")
    for listener in 1...8 {
      let answers = rows.enumerated().map { place, row in
        // The first condition is one or two steps better for everybody.
        let value = row.condition == "ema" ? 4 + (listener + place) % 2 : 3
        return Answer(
          index: place, trial: "t\(row.stimulus)", question: "quality", stimulus: row.stimulus,
          value: .number(Double(value)))
      }
      let given = ListenerAnswers(
        test: "0123456789ab", listener: "\(listener)", order: 0, began: "", ended: "now",
        answers: answers)
      try room.write(Array(encoder.encode(given)), to: "drums/answers/\(listener).json")
    }
  }

  private func score(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["listening-test", "score"] + arguments, in: room.path)
  }

  @Test("It prints who counts, the means with their intervals, and what they say")
  func table() throws {
    let outcome = try score("drums")
    #expect(outcome.exitCode == 0 && outcome.errors == "")
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    #expect(lines[0...1] == ["Drums", "8 listeners, who all count."])
    #expect(
      lines[3] == "quality                     n      mean     for these clips     for other clips")
    #expect(lines[4].hasPrefix("ema                        24      4.50        "))
    #expect(lines[5].hasPrefix("raw                        24      3.00        3.00 to 3.00"))
    // All of eight one way: 2 / 2⁸.
    #expect(lines[7].hasPrefix("ema is rated above raw, by 1.50 (95 %: +1."))
    #expect(outcome.output.contains("p = 0.008.\n"))
    #expect(outcome.output.contains("\nAgreement\n  quality: Krippendorff's α (ordinal) 0."))
    #expect(try score("drums", "--quiet").output == "")
    let planned = try score("drums", "--plan", "0.5")
    #expect(
      planned.output.contains(
        "\nListeners needed\n  quality: to see a difference of 0.5 in four of five tests takes "))
  }

  @Test("The object and the files hold the same figures, and files are not replaced unasked")
  func files() throws {
    let json = try score("drums", "drums/answers", "--json", "--draws", "200")
    #expect(json.exitCode == 0)
    let made = try score("drums", "--draws", "200", "--out", "report")
    #expect(made.output.hasSuffix("\n\nWrote report; open report.html.\n"))
    let file = try String(
      contentsOf: URL(filePath: room.path + "/report/score.json"), encoding: .utf8)
    #expect(file == json.output)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: room.path + "/report").sorted() == [
        "comparisons.csv", "conditions.csv", "judgements.csv", "listeners.csv", "report.html",
        "score.json",
      ])
    let again = try score("drums", "--out", "report")
    #expect(again.exitCode == 73)
    #expect(
      again.errors
        == "Error: report/report.html exists already; choose another folder, or replace what is there "
        + "with --force.\n")
    #expect(try score("drums", "--out", "report", "--force").exitCode == 0)
  }

  @Test(
    "Wrong use ends with its code and a sentence",
    arguments: [
      (["none"], 66, "none/listener/test.json is not there."),
      (["drums", "nothing"], 66, "nothing is not there."),
      (
        ["drums", "drums/key.csv"], 65,
        "drums/key.csv has no column “test”, so it is not a table of answers; leave it out."
      ),
      (["drums", "--draws", "5"], 64, "--draws 5: give a number from 100 to 100,000."),
      (
        ["drums", "--plan", "0"], 64,
        "--plan 0.0: give a difference above 0, and at most 100."
      ),
    ])
  func wrongUse(arguments: [String], code: Int, sentence: String) throws {
    let outcome = try Program.run(["listening-test", "score"] + arguments, in: room.path)
    #expect(Int(outcome.exitCode) == code)
    #expect(outcome.errors.contains("Error: \(sentence)\n"))
    #expect(outcome.output == "")
  }
}
