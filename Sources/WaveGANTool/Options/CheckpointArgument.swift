import ArgumentParser
import WaveGAN

/// The value of `--step`.
struct CheckpointArgument: ExpressibleByArgument {
  let choice: RunFolder.CheckpointChoice

  init?(argument: String) {
    switch argument {
    case "latest": choice = .latest
    case "best": choice = .best
    default:
      guard let step = Int(argument), step >= 0 else { return nil }
      choice = .step(step)
    }
  }
}
