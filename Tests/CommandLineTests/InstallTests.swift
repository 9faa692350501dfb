import Foundation
import TestSupport
import Testing

@Suite("What make install puts in place")
struct InstallTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The commands of the program with their arguments, as it tells them itself.
  private struct Help: Decodable {
    struct Command: Decodable {
      var commandName: String
      var arguments: [Argument]?
      var subcommands: [Command]?
      var optionNames: [String] {
        (arguments ?? []).flatMap { $0.names ?? [] }.filter { $0.kind == "long" }.map(\.name)
      }
    }
    struct Argument: Decodable { var names: [Name]? }
    struct Name: Decodable {
      var kind: String
      var name: String
    }
    var command: Command
  }

  private func help() throws -> Help.Command {
    let outcome = try Program.run("--experimental-dump-help")
    #expect(outcome.exitCode == 0)
    return try JSONDecoder().decode(Help.self, from: Data(outcome.output.utf8)).command
  }

  // MARK: Completions

  @Test("The completions know every command and option", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let script = try Program.run("--generate-completion-script", shell)
    #expect(script.exitCode == 0)
    let commands = try #require(try help().subcommands).filter { $0.commandName != "help" }
    #expect(commands.count > 4)
    for command in commands {
      let own = part(of: script.output, about: command.commandName, shell: shell)
      #expect(!own.isEmpty, "\(command.commandName)")
      for option in command.optionNames {
        // As it is offered, not as the help of another option speaks of it.
        let offer =
          switch shell {
          case "bash": "[( ]--\(option)[ )]"
          case "zsh": "--\(option)(\\[|\\}'\\[)"
          default: "-l '\(option)'"
          }
        #expect(try own.firstMatch(of: Regex(offer)) != nil, "\(command.commandName) --\(option)")
      }
    }
  }

  /// What a script of completions says about a command: in bash and zsh its function, in fish its
  /// lines. Options of other commands do not count.
  private func part(of script: String, about command: String, shell: String) -> String {
    if shell == "fish" {
      return script.split(separator: "\n").filter { $0.contains("\"wavegan \(command)\"") }
        .joined(separator: "\n")
    }
    let after = script.components(separatedBy: "\n_wavegan_\(command)() {").dropFirst().first ?? ""
    return after.components(separatedBy: "\n}").first ?? ""
  }

  @Test(
    "bash completes what has been begun",
    arguments: [
      ("", "features,inspect,render,spectrogram,train"),
      ("train --res", "--resume"),
      ("train --resume ", "drums,drums.run"),
      ("train drums --config ", "drums,drums.run,settings.json"),
      ("train dr", "drums,drums.run"),
      ("train drums --loss h", "hinge"),
      ("train drums --window 3", "32768"),
      ("render ", "drums,drums.run"),
      ("render drums.run --step ", "best,latest"),
      ("render drums.run --out dr", "drums,drums.run"),
    ])
  func bash(typed: String, expected: String) throws {
    for name in ["drums/kick.wav", "drums.run/run.json", "settings.json", "notes.txt"] {
      try folder.write([], to: name)
    }
    // What bash does when Tab is pressed: words are cut, and the function fills COMPREPLY.
    let words = typed.components(separatedBy: " ")
    let script = """
      source <("$0" --generate-completion-script bash)
      COMP_WORDS=(wavegan \(words.map { "'\($0)'" }.joined(separator: " ")))
      COMP_CWORD=\(words.count)
      COMP_LINE='wavegan \(typed)'
      COMP_POINT=${#COMP_LINE}
      _wavegan wavegan '\(words[words.count - 1])' "${COMP_WORDS[COMP_CWORD - 1]}" 2>errors
      printf '%s\\n' "${COMPREPLY[@]}" | LC_ALL=C sort >found
      """
    #expect(try Program.shell(script, in: folder.path) == 0)
    let found = try String(contentsOfFile: folder.file("found"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let wanted = expected.split(separator: ",").map(String.init)
    // Of all options, which come with an empty word, only what the test names is looked for.
    #expect(
      found.filter { !$0.hasPrefix("-") || wanted.contains($0) }.filter { $0 != "help" }
        .filter { typed.isEmpty ? wanted.contains($0) : true } == wanted)
  }

  // MARK: Manual page

  private func manualPage() throws -> String {
    let template = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Documentation/wavegan.1.in").path
    let line = """
      "$0" --experimental-dump-help |
        "$(dirname "$0")/wavegan-manual" '\(template)' --page-version 1.2.3 >page
      """
    #expect(try Program.shell(line, in: folder.path) == 0)
    return try String(contentsOfFile: folder.file("page"), encoding: .utf8)
  }

  @Test("The manual page has every command, option and exit code, and nothing of the template")
  func manual() throws {
    let page = try manualPage()
    let text = page.replacing("\\-", with: "-")
    let commands = try #require(try help().subcommands).filter { $0.commandName != "help" }
    for command in commands {
      #expect(text.contains("\n.SH \(command.commandName.uppercased())\n"))
      #expect(text.contains("\\fBwavegan \(command.commandName)\\fR"))
      for option in command.optionNames { #expect(text.contains("\\fB--\(option)\\fR")) }
    }
    for code in ["0", "64", "65", "66", "73", "74", "130"] {
      #expect(text.contains("\n.TP\n\\fB\(code)\\fR\n"))
    }
    #expect(text.contains("wavegan 1.2.3"))
    #expect(try text.firstMatch(of: Regex("@[A-Z-]+@")) == nil)
    // Whatever the page is read with, its bytes are ASCII, and its lines short.
    #expect(page.utf8.allSatisfy { $0 < 128 })
    #expect(page.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("Every example of the manual page can be typed")
  func examples() throws {
    let commands = try #require(try help().subcommands)
    let text = try manualPage().replacing("\\-", with: "-")
    let examples = text.components(separatedBy: ".EX\n").dropFirst()
      .flatMap { ($0.components(separatedBy: ".EE").first ?? "").split(separator: "\n") }
      .filter { $0.hasPrefix("wavegan") }
    #expect(examples.count > 8)
    for example in examples {
      let words = example.split(separator: " ").map(String.init)
      let command = try #require(commands.first { $0.commandName == words[1] })
      for word in words where word.hasPrefix("--") {
        #expect(command.optionNames.contains(String(word.dropFirst(2))), "\(example)")
      }
    }
  }

  @Test("The manual page is set without a complaint", .enabled(if: hasProgram("groff")))
  func groff() throws {
    _ = try manualPage()
    #expect(
      try Program.shell("groff -man -ww -z -Tutf8 page 2>said && ! test -s said", in: folder.path)
        == 0)
  }

  private static func hasProgram(_ name: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }

  // MARK: The whole

  @Test(
    "make install needs no Swift where it puts the program, and make uninstall leaves no file",
    .enabled(if: ProcessInfo.processInfo.environment["WAVEGAN_LONG_TESTS"] == "1"))
  func install() throws {
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let place = "PREFIX=/opt/wavegan DESTDIR='\(folder.path)'"
    #expect(try Program.shell("make -C '\(package)' install \(place)", in: folder.path) == 0)
    let installed = """
      cd opt/wavegan && find . -type f -printf '%m %P\\n' | LC_ALL=C sort >../../installed &&
        ! ldd bin/wavegan | grep -iE 'swift|foundation|dispatch' && bin/wavegan --version
      """
    #expect(try Program.shell(installed, in: folder.path) == 0)
    #expect(
      try String(contentsOfFile: folder.file("installed"), encoding: .utf8) == """
        644 share/bash-completion/completions/wavegan
        644 share/fish/vendor_completions.d/wavegan.fish
        644 share/man/man1/wavegan.1
        644 share/zsh/site-functions/_wavegan
        755 bin/wavegan

        """)
    try folder.write([], to: "opt/wavegan/bin/other")
    #expect(try Program.shell("make -C '\(package)' uninstall \(place)", in: folder.path) == 0)
    #expect(
      try Program.shell("test \"$(find opt -type f)\" = opt/wavegan/bin/other", in: folder.path)
        == 0)
  }
}
