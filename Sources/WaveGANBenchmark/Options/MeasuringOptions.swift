import ArgumentParser
import Foundation
import NeuralNet

/// How to measure, and how to tell it.
struct MeasuringOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads that share the work. Default: one for each processor core.", valueName: "count"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "How often each thing is timed. Default: as often as some seconds allow.",
      valueName: "count"))
  var repeats: Int?

  @Flag(help: "Write one JSON object to standard output, and nothing else.")
  var json = false

  func validate() throws {
    try checkRange("--threads", threads, 1...1_024)
    try checkRange("--repeats", repeats, 1...1_000_000)
  }

  /// The threads that were asked for, or one for each core.
  var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  /// A stopwatch for work that may be timed for some seconds, warm-up not counted.
  func stopwatch(seconds: Double) -> Stopwatch { Stopwatch(repeats: repeats, seconds: seconds) }

  /// The rate of sgemm, in GFLOP/s, measured for a moment.
  func peak(_ team: ThreadTeam) -> Double { sgemmPeak(team: team, seconds: 0.3) }

  /// Prints what was measured.
  func tell(_ report: Report) throws { print(json ? try report.json() : report.table) }
}

/// - Throws: `ValidationError` unless the value of an option is in its range, or not given.
func checkRange(_ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws {
  guard let value, !range.contains(value) else { return }
  throw ValidationError(
    "\(name) \(value): give a value from \(range.lowerBound) to \(range.upperBound).")
}
