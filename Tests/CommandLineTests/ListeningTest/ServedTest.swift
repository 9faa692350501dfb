import Foundation
import TestSupport
import Testing

/// A listening test that the program serves, in a process of its own, until its owner goes.
final class ServedTest {
  /// Where it is served.
  let port: UInt16
  /// What the program said of it.
  let words: String
  private let program: StartedProgram
  private var hasEnded = false

  init(_ made: MadeListeningTest, _ options: [String] = []) throws {
    program = try StartedProgram(["listening-test", "page", "."] + options, in: made.folder)
    let said = made.folder.path + "/said/output"
    var text = ""
    program.wait {
      text = (try? String(contentsOfFile: said, encoding: .utf8)) ?? ""
      return text.contains("Ctrl-C")
    }
    words = text
    port = try #require(UInt16(text.firstMatch(of: /127\.0\.0\.1:(\d+)/)?.1 ?? ""))
  }

  deinit { if !hasEnded { _ = try? end() } }

  /// Lets the program have so many files and connections open at once.
  func limitFiles(to count: Int) throws { try program.limitFiles(to: count) }

  /// Ends the program as Ctrl-C does.
  func end() throws -> Program.Outcome {
    hasEnded = true
    return try program.end(with: SIGINT)
  }
}
