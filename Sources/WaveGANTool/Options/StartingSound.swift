import ArgumentParser

/// A sound that a walk begins with, as the command line names it: a seed, which means its first clip;
/// SEED:INDEX; or else a file, rendered or learnt from.
enum StartingSound: ExpressibleByArgument, Hashable {
  case clip(seed: UInt64, index: Int)
  case file(String)

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count <= 2, let seed = UInt64(parts[0]),
      let index = parts.count == 1 ? 0 : UInt32(parts[1]).map(Int.init)
    {
      self = .clip(seed: seed, index: index)
    } else {
      self = .file(argument)
    }
  }
}
