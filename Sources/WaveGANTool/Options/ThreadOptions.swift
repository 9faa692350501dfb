import ArgumentParser
import WaveGAN

/// How many threads work; shared by the commands that do not train.
struct ThreadOptions: ParsableArguments {
  @Option(
    name: .customLong("threads"),
    help: ArgumentHelp(
      "Threads; without influence on the result. Default: one for each processor core.",
      valueName: "count"))
  private var said: Int?

  /// The number that was asked for; nil for one a core.
  ///
  /// - Throws: `SettingsError` when it is out of range.
  var count: Int? {
    get throws {
      var options = TrainingOptions()
      options.threads = said
      try options.validate()
      return said
    }
  }
}
