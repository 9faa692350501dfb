import Foundation
import ListeningTests
import TestSupport
import Testing

@Suite("Files of answers")
struct AnswerFileTests {
  private let room: TemporaryFolder
  private let simulated = SimulatedTest(design: .mos, worth: [("a", 3), ("b", 4)], clipCount: 2)

  init() throws { room = try TemporaryFolder() }

  private func read(_ paths: String...) throws -> [AnswerSheet] {
    try AnswerFiles(joiner: AnswerJoiner(test: simulated.description, key: simulated.key))
      .read(paths.map { "\(room.path)/\($0)" })
  }

  private func write(_ answers: ListenerAnswers, to name: String) throws {
    try room.write(Array(JSONEncoder().encode(answers)), to: name)
  }

  /// The sentence that reading ends with.
  private func refusal(_ paths: String...) -> String {
    do {
      _ = try AnswerFiles(joiner: AnswerJoiner(test: simulated.description, key: simulated.key))
        .read(paths.map { "\(room.path)/\($0)" })
      return ""
    } catch {
      return "\(error)".replacing(room.path + "/", with: "")
    }
  }

  /// The table that the page offers.
  private func table(of answers: ListenerAnswers) -> String {
    let heading =
      "test,listener,order,index,trial,training,repeat,question,stimulus,value,plays,seconds,at,age\n"
    return heading
      + answers.answers.map { answer in
        guard case .number(let value) = answer.value else { return "" }
        return "\(answers.test),\(answers.listener),0,\(answer.index),\(answer.trial),false,false,"
          + "\(answer.question),\(answer.stimulus ?? ""),\(Int(value)),1,2.5,,\"25, or so\"\n"
      }.joined()
  }

  @Test("A table holds what the object holds, and both together count once")
  func table() throws {
    let answers = simulated.answers(of: 3)
    try write(answers, to: "answers/3.json")
    try room.write(Array(table(of: answers).utf8), to: "tables/3.csv")
    let (object, table) = (try read("answers"), try read("tables"))
    #expect(object.count == 1 && object[0].ratings.count == 4 && object[0].checks.count == 4)
    #expect(table[0].ratings == object[0].ratings && table[0].checks == object[0].checks)
    #expect(table[0].questionnaire == ["age": "25, or so"])
    #expect(try read("answers", "tables").count == 1)
    #expect(try read("tables", "answers")[0].isFinished == true)
  }

  @Test("Listeners come in the order of their numbers, and other files of a folder are left alone")
  func folder() throws {
    for listener in [10, 9, 2] {
      try write(simulated.answers(of: listener), to: "answers/\(listener).json")
    }
    try room.write(Array("hello".utf8), to: "answers/notes.txt")
    try room.write(Array("{".utf8), to: "answers/.11.json.partial")
    #expect(try read("answers").map(\.listener) == ["2", "9", "10"])
  }

  @Test("Training counts for nothing, and questions left open neither")
  func uncounted() throws {
    var answers = simulated.answers(of: 1)
    answers.answers[0].training = true
    answers.answers[0].trial = "anything"
    answers.answers[1].value = nil
    try write(answers, to: "1.json")
    let all = try read("1.json")[0]
    #expect(all.ratings.count + all.checks.count == 8 - 2)
  }

  @Test("Different answers of one listener are refused")
  func twice() throws {
    try write(simulated.answers(of: 1), to: "a/1.json")
    var other = simulated.answers(of: 2)
    other.listener = "1"
    try write(other, to: "b/1.json")
    #expect(
      refusal("a", "b")
        == "b/1.json has other answers of listener 1 than a/1.json; leave one of them out.")
  }

  @Test("Of two sittings the one counts that alone came to its end")
  func sittings() throws {
    var begun = simulated.answers(of: 1)
    begun.answers.removeLast(5)
    begun.ended = nil
    try write(begun, to: "a/1.json")
    try write(simulated.answers(of: 1), to: "a/1-2.json")
    try write(begun, to: "a/1-3.json")
    let sheets = try read("a")
    #expect(sheets.count == 1 && sheets[0].file.hasSuffix("a/1-2.json"))
    #expect(
      Set(sheets[0].remarks.map { $0.replacing(room.path + "/", with: "") }) == [
        "Of listener 1, a/1.json did not come to its end, and is left out for a/1-2.json.",
        "Of listener 1, a/1-3.json did not come to its end, and is left out for a/1-2.json.",
      ])
  }

  @Test("What does not fit the test is refused with its place")
  func misfits() throws {
    func refused(_ change: (inout ListenerAnswers) -> Void) throws -> String {
      var answers = simulated.answers(of: 1)
      change(&answers)
      try write(answers, to: "1.json")
      return refusal("1.json")
    }
    #expect(
      try refused { $0.test = "ffffffffffff" }
        == "1.json holds answers to another test, ffffffffffff, not 0123456789ab; leave it out.")
    #expect(
      try refused { $0.answers[2].trial = "t\u{1B}[0m" }
        == #"1.json names a trial that the test has not, “t\u{1B}[0m”, in answer 3; leave it out."#)
    #expect(
      try refused { $0.answers[0].question = "taste" }
        == "1.json names a question that the test has not, “taste”, in answer 1; leave it out.")
    #expect(
      try refused { $0.answers[0].stimulus = $0.answers[1].stimulus }
        .hasPrefix("1.json names a stimulus that its trial has not, “"))
    for value in [Answer.Value.number(0), .number(6), .number(3.5), .text("nan"), .text("good")] {
      #expect(
        try refused { $0.answers[0].value = value }
          .hasPrefix("1.json has a value that is not on the scale, “"))
    }
    #expect(try refused { $0.format = 2 }.hasPrefix("1.json has a format"))
  }

  @Test(
    "Hostile files are refused with a sentence",
    arguments: [
      ("{", "a.json is not a file of answers; leave it out."),
      (
        #"{"format": 1, "test": "0123456789ab"}"#,
        "a.json is not a file of answers: “listener” is missing, or not what it should be; leave it out."
      ),
      (
        #"{"format": 1, "test": 5}"#,
        "a.json is not a file of answers: “test” is missing, or not what it should be; leave it out."
      ),
      (
        "a,b\n1,2\n",
        "a.json has no column “test”, so it is not a table of answers; leave it out."
      ),
      ("", "a.json has no column “test”, so it is not a table of answers; leave it out."),
      (
        "session_test_id,trial_id,rating_stimulus,rating_score\nx,t1,y,5\n",
        "a.json does not say which listener a row is of; ask for a name or number in webMUSHRA's "
          + "questionnaire, in a field “listener”."
      ),
    ])
  func hostile(text: String, sentence: String) throws {
    try room.write(Array(text.utf8), to: "a.json")
    #expect(refusal("a.json") == sentence)
  }

  @Test("Bytes that are no text, broken rows, deep nesting and empty folders are refused too")
  func moreHostile() throws {
    try room.write([0xFF, 0xFE, 0x00], to: "bytes.csv")
    #expect(refusal("bytes.csv").hasSuffix("is not text in UTF-8; save it as that."))
    let nested = String(repeating: "[", count: 100_000)
    try room.write(Array("{\"answers\": \(nested)".utf8), to: "deep.json")
    #expect(refusal("deep.json") == "deep.json is not a file of answers; leave it out.")
    let heading =
      "test,listener,order,index,trial,training,repeat,question,stimulus,value,plays,seconds,at\n"
    try room.write(Array((heading + "a,b\n").utf8), to: "short.csv")
    #expect(refusal("short.csv").hasPrefix("short.csv has 2 fields at its row 2, where"))
    let row = "0123456789ab,1,0,x,t1,maybe,false,quality,,3,1,1,\n"
    try room.write(Array((heading + row).utf8), to: "row.csv")
    #expect(
      refusal("row.csv")
        == "row.csv has no number of an answer, or not true or false, at its row 2; leave it out.")
    try FileManager.default.createDirectory(
      atPath: "\(room.path)/empty", withIntermediateDirectories: true)
    #expect(
      refusal("empty")
        == "empty holds no answers; name files that listeners downloaded, or the folder that "
        + "collects them.")
    #expect(refusal("none") == "none is not there.")
  }
}
