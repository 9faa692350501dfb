import Foundation
import NeuralNet
import TestSupport
import Testing
import WaveGAN

@Suite("Discriminators of waveforms and of spectra")
struct JudgeTests {
  private func settings(
    _ discriminators: ModelSettings.Discriminators, loss: ObjectiveSettings.Loss = .relativistic,
    change: (inout TrainingSettings) -> Void = { _ in }
  ) -> TrainingSettings {
    var settings = TrainingSettings(
      data: DataSettings(sampleRate: 8_000, windowLength: 4_096),
      model: ModelSettings(dim: 2, latentSize: 4, discriminators: discriminators),
      objective: ObjectiveSettings(loss: loss, batchSize: 2), seed: 5)
    change(&settings)
    return settings
  }

  private func made(seed: UInt64, _ count: Int) -> [Float] {
    var generator = SplitMix64(state: seed)
    return (0..<count).map { _ in Float.random(in: -0.5...0.5, using: &generator) }
  }

  private func clips(_ seed: UInt64) -> Tensor {
    let clips = Tensor(2, 4_096, 1)
    clips.assign(made(seed: seed, clips.count))
    return clips
  }

  private func critic() -> Adversaries.CriticDraws {
    Adversaries.CriticDraws(
      latents: made(seed: 1, 8), interpolation: [0.3, 0.6], realShifts: [], generatedShifts: [],
      interpolatedShifts: [])
  }

  @Test("Frames have 32, 64 and 128 ms, and no window has fewer than eight of them")
  func resolutions() {
    func lengths(_ rate: Int, _ window: Int) -> [Int] {
      let data = DataSettings(sampleRate: rate, windowLength: window)
      let settings = settings(.stft) { $0.data = data }
      return DiscriminatorDesign.all(for: settings).map { $0.fftLength ?? 0 }
    }
    #expect(lengths(8_000, 8_192) == [256, 512, 1_024])
    #expect(lengths(16_000, 16_384) == [512, 1_024, 2_048])
    #expect(lengths(11_025, 16_384) == [256, 512, 1_024])
    // Above 16 kHz they are shorter, by at most a half.
    #expect(lengths(24_000, 16_384) == [512, 1_024, 2_048])
    #expect(lengths(44_100, 32_768) == [1_024, 2_048, 4_096])
    #expect(lengths(48_000, 65_536) == [1_024, 2_048, 4_096])
    #expect(lengths(44_100, 4_096) == [1_024, 2_048])
    #expect(lengths(192_000, 4_096) == [2_048])
  }

  @Test("The discriminator of waveforms comes first, and is the one that it is alone")
  func ensemble() {
    let team = ThreadTeam(threadCount: 1)
    let alone = Adversaries(settings: settings(.waveform), team: team)
    let both = Adversaries(settings: settings(.both), team: team)
    #expect(alone.judges.count == 1 && both.judges.count == 4)
    #expect(
      both.judges[0].discriminator.arena.values.array == alone.discriminator.arena.values.array)
    // Those of spectra do not begin alike either.
    let firsts = both.judges.map { $0.discriminator.arena.values[0] }
    #expect(Set(firsts).count == 4)
  }

  @Test(
    "An update is the same on one thread and on three",
    arguments: [ObjectiveSettings.Loss.relativistic, .wganGP, .hinge])
  func threads(loss: ObjectiveSettings.Loss) {
    func trained(_ threadCount: Int) -> [[Float]] {
      let adversaries = Adversaries(
        settings: settings(.both, loss: loss), team: ThreadTeam(threadCount: threadCount))
      let real = clips(2)
      _ = adversaries.updateDiscriminator(real: real, draws: critic())
      _ = adversaries.updateGenerator(
        draws: .init(latents: made(seed: 3, 8), shifts: []), real: real)
      return [adversaries.generator.arena.values.array]
        + adversaries.judges.map { $0.discriminator.arena.values.array }
    }
    let (one, three) = (trained(1), trained(3))
    #expect(one == three)
    #expect(one.allSatisfy { $0.allSatisfy(\.isFinite) })
  }

  @Test("The generator's gradient is the mean of what each discriminator says")
  func generatorGradient() {
    let team = ThreadTeam(threadCount: 1)
    func gradient(_ discriminators: ModelSettings.Discriminators) -> [Float] {
      let adversaries = Adversaries(settings: settings(discriminators), team: team)
      _ = adversaries.updateGenerator(
        draws: .init(latents: made(seed: 3, 8), shifts: []), real: clips(2))
      return adversaries.generator.arena.gradients.array
    }
    let (waveform, stft) = (gradient(.waveform), gradient(.stft))
    let expected = zip(waveform, stft).map { ($0 + 3 * $1) / 4 }
    // Sums in another order.
    #expect(relativeError(gradient(.both), expected) < 1e-5)
  }

  /// An update of the first discriminator at a step: what was measured, and its gradient.
  private func update(
    _ settings: TrainingSettings, step: Int
  ) -> (report: CriticReport, gradient: [Float]) {
    let adversaries = Adversaries(settings: settings, team: ThreadTeam(threadCount: 1))
    let report = adversaries.updateDiscriminator(real: clips(2), draws: critic(), step: step)
    return (report, adversaries.discriminator.arena.gradients.array)
  }

  @Test(
    "A penalty every fourth step counts four times there, and is missing between",
    arguments: [
      (ModelSettings.Discriminators.stft, ObjectiveSettings.Loss.relativistic),
      (.waveform, .relativistic), (.stft, .wganGP), (.waveform, .wganGP),
    ])
  func laziness(_ discriminators: ModelSettings.Discriminators, _ loss: ObjectiveSettings.Loss) {
    let always = update(settings(discriminators, loss: loss), step: 0)
    let seldom = settings(discriminators, loss: loss) { $0.objective.penaltyEvery = 4 }
    let (first, second) = (update(seldom, step: 0), update(seldom, step: 1))
    #expect(always.report.penalty > 0)
    #expect(abs(first.report.penalty / always.report.penalty - 4) < 1e-6)
    #expect(second.report.penalty == 0)
    #expect(abs(second.report.loss - always.report.loss) < 1e-6 * abs(always.report.loss) + 1e-7)
    // loss + 4·penalty = 4·(loss + penalty) − 3·loss, by sums in another order.
    let expected = zip(always.gradient, second.gradient).map { 4 * $0 - 3 * $1 }
    #expect(relativeError(first.gradient, expected) < 1e-4)
    #expect(update(seldom, step: 8).report.penalty == first.report.penalty)
  }

  @Test("Discriminators learn of the labels that they are told, and of no others")
  func labels() {
    let adversaries = Adversaries(
      settings: settings(.both) { $0.model.labels = ["a", "b", "c"] },
      team: ThreadTeam(threadCount: 2))
    var draws = critic()
    // Four coordinates and three labels for each of two clips.
    draws.latents = [0.1, 0.2, 0.3, 0.4, 0, 0, 1, 0.4, 0.3, 0.2, 0.1, 1, 0, 0]
    draws.labels = [2, 0]
    let real = clips(2)
    _ = adversaries.updateDiscriminator(real: real, draws: draws)
    for judge in adversaries.judges {
      let arena = judge.discriminator.arena
      let weight = arena.parameter("output.label.weight")
      let rows = weight.fileOrder(of: arena.gradients)
      let channelCount = weight.shape[1]
      let isLearnt = (0..<3).map { label in
        rows[label * channelCount..<(label + 1) * channelCount].contains { $0 != 0 }
      }
      #expect(weight.shape[0] == 3 && isLearnt == [true, false, true])
    }
    let report = adversaries.updateGenerator(
      draws: {
        var generator = Adversaries.GeneratorDraws(latents: draws.latents, shifts: [])
        generator.labels = draws.labels
        return generator
      }(), real: real)
    #expect(report.loss.isFinite && report.gradientNorm > 0)
  }

  @Test("A penalty at spectra has a factor of its own, also with losses that have none")
  func factors() {
    func penalty(_ loss: ObjectiveSettings.Loss, _ gamma: Double?) -> Double {
      update(settings(.stft, loss: loss) { $0.objective.spectralPenalty = gamma }, step: 0)
        .report.penalty
    }
    #expect(penalty(.hinge, nil) == 0)
    #expect(penalty(.hinge, 2) > 0)
    #expect(penalty(.relativistic, 0) == 0)
    #expect(penalty(.relativistic, nil) == penalty(.relativistic, 1))
    #expect(abs(penalty(.relativistic, 6) / penalty(.relativistic, 2) - 3) < 1e-6)
    #expect(penalty(.hinge, 2) == penalty(.relativistic, 2))
  }

  /// RMSProp begins too slowly to be seen in a few updates, and wgan's clipping makes logits smaller
  /// first.
  @Test(
    "A discriminator learns to tell what it is shown, with every loss that Adam follows",
    arguments: [ObjectiveSettings.Loss.wganGP, .dcgan, .hinge, .relativistic])
  func learning(loss: ObjectiveSettings.Loss) {
    let adversaries = Adversaries(
      settings: settings(.stft, loss: loss) { $0.objective.criticRate = 1e-3 },
      team: ThreadTeam(threadCount: 2))
    let real = clips(2)
    var reports: [CriticReport] = []
    for step in 0..<12 {
      reports.append(adversaries.updateDiscriminator(real: real, draws: critic(), step: step))
    }
    #expect(reports[11].loss < reports[0].loss)
    #expect(reports[11].realAccuracy == 1 && reports[11].generatedAccuracy == 1)
  }
}
