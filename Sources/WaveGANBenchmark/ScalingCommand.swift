import ArgumentParser
import NeuralNet
import Spectra

/// Times a training step on more and more threads.
struct ScalingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scaling",
    abstract: "Time train-step on 1, 2, … threads, and how much faster each makes it.",
    discussion: "Example: wavegan-benchmark scaling --dim 16 --threads 4")

  @OptionGroup(title: "Networks") var network: NetworkOptions

  @OptionGroup(title: "Measuring") var measuring: MeasuringOptions

  func run() throws {
    var measurements: [Measurement] = []
    var iterationSeconds: [Double] = []
    var peak = 0.0
    for threadCount in 1...measuring.threadCount {
      let team = ThreadTeam(threadCount: threadCount)
      peak = measuring.peak(team)
      let work = TrainingWork(settings: network.settings, team: team)
      let measured = work.measure(measuring, peak: peak)
      iterationSeconds.append(work.iterationSeconds(measured))
      measurements += measured.enumerated().map { index, measurement in
        let single = threadCount == 1 ? measurement : measurements[index]
        let speedup = single.timing.median / measurement.timing.median
        return Measurement(
          name: "\(measurement.name), \(DecimalText.counted(threadCount, "thread"))",
          timing: measurement.timing,
          figures: measurement.figures
            + [Figure(key: "speedup", label: "times 1 thread", value: speedup)])
      }
    }
    try measuring.tell(
      Report(
        command: "scaling", settings: network.told, threadCount: measuring.threadCount, peak: peak,
        measurements: measurements,
        figures: [
          Figure(
            key: "iteration_speedup", label: "iteration, times 1 thread",
            value: iterationSeconds[0] / iterationSeconds[iterationSeconds.count - 1])
        ]))
  }
}
