import ArgumentParser

/// The values of an option that takes a fixed number of them, some of which may be negative.
///
/// ArgumentParser takes what begins with a dash for an option, and an option with several values for
/// one that takes all that follow. So the program joins them to one value before it parses.
struct ManyValues: ExpressibleByArgument, Hashable {
  let values: [String]

  /// Joins values; no argument of a program can hold it.
  private static let separator = "\0"

  /// The options that take several values, and how many.
  private static let counts = ["--morph": 2, "--sweep": 3]

  init?(argument: String) {
    values = argument.split(separator: Self.separator).map(String.init)
  }

  /// A program's arguments, with the values of such options joined.
  ///
  /// What is plainly another option is not taken for a value.
  static func joined(in arguments: [String]) -> [String] {
    var rest = arguments[...]
    var result: [String] = []
    while let argument = rest.popFirst() {
      result.append(argument)
      guard argument != "--" else { break }
      guard let count = counts[argument] else { continue }
      let values = rest.prefix(count).prefix { !$0.hasPrefix("-") || Double($0) != nil }
      rest = rest.dropFirst(values.count)
      // The separator comes first as well, so that no dash does.
      if !values.isEmpty { result.append(separator + values.joined(separator: separator)) }
    }
    return result + rest
  }
}
