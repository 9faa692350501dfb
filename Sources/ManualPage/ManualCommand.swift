import ArgumentParser
import Foundation

/// Makes the manual page of a program from what its help says.
@main
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wavegan-manual",
    abstract: "Make a manual page from a template and a program's help.",
    discussion: """
      Reads the help as JSON from standard input and writes the page to standard output.

      Example: wavegan --experimental-dump-help | wavegan-manual Documentation/wavegan.1.in \
      --page-version 1.0
      """)

  @Argument(help: "The template.", completion: .file())
  var template: String

  @Option(help: ArgumentHelp("The version in the page's footer.", valueName: "version"))
  var pageVersion: String

  func run() throws {
    let template = try String(contentsOfFile: template, encoding: .utf8)
    let help = try JSONDecoder().decode(
      CommandHelp.Dump.self, from: FileHandle.standardInput.readDataToEndOfFile())
    let page = ManualPage(program: help.command, version: pageVersion)
    print(page.text(template: template), terminator: "")
  }
}
