import FlyingFox
import FlyingSocks
import Foundation

/// Waits for what connections send or take, though not for ever.
///
/// Telephones fall asleep and browsers keep connections for later: those that nothing comes over any more
/// would be kept until no further one can be opened. Browsers open another when they need it.
struct PatientSockets: AsyncSocketPool {
  private let sockets: any AsyncSocketPool = HTTPServer.defaultPool()
  /// How long a connection may be silent.
  let limit: Duration

  func prepare() async throws { try await sockets.prepare() }

  func run() async throws { try await sockets.run() }

  func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
    // The socket that listens is silent for as long as nobody comes.
    if try socket.getValue(for: BoolSocketOption(name: SO_ACCEPTCONN)) {
      return try await sockets.suspendSocket(socket, untilReadyFor: events)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await sockets.suspendSocket(socket, untilReadyFor: events) }
      group.addTask {
        try await Task.sleep(for: limit)
        throw SocketError.timeout(message: "nothing came")
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }
}
