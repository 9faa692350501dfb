import ArgumentParser
import AudioFiles
import Foundation
import ListeningTests
import Synchronization
import WaveGAN

/// Serves a listening test.
struct PageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page",
    abstract: "Serve a listening test to browsers, and collect the answers.",
    discussion: """
      Each listener has an address, /l/1, /l/2 and so on; the first address leads to a listener who \
      has not begun. Answers are kept after each screen in answers/ in the test's folder, a file for \
      each listener. Only browsers on this computer can reach it, unless --address says otherwise. \
      Ctrl-C ends it.

      Example: wavegan listening-test page drums.test
      Example: wavegan listening-test page drums.test --address 0.0.0.0 --port 8080
      """)

  @Argument(
    help: ArgumentHelp("The folder that export made.", valueName: "test"), completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp(
      "The port. Default: the first free one from 8000 to 8099.", valueName: "n"))
  var port: UInt16?

  @Option(
    help: ArgumentHelp(
      """
      The address of this computer to listen at; 0.0.0.0 lets other computers of the network in. \
      Default: 127.0.0.1.
      """,
      valueName: "address"))
  var address: String?

  @Flag(help: "Do not tell who has begun and ended.")
  var quiet = false

  /// Is reached from this computer alone.
  private static let ownAddress = "127.0.0.1"

  func validate() throws {
    guard port != 0 else { throw ValidationError("--port 0: give a number from 1 to 65535.") }
  }

  func run() throws {
    let interruption = Interruption()
    let test = TestFolder(folder)
    let isQuiet = quiet
    let server = try ListenerServer(
      folder: test, address: address ?? Self.ownAddress,
      complain: { listener, error in
        StandardError.write("Answers of listener \(listener) were not kept: \(error)\n")
      },
      tell: { kept in
        guard !isQuiet, kept.isNew || kept.hasEnded else { return }
        let what = kept.hasEnded ? "has come to the end" : "has begun"
        StandardError.write("Listener \(kept.answers.listener) \(what): \(kept.name)\n")
      })
    let ports = port.map { $0...$0 } ?? 8000...8099
    let used = try Outcome { try await server.start(ports: ports) }.wait()
    try tell(server.test, at: "http://\(shownHost):\(used)", answers: test.answers)
    var failure: ListeningTestError?
    while !interruption.isRequested && failure == nil {
      Thread.sleep(forTimeInterval: 0.1)
      failure = try Outcome { await server.failure }.wait()
    }
    try Outcome { await server.stop() }.wait()
    if let failure { throw failure }
  }

  /// What other computers call this one, when they can reach it at all.
  private var shownHost: String {
    address == "0.0.0.0" ? ProcessInfo.processInfo.hostName : address ?? Self.ownAddress
  }

  private func tell(_ test: TestDescription, at place: String, answers: String) throws {
    let count = test.orders.count
    // Orders begin again with the first, so every number has one; these are the planned ones.
    let rows =
      (count > 1 ? [1, count] : [1]).map { ("l/\($0)", "listener \($0)") }
      + [("", "the next listener who has not begun")]
    print(
      """
      \(test.title.escapedForDisplay): \(count.counted("listener")), \
      about \(Int(test.minutes.rounded(.up)).counted("minute")) each

      \(rows.map { "  \(place)/\($0.leftAligned(to: 8)) \($1)" }.joined(separator: "\n"))

      Answers come to \(answers.escapedForDisplay). Ctrl-C ends this.
      """)
    try StandardFiles.flushOutput()
  }
}

/// What comes of some asynchronous work, for a thread that waits for it.
private final class Outcome<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let isThere = DispatchSemaphore(value: 0)

  init(of work: @escaping @Sendable () async throws -> Value) {
    Task {
      let value: Result<Value, any Error>
      do { value = .success(try await work()) } catch { value = .failure(error) }
      result.withLock { $0 = value }
      isThere.signal()
    }
  }

  /// Blocks the thread, which must be none of Swift's own pool, until the work is done. To be called
  /// once.
  func wait() throws -> Value {
    isThere.wait()
    guard let result = result.withLock({ $0 }) else { throw CancellationError() }
    return try result.get()
  }
}
