import ArgumentParser

/// How a command tells what it found.
struct ReportOptions: ParsableArguments {
  @Flag(help: "Write one JSON object to standard output, and nothing else.")
  var json = false

  @Flag(help: "Write no progress and no remarks.")
  var quiet = false
}
