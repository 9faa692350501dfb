import ArgumentParser
import WaveGAN

/// Where values come from that the command line does not say.
struct SettingsSource: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Values for all that is not said. desktop: the best sound per minute on a few CPU cores \
      (default); paper: the published WaveGAN, number for number.
      """,
      valueName: "name"))
  var preset: Preset?

  @Option(
    help: ArgumentHelp(
      """
      A JSON file with options under these names, such as {"dim": 32}, or the run.json of a run; the \
      command line wins.
      """,
      valueName: "file.json"),
    completion: .file(extensions: ["json"]))
  var config: String?

  /// Lays the command line over the settings file over the preset.
  ///
  /// - Parameter said: what the option groups of a command were given; where several groups are
  ///   used, one after another.
  /// - Throws: ``SettingsError`` when the settings file cannot be used.
  func options(_ said: TrainingOptions...) throws -> TrainingOptions {
    var options = TrainingOptions()
    options.preset = preset
    for group in said { options = options.completed(with: group) }
    if let config {
      options = options.completed(with: try TrainingOptions(contentsOf: config))
    }
    return options.completedWithPreset()
  }
}
