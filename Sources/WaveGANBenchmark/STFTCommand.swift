import ArgumentParser
import NeuralNet

/// Times short-time Fourier transforms.
struct STFTCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stft",
    abstract: "Time the spectra of many clips, with their magnitudes.",
    discussion: "Example: wavegan-benchmark stft --clips 512 --fft-length 1024 --hop 256")

  @Option(help: ArgumentHelp("How many clips.", valueName: "count")) var clips = 512

  @Option(help: ArgumentHelp("Samples of a clip.", valueName: "samples")) var length = 16_384

  @Option(help: ArgumentHelp("Samples of a frame, an even number.", valueName: "samples"))
  var fftLength = 1_024

  @Option(help: ArgumentHelp("Samples from one frame to the next.", valueName: "samples"))
  var hop = 256

  @OptionGroup(title: "Measuring") var measuring: MeasuringOptions

  func validate() throws {
    try checkRange("--clips", clips, 1...100_000)
    try checkRange("--length", length, 1...10_000_000)
    try checkRange("--fft-length", fftLength, 2...65_536)
    try checkRange("--hop", hop, 1...65_536)
    guard fftLength.isMultiple(of: 2) else {
      throw ValidationError("--fft-length \(fftLength): give an even number.")
    }
  }

  func run() throws {
    let team = ThreadTeam(threadCount: measuring.threadCount)
    let work = SpectrumWork(
      clipCount: clips, length: length, fftLength: fftLength, hopLength: hop, team: team)
    let timing = measuring.stopwatch(seconds: 8).time(work.transformAll)
    try measuring.tell(
      Report(
        command: "stft",
        settings: [
          ("clips", .whole(clips)), ("length", .whole(length)),
          ("fft_length", .whole(fftLength)), ("hop", .whole(hop)),
        ],
        threadCount: team.threadCount,
        measurements: [Measurement(name: "stft", timing: timing)],
        figures: [
          Figure(
            key: "clips_per_second", label: "clips per second",
            value: Double(clips) / timing.median)
        ]))
  }
}
