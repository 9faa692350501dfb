internal import NeuralNet

/// Batch normalisation of one layer of a network: its parameters, its running statistics, and what
/// the last forward pass left for the backward pass.
final class NormalizedLayer {
  private let weight: Parameter
  private let bias: Parameter
  private let runningMean: Parameter
  private let runningVariance: Parameter
  private let arena: ParameterArena
  private let statisticsArena: ParameterArena
  private let normalization: BatchNormalization

  /// What came in, `[B, T, C]`.
  let input: Tensor
  private var statistics: BatchNormalization.Statistics?

  /// The parameters that a normalised layer adds to a network.
  static func declarations(index: Int, channelCount: Int) -> [ParameterArena.Declaration] {
    [
      .init("norm.\(index).weight", [channelCount], .constant(1)),
      .init("norm.\(index).bias", [channelCount], .constant(0)),
    ]
  }

  /// The running statistics that it adds.
  static func statisticsDeclarations(
    index: Int, channelCount: Int
  ) -> [ParameterArena.Declaration] {
    [
      .init("norm.\(index).running_mean", [channelCount], .constant(0)),
      .init("norm.\(index).running_var", [channelCount], .constant(1)),
    ]
  }

  init(
    index: Int, input: Tensor, arena: ParameterArena, statisticsArena: ParameterArena,
    team: ThreadTeam
  ) {
    self.input = input
    self.arena = arena
    self.statisticsArena = statisticsArena
    weight = arena.parameter("norm.\(index).weight")
    bias = arena.parameter("norm.\(index).bias")
    runningMean = statisticsArena.parameter("norm.\(index).running_mean")
    runningVariance = statisticsArena.parameter("norm.\(index).running_var")
    normalization = BatchNormalization(team: team)
  }

  /// Normalises ``input`` by the batch's own statistics, which also move the running ones, or by
  /// the running ones.
  func forward(usesBatch: Bool, activation: Activation, into output: Tensor) {
    let statistics: BatchNormalization.Statistics
    if usesBatch {
      statistics = normalization.statistics(of: input)
      BatchNormalization.moveRunning(
        mean: statisticsArena.values(of: runningMean),
        variance: statisticsArena.values(of: runningVariance), towards: statistics)
      self.statistics = statistics
    } else {
      statistics = BatchNormalization.Statistics(
        mean: runningMean.fileOrder(of: statisticsArena.values),
        variance: runningVariance.fileOrder(of: statisticsArena.values))
    }
    normalization.forward(
      input, by: statistics, weight: arena.values(of: weight), bias: arena.values(of: bias),
      activation: activation, into: output)
  }

  /// Takes a gradient back through the normalisation of the last batch.
  func backward(_ gradient: Tensor) {
    guard let statistics else { preconditionFailure("no batch has been normalised") }
    normalization.backward(
      gradient, input: input, statistics: statistics, weight: arena.values(of: weight),
      weightGradient: arena.gradients(of: weight), biasGradient: arena.gradients(of: bias))
  }
}
