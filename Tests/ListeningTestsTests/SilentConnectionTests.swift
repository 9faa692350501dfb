import Foundation
import ListeningTests
import TestSupport
import Testing

@Suite("Silent connections")
struct SilentConnectionTests {
  /// Does what blocks a thread on one of its own, so that the server keeps those that it needs.
  private func apart<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
    }
  }

  @Test("A connection that nothing comes over is closed, and the server waits on for others")
  func silence() async throws {
    let made = try MadeListeningTest(.mos)
    let server = try ListenerServer(folder: made.test, silence: .milliseconds(200))
    let port = try await server.start(ports: 8_300...8_399)
    let ends = try await apart {
      // Neither who says nothing nor who stops in the middle is waited for; both hear the end of it.
      try ["", "GET /l/1 HTTP/1.1\r\nHo", "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n"].map {
        let client = try RawClient(port: port)
        let start = ContinuousClock.now
        client.send($0.utf8)
        _ = client.answer()
        return ContinuousClock.now - start
      }
    }
    // RawClient itself gives up after 20 s.
    #expect(ends.allSatisfy { $0 < .seconds(15) })
    let answer = try await apart { try RawClient.request("GET", "/l/1", port: port) }
    #expect(answer.hasPrefix("HTTP/1.1 200 "))
    await server.stop()
  }
}
