/// What a program made with ArgumentParser tells of itself: the part of `--experimental-dump-help`
/// that a manual page needs.
struct CommandHelp: Decodable {
  /// The object around the command.
  struct Dump: Decodable {
    let command: CommandHelp
  }

  /// An argument, an option or a flag.
  struct Argument: Decodable, Equatable {
    enum Kind: String, Decodable {
      case positional, option, flag
    }

    struct Name: Decodable, Equatable {
      let kind: String
      let name: String

      var spelling: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: Kind
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let sectionTitle: String?
    let allValues: [String]?
    let defaultValue: String?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool

    /// The names as they are typed: the short one first.
    var spellings: [String] {
      (names ?? []).map(\.spelling).sorted { $0.count < $1.count }
    }
  }

  let commandName: String
  let abstract: String?
  let discussion: String?
  let arguments: [Argument]?
  let subcommands: [CommandHelp]?

  /// What the help shows.
  var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }

  /// The commands with a help of their own; `help` is not one.
  var shownSubcommands: [CommandHelp] { (subcommands ?? []).filter { $0.commandName != "help" } }
}
