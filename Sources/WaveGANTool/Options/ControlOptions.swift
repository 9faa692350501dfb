import ArgumentParser
import WaveGAN

/// How long a run goes on, on how many threads, and what it writes on the way: nothing that decides
/// what is computed, so all of it may be changed when a run is resumed.
struct ControlOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Steps of the whole run, counted from its start. paper: 200000.", valueName: "count"))
  var steps: Int?

  @Option(
    help: ArgumentHelp(
      "Minutes of the whole run, pauses excluded; instead of --steps. desktop: 60.",
      valueName: "minutes"))
  var minutes: Double?

  @Option(
    help: ArgumentHelp(
      "Stop after so many checkpoints without a better score. Default: never.",
      valueName: "count"))
  var stopWhenSettled: Int?

  @Option(
    help: ArgumentHelp(
      "Threads; without influence on the result. Default: one for each processor core.",
      valueName: "count"))
  var threads: Int?

  @Option(
    help: ArgumentHelp("Save the state every so many steps. Default: 200.", valueName: "steps"))
  var checkpointEvery: Int?

  @Option(
    help: ArgumentHelp(
      "Render 16 clips to listen to every so many steps. Default: as --checkpoint-every.",
      valueName: "steps"))
  var previewEvery: Int?

  @Option(
    help: ArgumentHelp(
      "Newest checkpoints to keep, besides the best. Default: 5.", valueName: "count"))
  var keep: Int?

  /// What was said on the command line.
  var said: TrainingOptions {
    var options = TrainingOptions()
    options.steps = steps
    options.minutes = minutes
    options.stopWhenSettled = stopWhenSettled
    options.threads = threads
    options.checkpointEvery = checkpointEvery
    options.previewEvery = previewEvery
    options.keep = keep
    return options
  }
}
