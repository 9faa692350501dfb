import ArgumentParser
import WaveGAN

/// The program.
@main
struct WaveGANCommand: ParsableCommand {
  @OptionGroup var source: SettingsSource
  @OptionGroup var data: DataOptions
  @OptionGroup var model: ModelOptions
  @OptionGroup var objective: ObjectiveOptions
  func run() throws { print(try source.options(data.said, model.said, objective.said)) }
}
