// A conformance of a public type to a public protocol is public, and so must the imports be.
public import ArgumentParser
public import WaveGAN

extension Preset: ExpressibleByArgument {}
extension ModelSettings.GeneratorKind: ExpressibleByArgument {}

/// Which networks are measured.
struct NetworkOptions: ParsableArguments {
  @Option(help: "The settings of everything that has no option here.")
  var preset = Preset.paper

  @Option(
    help: ArgumentHelp("What makes the clips. Default: the preset's.", valueName: "network"))
  var generator: ModelSettings.GeneratorKind?

  @Option(
    help: ArgumentHelp(
      "Channels of the layer nearest to the waveform. Default: the preset's.", valueName: "count"))
  var dim: Int?

  @Option(help: ArgumentHelp("Clips in a batch. Default: the preset's.", valueName: "count"))
  var batch: Int?

  @Option(help: ArgumentHelp("Samples of a clip: 4096 to 65536.", valueName: "samples"))
  var window = 16_384

  func validate() throws {
    do { try settings.validate() } catch { throw ValidationError("\(error)") }
  }

  /// The preset's settings with the options in their places.
  var settings: TrainingSettings {
    var options = preset.options()
    options.generator = generator ?? options.generator
    options.dim = dim ?? options.dim
    options.batchSize = batch ?? options.batchSize
    return options.settings(sampleRate: options.sampleRate ?? 16_000, windowLength: window)
  }

  /// The settings as they are told.
  var told: [Report.Setting] {
    let settings = settings
    return [
      ("preset", .text(preset.rawValue)), ("generator", .text(settings.model.generator.rawValue)),
      ("dim", .whole(settings.model.dim)),
      ("batch", .whole(settings.objective.batchSize)), ("window", .whole(window)),
    ]
  }
}
