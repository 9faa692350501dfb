import Foundation

/// A connection to a server on this computer, over which a test can send what no browser would.
package final class RawClient {
  private let descriptor: Int32

  /// Nobody serves there.
  package struct Failure: Error {}

  package init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    let status = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    // A server that says nothing ends a test, instead of stopping it.
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    guard status == 0 else { throw Failure() }
  }

  deinit { close(descriptor) }

  /// Sends as much as the server takes.
  package func send(_ bytes: some Sequence<UInt8>) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// All that the server says until it closes the connection, or is silent for long.
  package func answer() -> String {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &part, part.count, 0)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += part[..<count]
    }
  }

  /// Makes one request.
  package static func request(
    _ method: String, _ path: String, port: UInt16, headers: [String] = [], body: [UInt8] = []
  ) throws -> String {
    let client = try RawClient(port: port)
    let lines =
      ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1", "Connection: close"] + headers
      + (body.isEmpty ? [] : ["Content-Length: \(body.count)"])
    client.send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    return client.answer()
  }

  /// Posts a text as JSON.
  package static func post(
    _ text: String, to path: String, port: UInt16, type: String = "application/json"
  ) throws -> String {
    try request(
      "POST", path, port: port, headers: ["Content-Type: \(type)"], body: Array(text.utf8))
  }
}
