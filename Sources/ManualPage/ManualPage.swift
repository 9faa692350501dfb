import Foundation

/// Turns the help of a program into the parts of its manual page that must not differ from it.
struct ManualPage {
  let program: CommandHelp
  let version: String

  /// Fills a template.
  ///
  /// Each of these, on a line of its own, is replaced: `@SYNOPSIS@`, `@OVERVIEW@`, `@COMMANDS@` and
  /// `@EXIT-STATUS@`; and, wherever it stands, `@VERSION@`.
  func text(template: String) -> String {
    let parts = [
      "@SYNOPSIS@": synopsis, "@OVERVIEW@": overview, "@COMMANDS@": commands,
      "@EXIT-STATUS@": exitStatus,
    ]
    return template.components(separatedBy: "\n").flatMap { line in
      parts[line] ?? [line.replacingOccurrences(of: "@VERSION@", with: version)]
    }.joined(separator: "\n")
  }

  // MARK: Synopsis

  private var synopsis: [String] {
    program.shownSubcommands.flatMap { [usage(of: $0), ".br"] }
      + [RoffText.bold(program.commandName) + " " + RoffText.bold("help") + " [\\fIcommand\\fR]"]
  }

  /// The command with all that it cannot do without.
  private func usage(of command: CommandHelp) -> String {
    let needed = command.shownArguments.filter { $0.kind == .positional || !$0.isOptional }
    let words = needed.map { argument in
      let word = signature([argument])
      return argument.isOptional ? "[\(word)]" : word
    }
    let name = RoffText.bold("\(program.commandName) \(command.commandName)")
    return ([name] + words + ["[\\fIoptions\\fR]"]).joined(separator: " ")
  }

  // MARK: Commands

  /// What is said of the whole program, without the exit codes.
  private var overview: [String] {
    paragraphs((program.discussion ?? "").components(separatedBy: "\n\n").filter(isNoExitCode))
  }

  private var commands: [String] {
    program.shownSubcommands.flatMap { command in
      [".SH \(command.commandName.uppercased())", usage(of: command)]
        + paragraphs(
          [command.abstract ?? ""] + (command.discussion ?? "").components(separatedBy: "\n\n"))
        + sections(command).flatMap(section)
    } + [".SH ALL COMMANDS"] + entries(program.shownArguments)
  }

  /// Arguments under their titles, in the order of the help.
  private func sections(
    _ command: CommandHelp
  ) -> [(title: String?, arguments: [CommandHelp.Argument])] {
    // Said once for all commands.
    let everywhere = Set(program.shownArguments.flatMap(\.spellings))
    let own = command.shownArguments.filter { everywhere.isDisjoint(with: $0.spellings) }
    var titles: [String?] = []
    for argument in own where !titles.contains(argument.sectionTitle) {
      titles.append(argument.sectionTitle)
    }
    return titles.map { title in (title, own.filter { $0.sectionTitle == title }) }
  }

  private func section(_ title: String?, _ arguments: [CommandHelp.Argument]) -> [String] {
    (title.map { [".SS \(RoffText.literal($0))"] } ?? []) + entries(arguments)
  }

  /// Each argument with what it does.
  private func entries(_ arguments: [CommandHelp.Argument]) -> [String] {
    var rest = arguments[...]
    var lines: [String] = []
    while let argument = rest.popFirst() {
      var forms = [argument]
      // A flag and its opposite stand side by side.
      if argument.kind == .flag, let next = rest.first, next.spellings == argument.opposites {
        forms.append(rest.removeFirst())
      }
      lines += [".TP", signature(forms)] + RoffText.prose(explanation(argument))
    }
    return lines
  }

  /// `--rate hz`, `--pad, --no-pad` or `paths ...`.
  private func signature(_ forms: [CommandHelp.Argument]) -> String {
    let names = forms.flatMap(\.spellings).map(RoffText.bold).joined(separator: ", ")
    guard let argument = forms.first, argument.kind != .flag else { return names }
    let value = RoffText.italic(argument.valueName ?? "value")
    guard argument.kind == .positional else { return "\(names) \(value)" }
    return argument.isRepeating ? "\(value) ..." : value
  }

  /// The help's sentence, with the values and the default where it does not name them.
  private func explanation(_ argument: CommandHelp.Argument) -> String {
    var sentences = [argument.abstract ?? ""]
    if let values = argument.allValues, !values.allSatisfy(sentences[0].contains) {
      sentences.append("Values: \(values.joined(separator: ", ")).")
    }
    if let value = argument.defaultValue, argument.kind == .option {
      sentences.append("Default: \(value).")
    }
    return sentences.joined(separator: " ")
  }

  // MARK: Text

  /// Paragraphs; the lines of one that gives examples, or code, stay as they are.
  private func paragraphs(_ texts: [String]) -> [String] {
    texts.filter { !$0.isEmpty }.flatMap { text -> [String] in
      let lines = text.components(separatedBy: "\n")
      let examples = lines.filter { $0.hasPrefix(Self.example) }
        .map { RoffText.literal(String($0.dropFirst(Self.example.count))) }
      guard examples.isEmpty else {
        return [".PP", examples.count == 1 ? "Example:" : "Examples:", ".PP", ".RS 4", ".EX"]
          + examples + [".EE", ".RE"]
      }
      // What is set in is code, in columns of its own.
      if lines.allSatisfy({ $0.hasPrefix("  ") }) {
        return [".PP", ".RS 4", ".EX"] + lines.map { RoffText.literal(String($0.dropFirst(2))) }
          + [".EE", ".RE"]
      }
      return [".PP"] + lines.flatMap(RoffText.prose)
    }
  }

  private static let example = "Example: "

  // MARK: Exit status

  private static let exitCodes = "Exit codes: "

  private func isNoExitCode(_ paragraph: String) -> Bool { !paragraph.hasPrefix(Self.exitCodes) }

  /// `Exit codes: 0 done; 64 wrong usage; …` as a list.
  private var exitStatus: [String] {
    let paragraph = (program.discussion ?? "").components(separatedBy: "\n\n")
      .first { !isNoExitCode($0) }
    let codes = paragraph?.dropFirst(Self.exitCodes.count).split(separator: "; ") ?? []
    return codes.flatMap { code -> [String] in
      let parts = code.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return [] }
      let meaning = parts[1].hasSuffix(".") ? parts[1] : parts[1] + "."
      return [".TP", RoffText.bold(parts[0])] + RoffText.prose(meaning.capitalizedFirst)
    }
  }
}

extension CommandHelp.Argument {
  /// The spellings of the flag that says no to this one.
  fileprivate var opposites: [String] {
    spellings.map { $0.hasPrefix("--") ? "--no-\($0.dropFirst(2))" : $0 }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
