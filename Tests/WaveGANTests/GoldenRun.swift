import NeuralNet
import TestSupport
import Testing
import WaveGAN

/// What the tests against PyTorch share: the golden runs' settings, and whole networks set from and
/// compared with golden tensors.
enum GoldenRun {
  /// Preset `paper` at d = 4, Z = 8 and a window of 4,096.
  static func makeAdversaries(
    batchSize: Int, loss: ObjectiveSettings.Loss = .wganGP, usesDirectSums: Bool = false
  ) -> Adversaries {
    Adversaries(
      settings: TrainingSettings(
        data: DataSettings(sampleRate: 16_000, windowLength: 4_096),
        model: ModelSettings(dim: 4, latentSize: 8),
        objective: ObjectiveSettings(loss: loss, batchSize: batchSize), seed: 1),
      usesDirectSums: usesDirectSums, team: ThreadTeam(threadCount: 2))
  }

  static func set(_ arena: ParameterArena, from golden: Golden, prefix: String) {
    for parameter in arena.parameters {
      parameter.set(arena.values, fromFileOrder: golden[prefix + parameter.name])
    }
  }

  static func expectGradients(
    of arena: ParameterArena, equal golden: Golden, prefix: String, within bound: Double
  ) {
    for parameter in arena.parameters {
      let expected = golden[prefix + parameter.name]
      let error = relativeError(parameter.fileOrder(of: arena.gradients), expected)
      // The bias before a batch normalisation has no effect: its gradient is rounding on both sides.
      let isZero = expected.allSatisfy { abs($0) < 1e-6 }
      #expect(error < bound || isZero, "\(parameter.name)")
    }
  }

  static func expectValues(
    of arena: ParameterArena, equal golden: Golden, prefix: String, within bound: Double
  ) {
    for parameter in arena.parameters {
      let error = relativeError(
        parameter.fileOrder(of: arena.values), golden[prefix + parameter.name])
      #expect(error < bound, "\(parameter.name)")
    }
  }
}
