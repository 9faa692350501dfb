/// The value of `conditional` in a settings file: true, false or, in the `run.json` of a run that is
/// told labels, their names.
///
/// The names are a run's own: another run that is asked for the same has those of its recordings.
struct Conditioning: OptionValue {
  let isConditional: Bool

  static let kind = "true or false"

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    isConditional =
      if let answer = try? container.decode(Bool.self) {
        answer
      } else {
        try !container.decode([String].self).isEmpty
      }
  }
}
