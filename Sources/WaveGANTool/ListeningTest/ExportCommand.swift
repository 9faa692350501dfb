import ArgumentParser
import ListeningTests

/// Makes a listening test.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Make a listening test.")
}
