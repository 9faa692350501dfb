import ArgumentParser
import NeuralNet
import WaveGAN

/// Times the generator alone.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Time the generator making a batch of clips.",
    discussion: "Example: wavegan-benchmark render --preset desktop")

  @OptionGroup(title: "Networks") var network: NetworkOptions

  @OptionGroup(title: "Measuring") var measuring: MeasuringOptions

  func run() throws {
    let settings = network.settings
    let batchSize = Double(settings.objective.batchSize)
    let team = ThreadTeam(threadCount: measuring.threadCount)
    let peak = measuring.peak(team)
    let generator = settings.makeGenerator(
      batchSize: settings.objective.batchSize, workspace: Workspace(team: team))
    generator.arena.initialize(seed: settings.seed, firstStream: 0)
    generator.statisticsArena.initialize(seed: settings.seed, firstStream: 0)
    let latents = TrainingDraws(settings: settings, attempt: 0).generator(step: 0, update: 0)
      .latents

    let timing = measuring.stopwatch(seconds: 5).time {
      generator.forward(latents, usesBatchStatistics: false)
    }
    let clipsPerSecond = batchSize / timing.median
    let clipSeconds = Double(settings.data.windowLength) / Double(settings.data.sampleRate)
    try measuring.tell(
      Report(
        command: "render", settings: network.told, threadCount: team.threadCount, peak: peak,
        measurements: [
          Measurement(
            "render", timing,
            operationCount: batchSize * settings.generatorOperationCount, peak: peak)
        ],
        figures: [
          Figure(key: "clips_per_second", label: "clips per second", value: clipsPerSecond),
          Figure(
            key: "sound_seconds_per_second", label: "seconds of sound per second",
            value: clipsPerSecond * clipSeconds),
        ]))
  }
}
