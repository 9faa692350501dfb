package import NeuralNet

/// An exponential moving average of a generator over the steps of its training.
///
///     a ← d·a + (1 − d)·w,  d = min(decay, (1 + step) / (10 + step))
///
/// The lower decay of early steps lets the average leave the random first weights behind. A clip
/// from the average changes less from step to step than one from the generator itself, and mostly
/// sounds better.
///
/// Source: Yazıcı et al. 2019; the ramp is that of TensorFlow's `ExponentialMovingAverage`.
package final class GeneratorAverage {
  /// Averaged parameters, place by place as the generator's arena.
  package let values: Tensor

  /// Averaged running statistics.
  package let statistics: Tensor

  private let generator: any GeneratorNetwork
  private let decay: Double

  init(of generator: any GeneratorNetwork, decay: Double) {
    self.generator = generator
    self.decay = decay
    values = Tensor(generator.arena.values.count)
    statistics = Tensor(generator.statisticsArena.values.count)
    restart()
  }

  /// Begins again from the generator as it is.
  func restart() {
    values.assign(generator.arena.values)
    statistics.assign(generator.statisticsArena.values)
  }

  /// Takes in the generator after a step.
  ///
  /// - Parameters:
  ///   - step: steps made before this one.
  ///   - team: the threads that share the work.
  package func update(step: Int, team: ThreadTeam) {
    let keep = Float(min(decay, Double(1 + step) / Double(10 + step)))
    values.move(towards: generator.arena.values, keeping: keep, team: team)
    statistics.move(towards: generator.statisticsArena.values, keeping: keep, team: team)
  }
}
