import NeuralNet
import TestSupport
import Testing
import WaveGAN

/// The relativistic loss with its penalties against PyTorch in 64 bits, on the networks and clips of
/// ``GoldenNetworkTests``, with the same bounds for the same reasons.
@Suite("Relativistic pairing agrees with PyTorch")
struct GoldenRelativisticTests {
  private let networks: Golden
  private let activations: Golden
  private let golden: Golden
  private let adversaries: Adversaries

  init() throws {
    networks = try Golden("networks")
    activations = try Golden("activations")
    golden = try Golden("relativistic")
    adversaries = GoldenRun.makeAdversaries(batchSize: 3, loss: .relativistic)
    GoldenRun.set(adversaries.generator.arena, from: networks, prefix: "generator.")
    GoldenRun.set(adversaries.discriminator.arena, from: networks, prefix: "discriminator.")
    adversaries.generator.forward(networks["latents"], usesBatchStatistics: true)
  }

  private func shifts(_ name: String) -> Discriminator.Shifts {
    networks.integers("shifts.\(name)").map { [Int](repeating: $0, count: 3) }
  }

  /// Judges real or generated clips, and puts PyTorch's activations, and so its signs, in place.
  private func judge(_ pass: String) -> [Float] {
    let discriminator = adversaries.discriminator
    discriminator.forward(
      pass == "real" ? networks.tensor("real") : adversaries.generator.output,
      shifts: shifts(pass))
    let logits = discriminator.logits.array
    for (index, tensor) in discriminator.activations.enumerated() {
      tensor.assign(activations["discriminator.\(pass).down.\(index)"])
    }
    return logits
  }

  @Test("Gradients of the discriminator's loss")
  func pairs() {
    let discriminator = adversaries.discriminator
    let loss = ObjectiveSettings.Loss.relativistic
    let generated = judge("fake")
    let real = judge("real")
    let onReal = loss.onReal(real, against: generated)
    discriminator.backward(onReal.gradient)
    discriminator.addWeightGradients()
    _ = judge("fake")
    let onGenerated = loss.onGenerated(generated, against: real)
    discriminator.backward(onGenerated.gradient)
    discriminator.addWeightGradients()
    #expect(
      relativeError([Float(onReal.loss + onGenerated.loss)], golden["loss.discriminator"]) < 1e-4)
    GoldenRun.expectGradients(
      of: discriminator.arena, equal: golden, prefix: "gradient.discriminator.", within: 1e-4)
  }

  @Test("Gradients of the penalties at real and generated clips, by the tangent sweep")
  func penalties() {
    let penalties = ["real", "fake"].map { pass in
      _ = judge(pass)
      return adversaries.judges[0].addPenaltyGradients().penalty
    }
    #expect(relativeError([Float(penalties[0] + penalties[1])], golden["loss.penalty"]) < 1e-4)
    GoldenRun.expectGradients(
      of: adversaries.discriminator.arena, equal: golden, prefix: "gradient.penalty.",
      within: 1e-4)
  }

  @Test("One update of the discriminator sums both, whatever the order of its passes")
  func discriminatorUpdate() {
    let report = adversaries.updateDiscriminator(
      real: networks.tensor("real"),
      draws: Adversaries.CriticDraws(
        latents: networks["latents"], interpolation: [0, 0, 0], realShifts: shifts("real"),
        generatedShifts: shifts("fake"), interpolatedShifts: []))
    #expect(relativeError([Float(report.loss)], golden["loss.discriminator"]) < 1e-4)
    #expect(relativeError([Float(report.penalty)], golden["loss.penalty"]) < 1e-2)
    #expect(report.penalizedNorm > 0)
    for parameter in adversaries.discriminator.arena.parameters {
      let expected = zip(
        golden["gradient.discriminator." + parameter.name],
        golden["gradient.penalty." + parameter.name]
      ).map { $0 + $1 }
      let gradient = parameter.fileOrder(of: adversaries.discriminator.arena.gradients)
      // A constant that is added to all logits changes nothing.
      let isZero = parameter.name == "output.bias" && abs(gradient[0]) < 1e-6
      #expect(relativeError(gradient, expected) < 1e-2 || isZero, "\(parameter.name)")
    }
  }

  @Test("One update of the generator follows its loss, and leaves the discriminator alone")
  func generatorUpdate() {
    let weights = adversaries.discriminator.arena.values.array
    let report = adversaries.updateGenerator(
      draws: .init(
        latents: networks["latents"], shifts: shifts("fake"), realShifts: shifts("real")),
      real: networks.tensor("real"))
    #expect(relativeError([Float(report.loss)], golden["loss.generator"]) < 1e-4)
    GoldenRun.expectGradients(
      of: adversaries.generator.arena, equal: golden, prefix: "gradient.generator.", within: 1e-2)
    #expect(adversaries.discriminator.arena.values.array == weights)
  }
}
