import ArgumentParser
import WaveGAN

/// The program `wavegan-benchmark`.
@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wavegan-benchmark",
    abstract: "Measure how fast this machine trains, renders and loads.",
    discussion: """
      Each command does its work over and over, after a warm-up, and tells the median time with \
      the quartiles. GFLOP/s count the operations of direct convolution, whichever way it is \
      computed, so that a better way shows as a higher rate; it is set against the best rate of a \
      plain product of matrices (sgemm) that was measured just before.

      Exit codes: 0 done; 64 wrong usage; 65 data that cannot be used; 66 an input that is not \
      there.
      """,
    version: ProgramVersion.current,
    subcommands: [
      TrainStepCommand.self, RenderCommand.self, ConvolutionCommand.self, STFTCommand.self,
      LoadCommand.self, ScalingCommand.self,
    ])
}
