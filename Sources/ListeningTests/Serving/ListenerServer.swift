import AudioFiles
import FlyingFox
import FlyingSocks
import Foundation

/// Serves a listening test to browsers, and collects what listeners answer.
package actor ListenerServer {
  /// What is served.
  package nonisolated let test: TestDescription
  private let site: ListenerSite
  private let address: String
  private let silence: Duration
  private var server: HTTPServer?

  /// Why serving has ended, when ``stop()`` did not end it.
  package private(set) var failure: ListeningTestError?

  /// Reads a test.
  ///
  /// - Parameters:
  ///   - folder: what export made.
  ///   - address: the address of this computer at which it listens; 127.0.0.1 is reached from this
  ///     computer alone, 0.0.0.0 stands for all addresses.
  ///   - silence: how long a connection is kept that nothing comes over.
  ///   - complain: is told of answers that could not be written, and why.
  ///   - tell: is told of answers that were kept.
  /// - Throws: ``ListeningTestError`` `.notFound`, `.unreadable` or `.malformed` for a folder that is
  ///   no test; `AudioFileError`, or ``ListeningTestError`` `.cannotCreate`, when the folder of answers
  ///   cannot be made or written to.
  package init(
    folder: TestFolder, address: String = "127.0.0.1", silence: Duration = .seconds(120),
    complain: @escaping @Sendable (_ listener: Int, any Error) -> Void = { _, _ in },
    tell: @escaping @Sendable (AnswerStore.Kept) -> Void = { _ in }
  ) throws {
    test = try folder.readDescription()
    let file = "\(folder.listener)/index.html"
    let page = try BoundedFile.text(at: file, sizeLimit: 512 << 20)
    guard !test.orders.isEmpty, ListenerPage.page(page, for: .init(listener: "1", post: "")) != nil
    else {
      throw ListeningTestError(
        .malformed, file, "is not the page of a listening test; export the test again")
    }
    site = ListenerSite(
      page: page, folder: folder.listener, sounds: Set(test.stimuli.values),
      store: try AnswerStore(folder: folder, test: test), tell: tell,
      complain: complain)
    self.address = address
    self.silence = silence
  }

  /// Begins to serve, at the first port of these that is free.
  ///
  /// - Returns: the port.
  /// - Throws: ``ListeningTestError`` `.cannotServe` when none is, or the address is not one of this
  ///   computer.
  package func start(ports: ClosedRange<UInt16>) async throws -> UInt16 {
    for port in ports.dropLast() {
      if let port = try? await start(port: port) { return port }
    }
    return try await start(port: ports.upperBound)
  }

  private func start(port: UInt16) async throws -> UInt16 {
    guard let socket = try? sockaddr_in.inet(ip4: address, port: port) else {
      throw ListeningTestError(
        .refused, address, "is not an address such as 127.0.0.1 or 0.0.0.0; give one")
    }
    let server = HTTPServer(
      address: socket, timeout: 60, pool: PatientSockets(limit: silence), logger: .disabled,
      handler: site)
    failure = nil
    Task { await run(server) }
    // It listens, or fails, within moments.
    while true {
      if case .ip4(_, let port) = await server.listeningAddress {
        self.server = server
        return port
      }
      if let failure { throw failure }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  private func run(_ server: HTTPServer) async {
    do {
      try await server.run()
    } catch SocketError.failed(_, EMFILE, _) where self.server != nil {
      // There are more connections than can be open. All are closed by now, and browsers open new ones.
      await run(server)
    } catch {
      var words = error.localizedDescription
      if case SocketError.failed(_, _, let message) = error { words = message }
      failure = ListeningTestError(
        .cannotServe, address, "cannot be served at: \(words); choose another port or address")
    }
  }

  /// Ends, after what is being written has been written.
  package func stop() async {
    await server?.stop(timeout: 1)
    server = nil
  }
}
