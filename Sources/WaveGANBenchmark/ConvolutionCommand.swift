import ArgumentParser
import NeuralNet
import WaveGAN

/// Times convolutions by themselves.
struct ConvolutionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convolution",
    abstract: "Time a convolution: forward, and the gradients of its input and of its filter.",
    discussion: """
      With --reference-layers, every inner layer of WaveGAN's networks in turn. Those of the \
      generator are those of the critic backwards: one's forward pass is the other's gradient of \
      the input.

      Example: wavegan-benchmark convolution --taps 7 --channels 128 --steps 128 --batch 32
      """)

  @Option(help: ArgumentHelp("Taps of the filters.", valueName: "count")) var taps = 7

  @Option(help: ArgumentHelp("Input steps from one output to the next.", valueName: "steps"))
  var stride = 1

  @Option(help: ArgumentHelp("Channels of the input.", valueName: "count")) var channels = 128

  @Option(
    help: ArgumentHelp(
      "Channels of the output. Default: as many as the input has.", valueName: "count"))
  var outputChannels: Int?

  @Option(help: ArgumentHelp("Time steps of the input.", valueName: "count")) var steps = 128

  @Option(help: ArgumentHelp("Clips in a batch.", valueName: "count")) var batch = 32

  @Flag(help: "Time the inner layers of the networks, which --dim and --window give.")
  var referenceLayers = false

  @Option(
    help: ArgumentHelp("Channels of the layer nearest to the waveform.", valueName: "count"))
  var dim = 64

  @Option(help: ArgumentHelp("Samples of a clip: 4096 to 65536.", valueName: "samples"))
  var window = 16_384

  @OptionGroup(title: "Measuring") var measuring: MeasuringOptions

  func validate() throws {
    try checkRange("--taps", taps, 1...1_024)
    try checkRange("--stride", stride, 1...taps)
    try checkRange("--channels", channels, 1...8_192)
    try checkRange("--output-channels", outputChannels, 1...8_192)
    try checkRange("--steps", steps, 1...1_000_000)
    try checkRange("--batch", batch, 1...4_096)
    try checkRange("--dim", dim, 1...256)
    guard steps.isMultiple(of: stride) else {
      throw ValidationError("--steps \(steps): give a multiple of --stride \(stride).")
    }
    guard DataSettings.windowLengths.contains(window) else {
      let lengths = DataSettings.windowLengths.map(String.init).joined(separator: ", ")
      throw ValidationError("--window \(window): give one of \(lengths).")
    }
  }

  func run() throws {
    let team = ThreadTeam(threadCount: measuring.threadCount)
    let peak = measuring.peak(team)
    try measuring.tell(
      referenceLayers ? measureLayers(team, peak) : measureOne(team, peak))
  }

  private func measureOne(_ team: ThreadTeam, _ peak: Double) -> Report {
    let work = ConvolutionWork(
      tapCount: taps, stride: stride, inputChannelCount: channels,
      outputChannelCount: outputChannels ?? channels, stepCount: steps, batchSize: batch)
    return Report(
      command: "convolution",
      settings: [
        ("taps", .whole(taps)), ("stride", .whole(stride)), ("channels", .whole(channels)),
        ("output_channels", .whole(work.outputChannelCount)), ("steps", .whole(steps)),
        ("batch", .whole(batch)),
      ],
      threadCount: team.threadCount, peak: peak,
      measurements: work.measure(measuring, seconds: 4, team: team, peak: peak))
  }

  /// All layers but the first, which hears one channel.
  private func measureLayers(_ team: ThreadTeam, _ peak: Double) -> Report {
    let geometry = NetworkGeometry(
      data: DataSettings(sampleRate: 16_000, windowLength: window),
      model: ModelSettings(dim: dim))
    let layers = geometry.discriminatorLayers.dropFirst()
    var (operationCount, seconds) = (0.0, 0.0)
    let measurements = layers.enumerated().flatMap { index, layer in
      let work = ConvolutionWork(
        tapCount: geometry.kernelLength, stride: layer.stride,
        inputChannelCount: layer.inputChannelCount,
        outputChannelCount: layer.outputChannelCount, stepCount: layer.inputLength,
        batchSize: batch)
      let measured = work.measure(
        measuring, prefix: "layer \(index + 1) ", seconds: 4, team: team, peak: peak)
      operationCount += 3 * work.operationCount
      seconds += measured[3].timing.median
      return measured
    }
    let rate = operationCount / seconds * 1e-9
    return Report(
      command: "convolution",
      settings: [
        ("dim", .whole(dim)), ("batch", .whole(batch)), ("window", .whole(window)),
      ],
      threadCount: team.threadCount, peak: peak, measurements: measurements,
      figures: [
        Figure(key: "inner_layers_gflops", label: "all layers, GFLOP/s", value: rate),
        Figure(
          key: "inner_layers_percent_of_sgemm", label: "all layers, % of sgemm",
          value: 100 * rate / peak),
      ])
  }
}
