import ArgumentParser
import NeuralNet
import Spectra
import Synchronization

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
    let noise = Tensor(clips, length)
    noise.fillWithNoise(seed: 0)
    let signals = (0..<clips).map { Array(noise.values[$0 * length..<($0 + 1) * length]) }
    let timing = measuring.stopwatch(seconds: 8).time { _ = magnitudes(of: signals, team) }
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

  /// The magnitudes of each clip's spectrum.
  private func magnitudes(of signals: [[Float]], _ team: ThreadTeam) -> [Spectrogram?] {
    let transform = ShortTimeFourierTransform(fftLength: fftLength, hopLength: hop)
    let results = Mutex([Spectrogram?](repeating: nil, count: signals.count))
    team.forEach(signals.count) { clip, _ in
      let result = transform.magnitude(signals[clip])
      results.withLock { $0[clip] = result }
    }
    return results.withLock { $0 }
  }
}
