import Foundation
import ListeningTests
import TestSupport
import Testing

@Suite("wavegan listening-test page")
struct ListeningTestPageTests {
  private let made: MadeListeningTest

  init() throws { made = try MadeListeningTest(.ab) }

  @Test("What the command says of itself")
  func help() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Help/listening-test-page.txt")
    let outcome = try Program.run("listening-test", "page", "--help")
    #expect(outcome.exitCode == 0)
    #expect(outcome.output == String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }

  @Test("It tells the addresses, keeps what is posted, and ends with Ctrl-C")
  func serves() throws {
    let program = try StartedProgram(["listening-test", "page", "."], in: made.folder)
    let said = made.folder.path + "/said/output"
    var text = ""
    program.wait {
      text = (try? String(contentsOfFile: said, encoding: .utf8)) ?? ""
      return text.contains("Ctrl-C")
    }
    let port = try #require(UInt16(text.firstMatch(of: /127\.0\.0\.1:(\d+)/)?.1 ?? ""))
    #expect(
      text == """
        Drums: <which> sound "better"?: 2 listeners, about 2 minutes each

          http://127.0.0.1:\(port)/l/1      listener 1
          http://127.0.0.1:\(port)/l/2      listener 2
          http://127.0.0.1:\(port)/         the next listener who has not begun

        Answers come to ./answers. Ctrl-C ends this.

        """)
    let answers = ListenerAnswers(
      test: made.description.test, listener: "2", order: 1, began: "2026-11-23T20:15:00Z",
      ended: "2026-11-23T20:16:00Z")
    let json = String(decoding: try JSONEncoder().encode(answers), as: UTF8.self)
    let answer = try RawClient.post(json, to: "/l/2/answers", port: port)
    #expect(answer.hasPrefix("HTTP/1.1 204 "))
    let outcome = try program.end(with: SIGINT)
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors == "Listener 2 has come to the end: 2.json\n")
    let kept = try Data(contentsOf: URL(filePath: "\(made.test.answers)/2.json"))
    #expect(String(decoding: kept, as: UTF8.self) == json)
  }

  @Test(
    "What cannot be served is refused with a sentence",
    arguments: [
      (["listening-test", "page", "nowhere"], 66, "nowhere/listener/test.json is not there."),
      (
        ["listening-test", "page", ".", "--address", "here"], 64,
        "here is not an address such as 127.0.0.1 or 0.0.0.0; give one."
      ),
      (
        ["listening-test", "page", ".", "--address", "192.0.2.1"], 74,
        "192.0.2.1 cannot be served at: Cannot assign requested address; choose another port or "
          + "address."
      ),
      (
        ["listening-test", "page", ".", "--port", "0"], 64,
        "--port 0: give a number from 1 to 65535."
      ),
    ])
  func refusals(arguments: [String], exitCode: Int32, sentence: String) throws {
    let outcome = try Program.run(arguments, in: made.folder.path)
    #expect(outcome.exitCode == exitCode)
    #expect(outcome.errors.hasPrefix("Error: \(sentence)\n"))
    #expect(outcome.output == "")
  }
}
