import Foundation
import TestSupport

/// The built program while it runs, to be stopped by a signal.
final class StartedProgram {
  private let process = Process()
  private let output: URL
  private let errors: URL

  /// Starts `wavegan` in a folder, where what it says is kept as well.
  init(_ arguments: [String], in folder: TemporaryFolder) throws {
    output = URL(fileURLWithPath: try folder.write([], to: "said/output"))
    errors = URL(fileURLWithPath: try folder.write([], to: "said/errors"))
    process.executableURL = Program.executable
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  /// Waits until something is so, the program has ended, or half a minute is over.
  func wait(until isSo: () -> Bool) {
    let end = ContinuousClock.now + .seconds(30)
    while process.isRunning && ContinuousClock.now < end && !isSo() { usleep(5_000) }
  }

  /// Whether it has a file open whose path contains this.
  func hasOpen(_ path: String) -> Bool {
    let folder = "/proc/\(process.processIdentifier)/fd"
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return numbers.contains { number in
      let target = try? FileManager.default.destinationOfSymbolicLink(
        atPath: "\(folder)/\(number)")
      return target?.contains(path) == true
    }
  }

  /// Lets it have so many files and connections open at once.
  func limitFiles(to count: Int) throws {
    let command = try Process.run(
      URL(fileURLWithPath: "/usr/bin/prlimit"),
      arguments: ["--pid", "\(process.processIdentifier)", "--nofile=\(count)"])
    command.waitUntilExit()
  }

  /// Sends a signal and waits for the end, which is enforced after half a minute.
  func end(with signal: Int32) throws -> Program.Outcome {
    kill(process.processIdentifier, signal)
    wait { false }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return Program.Outcome(
      exitCode: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}
