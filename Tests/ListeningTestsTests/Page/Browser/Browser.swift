import Foundation

/// A headless Chromium, led over its DevTools protocol.
///
/// Chromium reads commands from descriptor 3 and writes answers and events to descriptor 4, each a
/// JSON object with a zero byte behind it; a shell puts a pipe on each.
final class Browser {
  /// The program, from the environment; nil where these tests are not wanted.
  static let program = ProcessInfo.processInfo.environment["WAVEGAN_BROWSER"]

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private let process = Process()
  private let commands = Pipe()
  private let messages = Pipe()
  private var unread = Data()
  private var commandCount = 0
  private var session: String?
  /// What the browser told by itself, oldest first.
  private(set) var events: [(method: String, parameters: [String: Any])] = []

  /// Starts the browser with an empty page.
  ///
  /// - Parameter folder: a folder for its profile and, in `downloads/`, what it downloads.
  init(in folder: String) throws {
    guard let program = Self.program else { throw Failure(description: "no browser is named") }
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", #"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#, program,
      // Chromium's own sandbox does not work for root, and the pages are the project's own.
      "--headless", "--no-sandbox", "--mute-audio", "--remote-debugging-pipe",
      "--user-data-dir=\(folder)/profile", "about:blank",
    ]
    process.standardInput = commands
    process.standardOutput = messages
    try process.run()
    // A browser that answers no more must not stop the tests for good.
    DispatchQueue.global().asyncAfter(deadline: .now() + 120) { [process] in process.terminate() }
    let targets = try send("Target.getTargets")["targetInfos"] as? [[String: Any]]
    let page = targets?.first { $0["type"] as? String == "page" }
    session =
      try send(
        "Target.attachToTarget", ["targetId": page?["targetId"] ?? "", "flatten": true])[
        "sessionId"] as? String
    for domain in ["Page", "Runtime", "Network"] { try send("\(domain).enable") }
    try send(
      "Browser.setDownloadBehavior",
      ["behavior": "allow", "downloadPath": "\(folder)/downloads"])
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }

  /// Sends a command and waits for its result.
  @discardableResult
  func send(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    commandCount += 1
    var command: [String: Any] = ["id": commandCount, "method": method, "params": parameters]
    command["sessionId"] = session
    var bytes = try JSONSerialization.data(withJSONObject: command)
    bytes.append(0)
    try commands.fileHandleForWriting.write(contentsOf: bytes)
    while true {
      let message = try nextMessage()
      if let event = message["method"] as? String {
        events.append((event, message["params"] as? [String: Any] ?? [:]))
      } else if message["id"] as? Int == commandCount {
        if let error = message["error"] { throw Failure(description: "\(method): \(error)") }
        return message["result"] as? [String: Any] ?? [:]
      }
    }
  }

  private func nextMessage() throws -> [String: Any] {
    while true {
      if let end = unread.firstIndex(of: 0) {
        let message = try JSONSerialization.jsonObject(with: unread[..<end])
        unread = Data(unread[(end + 1)...])
        return message as? [String: Any] ?? [:]
      }
      let more = messages.fileHandleForReading.availableData
      guard !more.isEmpty else { throw Failure(description: "the browser has ended") }
      unread.append(more)
    }
  }

  /// The value of an expression in the page.
  @discardableResult
  func value(_ expression: String) throws -> Any? {
    let outcome = try send(
      "Runtime.evaluate", ["expression": expression, "returnByValue": true, "awaitPromise": true])
    if let exception = outcome["exceptionDetails"] {
      throw Failure(description: "\(expression): \(exception)")
    }
    return (outcome["result"] as? [String: Any])?["value"]
  }

  /// Waits until an expression is true in the page, for at most ten seconds.
  func wait(for expression: String) throws {
    let end = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < end {
      if try value("Boolean(\(expression))") as? Bool == true { return }
      usleep(10_000)
    }
    let shown = try value("document.body.innerText") as? String ?? ""
    throw Failure(description: "never came true: \(expression); the page shows: \(shown)")
  }

  func open(_ address: String) throws {
    try send("Page.navigate", ["url": address])
    try wait(for: "document.readyState === 'complete'")
  }

  func reload() throws {
    try value("window.isOld = true")
    try send("Page.reload")
    try wait(for: "!window.isOld && document.readyState === 'complete'")
  }
}
