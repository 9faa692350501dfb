import ArgumentParser

/// Lets people judge sounds: the commands around a listening test.
struct ListeningTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "listening-test",
    abstract: "Let people judge sounds, blind, and score their answers.",
    discussion: """
      export makes a test of the clips of several conditions: a page that runs from the disk, and \
      apart from it a key that tells which clip is what. page serves it in a lab. score reads the \
      answers.
      """,
    subcommands: [ExportCommand.self, PageCommand.self, ScoreCommand.self])
}
