import NeuralNet
import TestSupport
import Testing
import WaveGAN

/// The gradients of whole networks against central differences of ``NetworkOracle``, which computes
/// in 64 bits with the signs of the activations held fixed.
///
/// With signs fixed, the networks are smooth, so no point needs to be left out for a kink, and the
/// derivative is the one that a backward pass computes. Differences with h = 10⁻⁵ err by 10⁻¹⁰ from
/// truncation and 10⁻¹¹ from rounding; what remains is the rounding of the program's 32 bits, 10⁻⁶ to
/// 10⁻⁵ of a gradient's size in passes of five layers (the bound against PyTorch is 10⁻⁴ as well).
@Suite("Gradients of whole networks are those of central differences")
struct NetworkGradientTests {
  private static let bound = 1e-4
  private static let h = 1e-5

  private static func settings(
    _ model: ModelSettings, channelCount: Int = 1, loss: ObjectiveSettings.Loss = .hinge
  ) -> TrainingSettings {
    TrainingSettings(
      data: DataSettings(sampleRate: 16_000, channelCount: channelCount, windowLength: 4_096),
      model: model, objective: ObjectiveSettings(loss: loss, batchSize: 2), seed: 3)
  }

  /// A few places of each parameter, spread over it.
  private static func places(_ count: Int) -> [Int] {
    Array(Set([0, count / 3, count / 2, count - 1])).sorted()
  }

  /// Compares a few numbers of each parameter's gradient with differences of `objective`.
  private static func check(
    _ arena: ParameterArena, _ oracle: NetworkOracle,
    objective: (NetworkOracle) -> Double
  ) {
    // A bias before a batch normalisation has no effect: its gradient is what is left of large
    // terms that cancel.
    let rounding = 1e-6 * arena.gradients.norm(team: ThreadTeam(threadCount: 1))
    for parameter in arena.parameters {
      let gradient = parameter.fileOrder(of: arena.gradients)
      let size = (gradient.reduce(0) { $0 + Double($1) * Double($1) } / Double(gradient.count))
        .squareRoot()
      for place in places(parameter.count) {
        var changed = oracle
        changed.weights[parameter.name]?[place] += h
        let above = objective(changed)
        changed.weights[parameter.name]?[place] -= 2 * h
        let difference = (above - objective(changed)) / (2 * h)
        #expect(
          abs(Double(gradient[place]) - difference) <= bound * max(size, abs(difference))
            + rounding,
          "\(parameter.name)[\(place)]")
      }
    }
  }

  private func made(seed: UInt64, _ count: Int, scale: Float = 1) -> [Float] {
    var generator = SplitMix64(state: seed)
    return (0..<count).map { _ in scale * Float.random(in: -1...1, using: &generator) }
  }

  /// Weights of which none is special; biases begin at 0 and scales at 1.
  private func disturb(_ arena: ParameterArena) {
    for (index, parameter) in arena.parameters.enumerated() where parameter.shape.count == 1 {
      let numbers = zip(
        parameter.fileOrder(of: arena.values),
        made(seed: UInt64(index), parameter.count, scale: 0.3))
      parameter.set(arena.values, fromFileOrder: numbers.map { $0 + $1 })
    }
  }

  private let shifts: Discriminator.Shifts = [[2, -1], [0, 1], [-2, -2]]

  @Test("The discriminator's logits", arguments: [1, 2])
  func discriminator(channelCount: Int) throws {
    let settings = Self.settings(ModelSettings(dim: 2, latentSize: 4), channelCount: channelCount)
    let networks = Adversaries(settings: settings, team: ThreadTeam(threadCount: 2))
    let discriminator = networks.discriminator
    disturb(discriminator.arena)
    let clips = made(seed: 50, 2 * 4_096 * channelCount)
    let input = Tensor(2, 4_096, channelCount)
    input.assign(clips)
    discriminator.forward(input, shifts: shifts)
    let oracle = NetworkOracle(
      NetworkGeometry(data: settings.data, model: settings.model), arena: discriminator.arena,
      activations: discriminator.activations)
    let logits = oracle.logits(of: clips.map(Double.init), shifts: shifts)
    #expect(relativeError(discriminator.logits.values, logits.map { Float($0) }) < 1e-5)

    discriminator.backward([0.7, -0.4])
    discriminator.addWeightGradients()
    Self.check(discriminator.arena, oracle) { oracle in
      let logits = oracle.logits(of: clips.map(Double.init), shifts: shifts)
      return 0.7 * logits[0] - 0.4 * logits[1]
    }
  }

  @Test(
    "The discriminator's gradient penalty, towards norm 1 and towards 0",
    arguments: [ObjectiveSettings.Loss.wganGP, .relativistic])
  func penalty(loss: ObjectiveSettings.Loss) throws {
    let settings = Self.settings(ModelSettings(dim: 2, latentSize: 4), loss: loss)
    let networks = Adversaries(settings: settings, team: ThreadTeam(threadCount: 2))
    let discriminator = networks.discriminator
    disturb(discriminator.arena)
    let input = Tensor(2, 4_096, 1)
    input.assign(made(seed: 51, 2 * 4_096))
    discriminator.forward(input, shifts: shifts)
    let oracle = NetworkOracle(
      NetworkGeometry(data: settings.data, model: settings.model), arena: discriminator.arena,
      activations: discriminator.activations)
    func penalty(_ oracle: NetworkOracle) -> Double {
      let gradients = oracle.inputGradients(shifts: shifts)
      let terms = gradients.map { gradient in
        let square = gradient.reduce(1e-12) { $0 + $1 * $1 }
        let excess = square.squareRoot() - 1
        // γ/2 = 5.
        return loss == .wganGP ? 10 * excess * excess : 5 * square
      }
      return terms.reduce(0, +) / Double(terms.count)
    }
    let report = networks.judges[0].addPenaltyGradients()
    #expect(abs(report.penalty - penalty(oracle)) < 1e-5 * penalty(oracle))
    Self.check(discriminator.arena, oracle, objective: penalty)
  }

  /// A kind of generator.
  struct Kind: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var model: ModelSettings
    var channelCount = 1
  }

  static let kinds = [
    Kind(testDescription: "transposed", model: ModelSettings(dim: 2, latentSize: 4)),
    Kind(
      testDescription: "nearest, stereo",
      model: ModelSettings(dim: 2, latentSize: 4, upsampling: .nearest), channelCount: 2),
    Kind(
      testDescription: "batch normalisation",
      model: ModelSettings(dim: 2, latentSize: 4, kernelLength: 8, batchNormalization: true)),
    Kind(
      testDescription: "post-filter, stereo",
      model: ModelSettings(dim: 1, latentSize: 3, kernelLength: 6, postFilter: true),
      channelCount: 2),
  ]

  @Test("The generator's clips", arguments: kinds)
  func generator(_ kind: Kind) throws {
    let settings = Self.settings(kind.model, channelCount: kind.channelCount)
    let networks = Adversaries(settings: settings, team: ThreadTeam(threadCount: 2))
    let generator = networks.generator
    disturb(generator.arena)
    let latents = made(seed: 52, 2 * kind.model.latentSize)
    generator.forward(latents, usesBatchStatistics: true)
    let oracle = NetworkOracle(
      NetworkGeometry(data: settings.data, model: settings.model), arena: generator.arena,
      activations: generator.activations)
    func clips(_ oracle: NetworkOracle) -> [Double] {
      oracle.clips(of: latents.map(Double.init), upsampling: kind.model.upsampling)
    }
    #expect(relativeError(generator.output.values, clips(oracle).map { Float($0) }) < 1e-5)

    let direction = Tensor(2, 4_096, kind.channelCount)
    direction.assign(made(seed: 53, direction.count))
    let latentGradient = Tensor(2, 1, kind.model.latentSize)
    generator.backward(direction, latentGradient: latentGradient)
    let r = direction.array
    func product(_ clips: [Double]) -> Double {
      zip(clips, r).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    Self.check(generator.arena, oracle) { oracle in
      product(clips(oracle))
    }

    let size = latentGradient.norm(team: ThreadTeam(threadCount: 1))
    for place in latents.indices {
      func moved(by h: Double) -> Double {
        var moved = latents.map(Double.init)
        moved[place] += h
        return product(oracle.clips(of: moved, upsampling: kind.model.upsampling))
      }
      let difference = (moved(by: Self.h) - moved(by: -Self.h)) / (2 * Self.h)
      #expect(abs(Double(latentGradient[place]) - difference) < Self.bound * size)
    }
  }
}
