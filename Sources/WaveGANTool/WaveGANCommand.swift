import ArgumentParser
import WaveGAN

/// The program.
@main
struct WaveGANCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wavegan",
    abstract: "Learns to make short sounds from a folder of recordings.",
    discussion: """
      Begin with `wavegan inspect FOLDER`, which tells what is in a folder and what training would \
      do with it.

      Exit codes: 0 done; 64 wrong usage; 65 data that cannot be used; 66 an input that is not \
      there; 73 an output that cannot be created or exists already; 74 a read or write that \
      failed; 130 interrupted, after the state was saved.
      """,
    version: ProgramVersion.current,
    subcommands: [
      InspectCommand.self, TrainCommand.self, RenderCommand.self, EvaluateCommand.self,
      SpectrogramCommand.self, FeaturesCommand.self, ListeningTestCommand.self,
    ])

  static func main() {
    StandardFiles.secure()
    do {
      var command = try parseAsRoot(ManyValues.joined(in: Array(CommandLine.arguments.dropFirst())))
      try command.run()
      try StandardFiles.flushOutput()
    } catch {
      ExitStatus.end(with: error)
    }
  }
}
