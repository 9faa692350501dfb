import Foundation
import ListeningTests
import TestSupport
import Testing

@Suite("Serving a listening test")
struct ServerTests {
  private let made: MadeListeningTest

  init() throws { made = try MadeListeningTest(.mos) }

  /// Serves the test while something is done.
  private func serving(_ work: (UInt16) throws -> Void) async throws {
    let server = try ListenerServer(folder: made.test)
    let port = try await server.start(ports: 0...0)
    do {
      try work(port)
      await server.stop()
    } catch {
      await server.stop()
      throw error
    }
  }

  private func status(_ answer: String) -> Int {
    Int(answer.split(separator: " ").dropFirst().first ?? "") ?? 0
  }

  private func answers(
    ofListener listener: Int, count: Int, began: String = "2026-11-23T20:15:00Z",
    change: (inout ListenerAnswers) -> Void = { _ in }
  ) throws -> String {
    var answers = ListenerAnswers(
      test: made.description.test, listener: "\(listener)",
      order: made.description.order(ofListener: listener), began: began,
      answers: (0..<count).map {
        Answer(
          index: $0, trial: "t01", question: "quality",
          stimulus: made.description.trials["t01"]?.stimuli[0], value: .number(4))
      })
    change(&answers)
    return String(decoding: try JSONEncoder().encode(answers), as: UTF8.self)
  }

  private var kept: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: made.test.answers).sorted() }
  }

  private func kept(_ name: String) throws -> String {
    String(
      decoding: try Data(contentsOf: URL(filePath: "\(made.test.answers)/\(name)")), as: UTF8.self)
  }

  @Test("Each listener has an address, with or without a slash at its end")
  func pages() async throws {
    try await serving { port in
      for (path, listener) in [("/l/1", "1"), ("/l/17", "17"), ("/l/17/", "17")] {
        let answer = try RawClient.request("GET", path, port: port)
        #expect(status(answer) == 200)
        #expect(answer.contains(#""listener":"\#(listener)""#))
        #expect(answer.contains("Content-Security-Policy: default-src 'none'"))
      }
      for path in ["/l/0", "/l/-1", "/l/01", "/l/100000", "/l/x", "/l/1/x", "/favicon.ico"] {
        #expect(status(try RawClient.request("GET", path, port: port)) == 404, "\(path)")
      }
      #expect(status(try RawClient.request("DELETE", "/l/1", port: port)) == 405)
    }
  }

  @Test("The first address leads each browser to another number, past those that were used")
  func next() async throws {
    try await serving { port in
      _ = try RawClient.post(answers(ofListener: 2, count: 0), to: "/l/2/answers", port: port)
      let places = try (0..<3).map { _ in try RawClient.request("GET", "/", port: port) }
      for (answer, number) in zip(places, [1, 3, 4]) {
        #expect(status(answer) == 303)
        #expect(answer.contains("Location: /l/\(number)\r\n"))
      }
    }
  }

  @Test("Sounds are served whole and in part")
  func sounds() async throws {
    let name = try #require(made.description.stimuli.values.first)
    let size = try Data(contentsOf: URL(filePath: "\(made.test.listener)/\(name)")).count
    try await serving { port in
      for place in ["/l/\(name)", "/l/17/\(name)"] {
        let whole = try RawClient.request("GET", place, port: port)
        #expect(status(whole) == 200)
        #expect(whole.contains("Content-Length: \(size)\r\n"))
        #expect(whole.contains("Content-Type: audio/wav\r\n"))
      }
      let part = try RawClient.request(
        "GET", "/l/\(name)", port: port, headers: ["Range: bytes=10-19"])
      #expect(status(part) == 206)
      #expect(part.contains("Content-Range: bytes 10-19/\(size)\r\n"))
    }
  }

  @Test(
    "No address leads to the key, or anywhere else outside what listeners get",
    arguments: [
      "/key.csv", "/l/key.csv", "/../key.csv", "/l/audio/../../../key.csv",
      "/l/audio/%2e%2e%2f%2e%2e%2fkey.csv", "/l/audio/..%2f..%2fkey.csv",
      "/l/audio/....//key.csv", "//key.csv", "/l/audio/%00", "/l/audio/", "/l/17/answers",
      "/answers/1.json", "/l/audio/test.json", "/l/test.json", "http://127.0.0.1/key.csv",
    ])
  func outside(path: String) async throws {
    try made.folder.write(Array("the secret".utf8), to: "key.csv")
    try await serving { port in
      let answer = try RawClient.request("GET", path, port: port)
      #expect([400, 404].contains(status(answer)))
      #expect(!answer.contains("secret"))
    }
  }

  @Test("Answers are kept as they came, and a sitting's later ones replace its earlier ones")
  func keeping() async throws {
    try await serving { port in
      let texts = try [0, 2, 5].map { try answers(ofListener: 3, count: $0) }
      for text in texts {
        #expect(status(try RawClient.post(text, to: "/l/3/answers", port: port)) == 204)
        #expect(try kept("3.json") == text)
      }
      // One that comes late, after one with more, changes nothing.
      #expect(status(try RawClient.post(texts[1], to: "/l/3/answers", port: port)) == 409)
      #expect(try kept("3.json") == texts[2])
      #expect(try kept == ["3.json"])
    }
  }

  @Test("A second sitting under the same number replaces nothing")
  func sittings() async throws {
    try await serving { port in
      let first = try answers(ofListener: 3, count: 3)
      let second = try answers(ofListener: 3, count: 1, began: "2026-11-24T09:00:00Z")
      for text in [first, second] {
        #expect(status(try RawClient.post(text, to: "/l/3/answers", port: port)) == 204)
      }
      #expect(try kept == ["3-2.json", "3.json"])
      #expect(try (kept("3.json"), kept("3-2.json")) == (first, second))
    }
  }

  @Test("What is no answer to this test is refused, and nothing is written")
  func refusals() async throws {
    try await serving { port in
      let wrong: [(inout ListenerAnswers) -> Void] = [
        { $0.test = "ba9876543210" }, { $0.listener = "4" }, { $0.order = 0 }, { $0.format = 2 },
        { $0.answers[0].trial = "t77" }, { $0.answers[0].stimulus = "00000000" },
      ]
      let texts =
        try wrong.map { try answers(ofListener: 2, count: 1, change: $0) }
        + ["", "{}", "[", String(repeating: "[", count: 100_000), "\u{0}", "null"]
      for text in texts {
        let answer = try RawClient.post(text, to: "/l/2/answers", port: port)
        #expect(status(answer) == 400, "\(text.prefix(100))")
      }
      let right = try answers(ofListener: 2, count: 1)
      for type in ["text/plain", "application/x-www-form-urlencoded"] {
        let answer = try RawClient.post(right, to: "/l/2/answers", port: port, type: type)
        #expect(status(answer) == 415)
      }
      #expect(status(try RawClient.post(right, to: "/l/x/answers", port: port)) == 415)
      #expect(try kept == [])
    }
  }

  @Test("A body that is too large is refused, whether or not it says how large it is")
  func size() async throws {
    try await serving { port in
      let head = "POST /l/2/answers HTTP/1.1\r\nContent-Type: application/json\r\n"
      let told = try RawClient(port: port)
      told.send("\(head)Connection: close\r\nContent-Length: 99999999\r\n\r\n".utf8)
      #expect(status(told.answer()) == 413)
      let untold = try RawClient(port: port)
      untold.send("\(head)Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
      let chunk = Array("100000\r\n".utf8) + [UInt8](repeating: 0x20, count: 1 << 20) + [13, 10]
      for _ in 0..<5 { untold.send(chunk) }
      untold.send("0\r\n\r\n".utf8)
      #expect([413, 0].contains(status(untold.answer())))
      #expect(try kept == [])
    }
  }

  @Test("One who sends slowly, or what is no request, keeps nobody else waiting")
  func slow() async throws {
    try await serving { port in
      let slow = try (0..<20).map { _ in try RawClient(port: port) }
      for client in slow { client.send("POST /l/1/answers HTTP/1.1\r\nContent-Le".utf8) }
      let wrong = try RawClient(port: port)
      wrong.send("\u{16}\u{3}\u{1} hello\r\n\r\n".utf8)
      #expect(status(try RawClient.request("GET", "/l/1", port: port)) == 200)
      for client in slow {
        client.send("ngth: 2\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n{}".utf8)
        #expect(status(client.answer()) == 400)
      }
    }
  }

  @Test("A port that is taken is passed over; without another, a sentence says so")
  func ports() async throws {
    let first = try ListenerServer(folder: made.test)
    let taken = try await first.start(ports: 0...0)
    let second = try ListenerServer(folder: made.test)
    let failure = await #expect(throws: ListeningTestError.self) {
      _ = try await second.start(ports: taken...taken)
    }
    #expect(
      failure?.description
        == "127.0.0.1 cannot be served at: Address already in use; choose another port or address."
    )
    let other = try await second.start(ports: taken...(taken + 20))
    #expect(other > taken)
    await first.stop()
    await second.stop()
  }

  @Test("A folder that is no test, or an address that is none, is refused with a sentence")
  func folders() async throws {
    let empty = try TemporaryFolder()
    let missing = #expect(throws: ListeningTestError.self) {
      _ = try ListenerServer(folder: TestFolder(empty.path))
    }
    #expect(missing?.code == .notFound)
    try made.folder.write(Array("<html></html>".utf8), to: "listener/index.html")
    let changed = #expect(throws: ListeningTestError.self) {
      _ = try ListenerServer(folder: made.test)
    }
    #expect(changed?.code == .malformed)
    let server = try ListenerServer(folder: try MadeListeningTest(.ab).test, address: "nowhere")
    let failure = await #expect(throws: ListeningTestError.self) {
      _ = try await server.start(ports: 0...0)
    }
    #expect(failure?.code == .refused)
  }
}
