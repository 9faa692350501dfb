/// Why a training goes back to an earlier checkpoint.
package enum TrainingFault: Sendable, Hashable {
  /// A loss, a weight or a sound is infinite or not a number.
  case overflow
  /// The generated clips have become silent.
  case silence
  /// The generated clips have become one and the same sound.
  case oneSound

  /// What happened, to be told when training goes back.
  var reason: String {
    switch self {
    case .overflow: "a loss, a weight or a sound was no longer a number"
    case .silence: "the generated clips had become silent"
    case .oneSound: "the generated clips had become all alike"
    }
  }

  /// What happened at last, to be told after “because” when training gives up.
  var cause: String {
    switch self {
    case .overflow: "its numbers overflowed"
    case .silence: "its clips became silent"
    case .oneSound: "its clips became all alike"
    }
  }
}
