import Foundation
import ListeningTests
import TestSupport
import Testing

@Suite("Hostile requests to a listening test")
struct HostileRequestTests {
  private let made: MadeListeningTest

  init() throws { made = try MadeListeningTest(.mos) }

  @Test(
    "A range that is none gets the whole sound or nothing, and the program goes on",
    arguments: [
      "bytes=9223372036854775807-", "bytes=99999999999999999999-", "bytes=-1-5", "bytes=10-5",
      "bytes=0-99999999999999999999", "bytes=-9223372036854775808-", "bytes=9999999999-", "x",
    ])
  func ranges(range: String) throws {
    let name = try #require(made.description.stimuli.values.first)
    let served = try ServedTest(made)
    let answer = try RawClient.request(
      "GET", "/l/\(name)", port: served.port, headers: ["Range: \(range)"])
    #expect(answer.hasPrefix("HTTP/1.1 200 ") || answer.hasPrefix("HTTP/1.1 416 "))
    #expect(try RawClient.request("GET", "/l/1", port: served.port).hasPrefix("HTTP/1.1 200 "))
    #expect(try served.end().exitCode == 0)
  }

  @Test("More connections than the system allows end none but themselves")
  func connections() throws {
    let served = try ServedTest(made)
    try served.limitFiles(to: 40)
    var idle = (0..<60).compactMap { _ in try? RawClient(port: served.port) }
    #expect(idle.count > 20)
    // Whoever comes meanwhile may have to come again, as browsers do.
    let isServed = (0..<50).contains { _ in
      usleep(100_000)
      let answer = try? RawClient.request("GET", "/l/1", port: served.port)
      return answer?.hasPrefix("HTTP/1.1 200 ") == true
    }
    #expect(isServed)
    idle = []
    let outcome = try served.end()
    #expect(outcome.exitCode == 0 && outcome.errors == "")
  }

  @Test("Who serves hears of answers that cannot be kept, and a folder that was moved away is made")
  func trouble() throws {
    let served = try ServedTest(made)
    let answers = ListenerAnswers(
      test: made.description.test, listener: "1", order: 0, began: "2026-11-23T20:15:00Z")
    let text = String(decoding: try JSONEncoder().encode(answers), as: UTF8.self)
    func post() throws -> String {
      String(try RawClient.post(text, to: "/l/1/answers", port: served.port).prefix(13))
    }
    try FileManager.default.removeItem(atPath: made.test.answers)
    #expect(try post() == "HTTP/1.1 204 ")
    try FileManager.default.removeItem(atPath: made.test.answers)
    try made.folder.write([], to: "answers")
    #expect(try post() == "HTTP/1.1 500 ")
    let errors = try served.end().errors
    #expect(
      errors.hasPrefix(
        "Listener 1 has begun: 1.json\nAnswers of listener 1 were not kept: ./answers "))
  }

  @Test(
    "A folder of answers that cannot be written to is refused before anybody answers",
    .enabled(if: geteuid() != 0, "Root may write everywhere."))
  func readOnly() throws {
    try FileManager.default.createDirectory(
      atPath: made.test.answers, withIntermediateDirectories: true)
    try #require(chmod(made.test.answers, 0o555) == 0)
    defer { chmod(made.test.answers, 0o755) }
    let outcome = try Program.run("listening-test", "page", ".", in: made.folder.path)
    #expect(outcome.exitCode == 73)
    #expect(
      outcome.errors == "Error: ./answers cannot be written to; see who may write there.\n")
  }
}
