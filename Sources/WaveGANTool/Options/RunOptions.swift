import ArgumentParser
import WaveGAN

/// How `evaluate` renders the clips of a run; without meaning for a folder of clips.
struct RunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which checkpoint: a number of steps, latest (default) or best.", valueName: "which"),
    completion: .list(["latest", "best"]))
  var step: CheckpointArgument?

  @Flag(
    inversion: .prefixedNo,
    help: "Use the running average of the generator's weights. Default: yes, if the run keeps one.")
  var average: Bool?

  @Option(
    help: ArgumentHelp(
      "What the random numbers behind each clip are multiplied by. Default: 1.",
      valueName: "factor"))
  var spread: Double?

  /// The first option that was said; nil if there is none.
  var firstSaid: String? {
    step != nil ? "--step" : average != nil ? "--average" : spread != nil ? "--spread" : nil
  }

  func validate() throws {
    if let spread, !RenderSettings.spreads.contains(spread) {
      throw ValidationError("--spread \(spread): give a number from 0 to 100.")
    }
  }

  /// Loads the checkpoint of a run.
  ///
  /// - Throws: `RunError`; `SettingsError` when an average is asked for that is not there.
  func renderer(of run: RunFolder, threadCount: Int?) throws -> Renderer {
    let renderer = try Renderer(
      run: run, checkpoint: step?.choice ?? .latest,
      settings: RenderSettings(spread: spread ?? 1, usesAverage: average ?? true),
      threadCount: threadCount)
    if average == true && !renderer.settings.usesAverage {
      throw SettingsError(
        .conflict, "--average", "this run keeps no average of its generator; leave it out")
    }
    return renderer
  }
}
