import NeuralNet
import TestSupport
import Testing
import WaveGAN

/// Both networks against PyTorch in 64 bits, on one batch of three clips.
///
/// Where rounding puts an activation on the other side of zero than in the golden run, whole
/// gradients differ by up to 10⁻²; with the golden run's activations in their place, and so its
/// signs, by no more than rounding, 10⁻⁴.
@Suite("Networks agree with PyTorch")
struct GoldenNetworkTests {
  private let golden: Golden
  private let activations: Golden
  private let networks: Adversaries

  init() throws {
    golden = try Golden("networks")
    activations = try Golden("activations")
    networks = GoldenRun.makeAdversaries(batchSize: 3)
    GoldenRun.set(networks.generator.arena, from: golden, prefix: "generator.")
    GoldenRun.set(networks.discriminator.arena, from: golden, prefix: "discriminator.")
  }

  /// Shifts of the shuffled layers, the same for each clip.
  private func shifts(_ name: String) -> Discriminator.Shifts {
    golden.integers("shifts.\(name)").map { [Int](repeating: $0, count: 3) }
  }

  private func useGoldenActivations(of discriminator: Discriminator, pass: String) {
    for (index, tensor) in discriminator.activations.enumerated() {
      tensor.assign(activations["discriminator.\(pass).down.\(index)"])
    }
  }

  @Test("The generator's layers and clips")
  func generatorForward() {
    let generator = networks.generator
    generator.forward(golden["latents"], usesBatchStatistics: true)
    #expect(
      relativeError(generator.activations[0].values, activations["generator.project"]) < 1e-5)
    for index in 0..<4 {
      #expect(
        relativeError(
          generator.activations[index + 1].values, activations["generator.up.\(index)"]) < 1e-5)
    }
  }

  @Test("The discriminator's layers and logits")
  func discriminatorForward() {
    let discriminator = networks.discriminator
    discriminator.forward(golden.tensor("real"), shifts: shifts("real"))
    for index in 0..<4 {
      #expect(
        relativeError(
          discriminator.activations[index].values, activations["discriminator.real.down.\(index)"])
          < 1e-5)
    }
    #expect(relativeError(discriminator.logits.values, golden["logits.real"]) < 1e-4)
  }

  @Test("Gradients of the generator's loss", arguments: [true, false])
  func generatorGradients(usesGoldenSigns: Bool) {
    let (generator, discriminator) = (networks.generator, networks.discriminator)
    generator.forward(golden["latents"], usesBatchStatistics: true)
    discriminator.forward(generator.output, shifts: shifts("fake"))
    let loss = ObjectiveSettings.Loss.wganGP.ofGenerator(discriminator.logits.array, against: [])
    #expect(relativeError([Float(loss.loss)], golden["loss.generator"]) < 1e-4)
    if usesGoldenSigns {
      useGoldenActivations(of: discriminator, pass: "fake")
      generator.activations[0].assign(activations["generator.project"])
      for index in 0..<4 {
        generator.activations[index + 1].assign(activations["generator.up.\(index)"])
      }
    }
    discriminator.backward(loss.gradient)
    generator.backward(discriminator.inputGradient)
    GoldenRun.expectGradients(
      of: generator.arena, equal: golden, prefix: "gradient.generator.",
      within: usesGoldenSigns ? 1e-4 : 1e-2)
  }

  @Test("Gradients of the Wasserstein loss", arguments: [true, false])
  func wassersteinGradients(usesGoldenSigns: Bool) {
    let discriminator = networks.discriminator
    let loss = ObjectiveSettings.Loss.wganGP
    networks.generator.forward(golden["latents"], usesBatchStatistics: true)
    for (pass, clips) in [("real", golden.tensor("real")), ("fake", networks.generator.output)] {
      discriminator.forward(clips, shifts: shifts(pass))
      let logits = discriminator.logits.array
      // Shuffled copies follow from activations, so signs come in before they are made: the
      // weight gradients of layers behind a shuffle read those copies, which differ by rounding.
      if usesGoldenSigns { useGoldenActivations(of: discriminator, pass: pass) }
      let part =
        pass == "real"
        ? loss.onReal(logits, against: []) : loss.onGenerated(logits, against: [])
      discriminator.backward(part.gradient)
      discriminator.addWeightGradients()
    }
    GoldenRun.expectGradients(
      of: discriminator.arena, equal: golden, prefix: "gradient.wasserstein.",
      within: usesGoldenSigns ? 1e-4 : 1e-2)
  }

  @Test("Gradients of the penalty, by the tangent sweep", arguments: [true, false])
  func penaltyGradients(usesGoldenSigns: Bool) {
    let discriminator = networks.discriminator
    networks.generator.forward(golden["latents"], usesBatchStatistics: true)
    let between = golden.tensor("real")
    let clipLength = between.count / 3
    for (clip, alpha) in golden["alpha"].enumerated() {
      for i in clip * clipLength..<(clip + 1) * clipLength {
        between[i] += alpha * (networks.generator.output[i] - between[i])
      }
    }
    discriminator.forward(between, shifts: shifts("hat"))
    #expect(relativeError(discriminator.logits.values, golden["logits.hat"]) < 1e-4)
    if usesGoldenSigns { useGoldenActivations(of: discriminator, pass: "hat") }
    let bound = usesGoldenSigns ? 1e-4 : 1e-2
    let penalty = networks.judges[0].addPenaltyGradients()
    #expect(relativeError([Float(penalty.penalty)], golden["loss.penalty"]) < bound)
    let meanNorm = golden["penalty.norms"].reduce(0, +) / 3
    #expect(relativeError([Float(penalty.meanNorm)], [meanNorm]) < bound)
    GoldenRun.expectGradients(
      of: discriminator.arena, equal: golden, prefix: "gradient.penalty.", within: bound)
  }

  @Test(
    "Losses and their slopes",
    arguments: [
      (ObjectiveSettings.Loss.wgan, "wgan"), (.lsgan, "lsgan"), (.dcgan, "dcgan"),
      (.hinge, "hinge"), (.relativistic, "relativistic"),
    ])
  func losses(loss: ObjectiveSettings.Loss, name: String) throws {
    let golden = try Golden("losses")
    let real = loss.onReal(golden["real"], against: golden["fake"])
    let generated = loss.onGenerated(golden["fake"], against: golden["real"])
    let ofGenerator = loss.ofGenerator(golden["fake"], against: golden["real"])
    // Computed in 64 bits on both sides; stored in 32.
    let bound = 1e-6
    #expect(
      relativeError([Float(real.loss + generated.loss)], golden["\(name).discriminator"]) < bound)
    #expect(relativeError([Float(ofGenerator.loss)], golden["\(name).generator"]) < bound)
    #expect(relativeError(real.gradient, golden["\(name).real_gradient"]) < bound)
    #expect(relativeError(generated.gradient, golden["\(name).fake_gradient"]) < bound)
    #expect(relativeError(ofGenerator.gradient, golden["\(name).generator_gradient"]) < bound)
  }

  @Test("Stereo, batch norm, nearest-neighbour, post-filter and a stride of 2, all at once")
  func variant() throws {
    let golden = try Golden("variant")
    let model = ModelSettings(
      dim: 2, latentSize: 4, kernelLength: 9, shufflesEachClip: true, batchNormalization: true,
      upsampling: .nearest, postFilter: true)
    let data = DataSettings(sampleRate: 16_000, channelCount: 2, windowLength: 8_192)
    let networks = Adversaries(
      settings: TrainingSettings(
        data: data, model: model,
        objective: ObjectiveSettings(loss: .hinge, batchSize: 2), seed: 1),
      team: ThreadTeam(threadCount: 2))
    let (generator, discriminator) = (networks.generator, networks.discriminator)
    GoldenRun.set(generator.arena, from: golden, prefix: "generator.")
    GoldenRun.set(generator.statisticsArena, from: golden, prefix: "generator.")
    GoldenRun.set(discriminator.arena, from: golden, prefix: "discriminator.")

    generator.forward(golden["latents"], usesBatchStatistics: true)
    #expect(relativeError(generator.output.values, golden["sound"]) < 1e-4)
    GoldenRun.expectValues(
      of: generator.statisticsArena, equal: golden, prefix: "after.generator.", within: 1e-4)

    let flat = golden.integers("shifts")
    discriminator.forward(
      generator.output, shifts: (0..<4).map { Array(flat[2 * $0..<2 * $0 + 2]) })
    #expect(relativeError(discriminator.logits.values, golden["logits"]) < 1e-4)
    discriminator.backward([-0.5, -0.5])
    discriminator.addWeightGradients()
    generator.backward(discriminator.inputGradient)
    // No golden signs here: the bound is that of whole gradients without them.
    GoldenRun.expectGradients(
      of: discriminator.arena, equal: golden, prefix: "gradient.discriminator.", within: 1e-2)
    GoldenRun.expectGradients(
      of: generator.arena, equal: golden, prefix: "gradient.generator.", within: 1e-2)
  }
}
