import NeuralNet
import TestSupport
import Testing
import WaveGAN

@Suite("Training agrees with PyTorch")
struct GoldenCurveTests {
  /// A sign of a LeakyReLU that turns by rounding moves a loss by up to 1 %, and Adam carries it on.
  /// Direct sums turn none in these ten steps; the faster ones err by 10⁻⁶, and turn one now and then.
  @Test(
    "Ten steps of preset paper follow PyTorch's loss curve and end at its weights",
    arguments: [true, false])
  func tenSteps(usesDirectSums: Bool) throws {
    let curveBound = usesDirectSums ? 1e-5 : 1e-3
    let weightBound = usesDirectSums ? 1e-3 : 1e-2
    let golden = try Golden("curve")
    let networks = GoldenRun.makeAdversaries(batchSize: 4, usesDirectSums: usesDirectSums)
    GoldenRun.set(networks.generator.arena, from: golden, prefix: "initial.generator.")
    GoldenRun.set(networks.discriminator.arena, from: golden, prefix: "initial.discriminator.")
    func row(_ name: String, _ index: Int, _ width: Int) -> [Float] {
      Array(golden[name][index * width..<(index + 1) * width])
    }
    func shifts(_ name: String, _ index: Int) -> Discriminator.Shifts {
      row(name, index, 3).map { [Int](repeating: Int($0), count: 4) }
    }

    let real = Tensor(4, 4_096, 1)
    var wasserstein: [Float] = []
    var penalty: [Float] = []
    var generator: [Float] = []
    for step in 0..<10 {
      for update in 5 * step..<5 * step + 5 {
        real.assign(
          row("draw.critic.indices", update, 4).flatMap { row("pool", Int($0), 4_096) })
        let report = networks.updateDiscriminator(
          real: real,
          draws: Adversaries.CriticDraws(
            latents: row("draw.critic.latents", update, 32),
            interpolation: row("draw.critic.alpha", update, 4),
            realShifts: shifts("draw.critic.shifts.real", update),
            generatedShifts: shifts("draw.critic.shifts.fake", update),
            interpolatedShifts: shifts("draw.critic.shifts.hat", update)))
        wasserstein.append(Float(report.loss))
        penalty.append(Float(report.penalty))
      }
      let report = networks.updateGenerator(
        draws: .init(
          latents: row("draw.generator.latents", step, 32),
          shifts: shifts("draw.generator.shifts", step)),
        real: real)
      generator.append(Float(report.loss))
    }

    // The two terms of the critic's loss are compared apart, as one is larger.
    #expect(relativeError(wasserstein, golden["report.critic.wasserstein"]) < curveBound)
    #expect(relativeError(penalty, golden["report.critic.penalty"]) < curveBound)
    #expect(relativeError(generator, golden["report.generator.loss"]) < curveBound)
    GoldenRun.expectValues(
      of: networks.generator.arena, equal: golden, prefix: "final.generator.", within: weightBound)
    GoldenRun.expectValues(
      of: networks.discriminator.arena, equal: golden, prefix: "final.discriminator.",
      within: weightBound)
  }

  @Test("At width 64 the networks have the paper's numbers of parameters")
  func parameterCounts() {
    let settings = TrainingSettings(
      data: DataSettings(sampleRate: 16_000, windowLength: 16_384),
      model: ModelSettings(dim: 64), objective: ObjectiveSettings(batchSize: 2), seed: 1)
    let networks = Adversaries(settings: settings, team: ThreadTeam(threadCount: 1))
    #expect(networks.generator.arena.parameterCount == 19_065_345)
    #expect(networks.discriminator.arena.parameterCount == 17_427_969)
    let told = ParameterCounts(of: settings)
    #expect(told.generator == 19_065_345 && told.discriminator == 17_427_969)
  }
}
