import AudioFiles
import WaveGAN

extension TrainCommand {
  /// Makes sure that what was given goes together.
  ///
  /// - Throws: ``SettingsError`` `.conflict` with what is too much or missing.
  func checkCombination() throws {
    guard resume != nil else { return try checkBeginning() }
    guard paths.isEmpty else {
      throw SettingsError(
        .conflict, "PATH with --resume",
        "a run goes on with the recordings it began with; "
          + "leave \(paths[0].escapedForDisplay) out, or begin a new run with --run")
    }
    for (name, isGiven) in [
      ("--run", newRun != nil), ("--from", from != nil), ("--force", force),
      ("--config", source.config != nil),
    ] where isGiven {
      throw SettingsError(
        .conflict, "\(name) with --resume", "a run goes on where it is and as it is; leave it out")
    }
    if let name = fixedNames.first {
      throw SettingsError(
        .conflict, "--\(name) with --resume",
        "a run goes on with the settings it began with; leave it out, or begin a new run from "
          + "these weights with --from")
    }
  }

  private func checkBeginning() throws {
    guard !paths.isEmpty else {
      throw SettingsError(
        .conflict, "PATH is missing",
        "say what to train on, as in wavegan train drums --run drums.run, or go on with a run by "
          + "--resume")
    }
    guard newRun?.isEmpty == false else {
      throw SettingsError(
        .conflict, "--run is missing",
        "say which folder to make, as in wavegan train \(paths[0].quotedForShell) --run my.run")
    }
  }

  /// The options that were given and that decide what a run computes, under their names.
  private var fixedNames: [String] {
    var said = TrainingOptions()
    said.preset = source.preset
    said.seed = seed
    for group in [data.said, model.said, objective.said] { said = said.completed(with: group) }
    said.memory = nil
    return said.givenNames
  }
}
