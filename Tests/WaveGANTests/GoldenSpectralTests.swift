import NeuralNet
import TestSupport
import Testing
import WaveGAN

/// A discriminator of spectra that is told labels, against PyTorch in 64 bits. As PyTorch's
/// activations, and so its signs, are put in place, what remains is the rounding of 32 bits: 10⁻⁶ to
/// 10⁻⁵ of a gradient's size.
@Suite("A discriminator of spectra agrees with PyTorch")
struct GoldenSpectralTests {
  private let golden: Golden
  private let discriminator: Discriminator
  private let spectrum = LogSpectrum(fftLength: 256, sampleCount: 4_096)
  private let team = ThreadTeam(threadCount: 2)
  private let labels: [Int]
  private let loss = ObjectiveSettings.Loss.relativistic

  init() throws {
    golden = try Golden("spectral")
    labels = golden.integers("labels")
    let data = DataSettings(sampleRate: 8_000, channelCount: 2, windowLength: 4_096)
    discriminator = Discriminator(
      DiscriminatorDesign(
        spectrumOf: 256, data: data, model: ModelSettings(dim: 1), labelCount: 3),
      capacity: 3, workspace: Workspace(team: team))
    GoldenRun.set(discriminator.arena, from: golden, prefix: "discriminator.")
  }

  private func levels(of clips: String) -> Tensor {
    let levels = Tensor(3, 64, 256)
    spectrum.forward(golden.tensor(clips), into: levels, team: team)
    return levels
  }

  /// Judges real or generated clips, and puts PyTorch's activations in place.
  private func judge(_ clips: String) -> [Float] {
    discriminator.forward(levels(of: clips), shifts: [], labels: labels)
    let logits = discriminator.logits.array
    for (index, tensor) in discriminator.activations.enumerated() {
      tensor.assign(golden["\(clips).down.\(index)"])
    }
    return logits
  }

  @Test("Levels are the logarithms of amplitudes, from −1 for silence")
  func levels() {
    let levels = levels(of: "fake").array
    #expect(relativeError(levels, golden["levels"]) < 1e-5)
    // The second clip is silent from sample 1,000 to 2,500: frame 30 is about 1,920.
    #expect(levels[(64 + 30) * 256] == -1)
  }

  @Test("Verdicts, with what the labels add")
  func verdicts() {
    #expect(relativeError(judge("real"), golden["logits.real"]) < 1e-5)
    #expect(relativeError(judge("fake"), golden["logits.fake"]) < 1e-5)
    #expect(labels != [0, 0, 0])
  }

  @Test("Gradients of the discriminator's loss")
  func discriminatorLoss() {
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

  @Test("Gradients of the penalties at real and generated spectra, by the tangent sweep")
  func penalties() {
    // γ = 1: R = ½ · mean ‖g‖², so v = g / 3.
    var penalty = 0.0
    for clips in ["real", "fake"] {
      _ = judge(clips)
      discriminator.backward([1, 1, 1])
      let slope = discriminator.inputGradient
      if clips == "fake" { #expect(relativeError(slope.values, golden["levels_gradient"]) < 1e-5) }
      penalty += slope.values.reduce(0) { $0 + Double($1) * Double($1) } / 6
      slope.scaleClips(by: [1 / 3, 1 / 3, 1 / 3], team: team)
      discriminator.tangent(slope)
      discriminator.addWeightGradients()
    }
    #expect(relativeError([Float(penalty)], golden["loss.penalty"]) < 1e-4)
    GoldenRun.expectGradients(
      of: discriminator.arena, equal: golden, prefix: "gradient.penalty.", within: 1e-4)
  }

  @Test("The generator's gradient reaches its clips through the spectra")
  func generatorLoss() {
    let real = judge("real")
    let generated = judge("fake")
    let loss = loss.ofGenerator(generated, against: real)
    #expect(relativeError([Float(loss.loss)], golden["loss.generator"]) < 1e-4)
    discriminator.backward(loss.gradient)
    let clips = golden.tensor("fake")
    let gradient = Tensor(3, 4_096, 2)
    spectrum.addAdjoint(discriminator.inputGradient, at: clips, to: gradient, team: team)
    #expect(relativeError(gradient.values, golden["gradient.fake"]) < 1e-4)
  }
}
