import Foundation

/// The built program, run as a user runs it.
enum Program {
  /// What came of a run.
  struct Outcome {
    var exitCode: Int32
    var output: String
    var errors: String
  }

  /// The program lies beside the test bundle, wherever the build put both.
  static var executable: URL { executable(named: "wavegan") }

  private static func executable(named name: String) -> URL {
    let tests = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appendingPathComponent(name)
  }

  /// Runs `wavegan` with these arguments and nothing on standard input, to its end.
  static func run(_ arguments: String..., in folder: String? = nil) throws -> Outcome {
    try run(arguments, in: folder)
  }

  /// Runs a line of bash, in which `$0` is the program, and returns its exit code.
  static func shell(_ line: String, in folder: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", line, executable.path]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -1
  }

  /// Runs a program of the package, to its end.
  static func run(
    _ arguments: [String], in folder: String? = nil, program: String = "wavegan"
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = executable(named: program)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    // Help would be wrapped to the size of the terminal that the tests were begun in.
    process.environment = ProcessInfo.processInfo.environment
      .filter { !["COLUMNS", "LINES"].contains($0.key) }
    // Files, because a pipe that nobody reads meanwhile stops a program that writes much.
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("wavegan-output-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    func file(_ name: String) throws -> (URL, FileHandle) {
      let url = scratch.appendingPathComponent(name)
      try Data().write(to: url)
      return (url, try FileHandle(forWritingTo: url))
    }
    let (outputURL, output) = try file("output")
    let (errorURL, errors) = try file("errors")
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    return Outcome(
      exitCode: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: outputURL), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errorURL), as: UTF8.self))
  }
}
