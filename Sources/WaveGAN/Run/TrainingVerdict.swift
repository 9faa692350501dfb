/// How a training goes, in words.
public enum TrainingVerdict: String, Codable, Sendable, Hashable, CaseIterable {
  /// A warm-up: there is no discriminator yet.
  case copying = "still copying"
  /// The discriminator is hardly ever wrong, so that the generator learns little from it.
  case discriminatorAhead = "discriminator ahead"
  /// Neither network is far ahead of the other.
  case nearEquilibrium = "near equilibrium"
  /// The discriminator is wrong more often than one that guesses.
  case generatorAhead = "generator ahead"
  /// Generated clips are much more alike than recordings are.
  case fewSounds = "collapsed to few sounds"

  /// What to try, in a clause.
  public var advice: String {
    switch self {
    case .copying: "the discriminator begins after the warm-up"
    case .discriminatorAhead: "try half the --critic-rate"
    case .nearEquilibrium: "go on"
    case .generatorAhead: "try twice the --critic-rate"
    case .fewSounds: "try half the --generator-rate"
    }
  }

  /// The verdict with what to try.
  public var sentence: String { "\(rawValue): \(advice)" }
}
