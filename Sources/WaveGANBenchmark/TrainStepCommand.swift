import ArgumentParser
import NeuralNet

/// Times what a training step is made of.
struct TrainStepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train-step",
    abstract: "Time an update of the critic, one of the generator, and rendering a batch.",
    discussion: """
      The clips are noise. An iteration is the preset's number of critic updates and one of the \
      generator.

      Example: wavegan-benchmark train-step --dim 32 --batch 64
      """)

  @OptionGroup(title: "Networks") var network: NetworkOptions

  @OptionGroup(title: "Measuring") var measuring: MeasuringOptions

  func run() throws {
    let team = ThreadTeam(threadCount: measuring.threadCount)
    let peak = measuring.peak(team)
    let work = TrainingWork(settings: network.settings, team: team)
    let measurements = work.measure(measuring, peak: peak)
    try measuring.tell(
      Report(
        command: "train-step", settings: network.told, threadCount: team.threadCount, peak: peak,
        measurements: measurements,
        figures: [
          Figure(
            key: "iteration_seconds", label: "iteration, s",
            value: work.iterationSeconds(measurements))
        ]))
  }
}
