import ArgumentParser
import AudioFiles
import Foundation

/// The program `wavegan-samples`.
@main
struct SamplesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wavegan-samples",
    abstract: "Make the drum sounds of Samples/ again, byte for byte.",
    discussion: """
      Writes \(Recipe.all.count * Recipe.clipCount) synthesised one-shots in \(Recipe.all.count) \
      sub-folders: \(Recipe.all.map(\.name).joined(separator: ", ")).

      Example:
        wavegan-samples --out Samples
      """)

  @Option(help: ArgumentHelp("The folder to write to; it is made if need be.", valueName: "dir"))
  var out: String

  @Flag(help: "Replace files that are there and differ.")
  var force = false

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  func run() throws {
    do {
      let (clipCount, writtenCount) = try SampleFolder(path: out).fill(overwrites: force)
      if !quiet {
        print("\(out): \(clipCount) clips, \(writtenCount) of them written now.")
      }
    } catch {
      FileHandle.standardError.write(Data("wavegan-samples: \(error)\n".utf8))
      throw ExitCode(error.code == .writeFailed ? 74 : 73)
    }
  }
}
