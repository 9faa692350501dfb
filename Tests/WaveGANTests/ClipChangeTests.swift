import Foundation
import NeuralNet
import TestSupport
import Testing
import WaveGAN

@Suite("Changes of clips before they are judged")
struct ClipChangeTests {
  private let team = ThreadTeam(threadCount: 2)

  private func made(seed: UInt64, _ count: Int) -> [Float] {
    var generator = SplitMix64(state: seed)
    return (0..<count).map { _ in Float.random(in: -0.5...0.5, using: &generator) }
  }

  private static func stream(_ index: Int = 0) -> RandomStream {
    RandomStream(seed: 1, purpose: .augmentation, index: index)
  }

  private static func change(_ make: (inout ClipChange) -> Void) -> ClipChange {
    var change = ClipChange(noise: stream())
    make(&change)
    return change
  }

  private func changed(_ numbers: [Float], channelCount: Int = 1, _ change: ClipChange) -> [Float] {
    let clip = Tensor(1, numbers.count / channelCount, channelCount)
    clip.assign(numbers)
    let result = Tensor(1, numbers.count / channelCount, channelCount)
    result.assign(clip, changedBy: [change], team: team)
    return result.array
  }

  // MARK: One clip

  @Test("A clip is shifted into zeros, in both channels alike")
  func shifts() {
    let clip: [Float] = [1, 2, 3, 4, 5, 6]
    #expect(changed(clip, Self.change { $0.shift = 2 }) == [0, 0, 1, 2, 3, 4])
    #expect(changed(clip, Self.change { $0.shift = -1 }) == [2, 3, 4, 5, 6, 0])
    #expect(changed(clip, Self.change { $0.shift = -6 }) == [0, 0, 0, 0, 0, 0])
    #expect(changed(clip, channelCount: 2, Self.change { $0.shift = 1 }) == [0, 0, 1, 2, 3, 4])
  }

  @Test("A filter adds what was before and what comes after, and then the gain is put on")
  func filters() {
    let clip: [Float] = [0, 4, 0, 0, 8]
    let change = Self.change {
      $0.colour = 0.5
      $0.reach = 2
      $0.gain = -2
    }
    #expect(changed(clip, change) == [0, -8, -4, -2, -16])
    let later = Self.change {
      $0.colour = 0.5
      $0.reach = 2
      $0.shift = -1
    }
    #expect(changed(clip, later) == [4, 2, 1, 8, 0])
  }

  @Test("A clip without a change stays as it is")
  func nothing() {
    let clip = made(seed: 1, 50)
    #expect(changed(clip, ClipChange(noise: Self.stream())) == clip)
  }

  static let kinds = [
    change { $0.shift = 3 },
    change { $0.shift = -17 },
    change { $0.shift = 400 },
    change { $0.gain = -1.7 },
    change { $0.colour = 0.5 },
    change {
      $0.colour = -0.4
      $0.reach = 8
    },
    change {
      $0.shift = -5
      $0.gain = 0.6
      $0.colour = -0.5
      $0.reach = 7
      $0.noiseLevel = 0.1
    },
  ]

  @Test(
    "A gradient is taken back by the transpose: ⟨Ax, y⟩ = ⟨x, Aᵀy⟩", arguments: kinds.indices,
    [1, 2])
  func adjoint(kind: Int, channelCount: Int) {
    var change = Self.kinds[kind]
    let count = 100 * channelCount
    let (x, y) = (made(seed: 2, count), made(seed: 3, count))
    let gradient = Tensor(1, 100, channelCount)
    gradient.assign(y)
    let back = Tensor(1, 100, channelCount)
    back.assign(gradient, takenBackThrough: [change], team: team)
    // Noise has no part in A.
    change.noiseLevel = 0
    let there = zip(changed(x, channelCount: channelCount, change), y)
      .reduce(0) { $0 + Double($1.0) * Double($1.1) }
    let andBack = zip(x, back.array).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    // Sums of at most three products in 32 bits, of numbers below 1, 200 of them.
    #expect(abs(there - andBack) < 1e-5)
    // Only a clip that is shifted out of its window leaves nothing.
    #expect((there == 0) == (abs(change.shift) >= 100))
  }

  @Test("Noise has its level, no offset, and is the same each time it is asked for")
  func noise() {
    let count = 40_000
    let silence = [Float](repeating: 0, count: count)
    let change = Self.change { $0.noiseLevel = 0.01 }
    let noise = changed(silence, change).map { Double($0) / 0.01 }
    // Means of n numbers stray by σ/√n; that of squares, with a fourth moment of 2.4, by √(1.4/n).
    let bound = 5 / Double(count).squareRoot()
    #expect(abs(noise.reduce(0, +) / Double(count)) < bound)
    #expect(abs(noise.reduce(0) { $0 + $1 * $1 } / Double(count) - 1) < 1.2 * bound)
    #expect(noise.allSatisfy { abs($0) < 6.0.squareRoot() })
    let neighbours = zip(noise, noise.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(neighbours / Double(count)) < bound)
    #expect(changed(silence, change) == changed(silence, change))
  }

  // MARK: Draws

  private func settings(
    augmentation: Double = 0, dither: Double = 0,
    _ discriminators: ModelSettings.Discriminators = .both,
    loss: ObjectiveSettings.Loss = .relativistic, batchSize: Int = 2
  ) -> TrainingSettings {
    TrainingSettings(
      data: DataSettings(sampleRate: 8_000, windowLength: 4_096),
      model: ModelSettings(dim: 2, latentSize: 4, phaseShuffle: 0, discriminators: discriminators),
      objective: ObjectiveSettings(
        loss: loss, batchSize: batchSize, augmentation: augmentation, ditherDecibels: dither),
      seed: 5)
  }

  @Test("Kinds come as often as they should, and alike on recorded and generated clips")
  func distribution() {
    let draws = TrainingDraws(
      settings: settings(augmentation: 0.3, dither: -100, batchSize: 64), attempt: 0)
    let updates = (0..<50).map { draws.critic(step: $0, update: 0) }
    let count = 50 * 64
    // What is counted in n draws strays by at most √(n/4); five of those are never seen with a seed that
    // works.
    let bound = 5 * (Double(count) / 4).squareRoot()
    for changes in [updates.flatMap(\.realChanges), updates.flatMap(\.generatedChanges)] {
      func isNear(_ part: Double, _ kind: (ClipChange) -> Bool) -> Bool {
        abs(Double(changes.count(where: kind)) - part * Double(count)) < bound
      }
      #expect(changes.count == count)
      #expect(isNear(0.3) { $0.shift != 0 } && isNear(0.15) { $0.shift > 0 })
      #expect(isNear(0.3) { abs($0.gain) != 1 } && isNear(0.15) { abs($0.gain) > 1 })
      #expect(isNear(0.15) { $0.gain < 0 })
      #expect(isNear(0.3) { $0.colour != 0 } && isNear(0.15) { $0.colour > 0 })
      #expect(isNear(0.125) { $0.reach == 8 })
      // −60 dBFS is the middle; the rest is dither alone.
      #expect(isNear(0.3) { $0.noiseLevel > 1.01e-5 } && isNear(0.15) { $0.noiseLevel > 1e-3 })
      #expect(changes.allSatisfy { $0.noiseLevel > 0.99e-5 && $0.noiseLevel < 1.01e-2 })
      #expect(changes.allSatisfy { abs($0.shift) <= 205 && abs($0.colour) <= 0.5 })
      #expect(changes.allSatisfy { (0.5...2).contains(abs($0.gain)) })
    }
  }

  @Test(
    "Each clip of each update has draws of its own, and real clips only where they are looked at")
  func streams() {
    let settings = settings(augmentation: 1, dither: -80)
    let draws = TrainingDraws(settings: settings, attempt: 0)
    let again = TrainingDraws(settings: settings, attempt: 1)
    let critic = draws.critic(step: 4, update: 0)
    let generator = draws.generator(step: 4, update: 0)
    let gains =
      (critic.realChanges + critic.generatedChanges + generator.changes + generator.realChanges
      + draws.critic(step: 5, update: 0).realChanges
      + again.critic(step: 4, update: 0).realChanges).map(\.gain)
    #expect(gains.count == 12 && Set(gains).count == 12)
    #expect(
      draws.critic(step: 4, update: 0).realChanges.map(\.gain) == critic.realChanges.map(\.gain))
    let hinge = TrainingDraws(
      settings: self.settings(augmentation: 1, loss: .hinge), attempt: 0)
    #expect(hinge.generator(step: 4, update: 0).realChanges.isEmpty)
    #expect(hinge.generator(step: 4, update: 0).changes.count == 2)
    let none = TrainingDraws(settings: self.settings(), attempt: 0)
    #expect(none.critic(step: 4, update: 0).realChanges.isEmpty)
    #expect(none.generator(step: 4, update: 0).changes.isEmpty)
  }

  // MARK: Whole updates

  private func real() -> Tensor {
    let clips = Tensor(2, 4_096, 1)
    clips.assign(made(seed: 7, clips.count))
    return clips
  }

  /// Updates of all networks on so many threads: their weights.
  private func trained(_ settings: TrainingSettings, threadCount: Int = 1) -> [[Float]] {
    let adversaries = Adversaries(settings: settings, team: ThreadTeam(threadCount: threadCount))
    let draws = TrainingDraws(settings: settings, attempt: 0)
    let real = real()
    _ = adversaries.updateDiscriminator(real: real, draws: draws.critic(step: 0, update: 0))
    _ = adversaries.updateGenerator(draws: draws.generator(step: 0, update: 0), real: real)
    return [adversaries.generator.arena.values.array]
      + adversaries.judges.map { $0.discriminator.arena.values.array }
  }

  @Test("An update is the same on one thread and on three, and another than without changes")
  func threads() {
    let changed = settings(augmentation: 1, dither: -80)
    #expect(trained(changed) == trained(changed, threadCount: 3))
    for (with, without) in zip(trained(changed), trained(settings())) { #expect(with != without) }
  }

  @Test("With probability 0 and no dither, nothing is another")
  func off() {
    #expect(trained(settings(augmentation: 0, dither: 0)) == trained(settings()))
    #expect(settings(augmentation: 0, dither: 0) == settings())
  }

  @Test("Discriminators are shown changed clips, and penalised there")
  func shown() throws {
    let changed = settings(augmentation: 1, dither: -80, .waveform)
    let draws = TrainingDraws(settings: changed, attempt: 0).critic(step: 0, update: 0)
    let real = real()
    let report = Adversaries(settings: changed, team: team)
      .updateDiscriminator(real: real, draws: draws)
    // What was changed by hand is judged as it is.
    let byHand = Adversaries(settings: changed, team: team)
    byHand.generator.forward(draws.latents, usesBatchStatistics: true)
    let (reals, generateds) = (Tensor(2, 4_096, 1), Tensor(2, 4_096, 1))
    reals.assign(real, changedBy: draws.realChanges, team: team)
    generateds.assign(byHand.generator.output, changedBy: draws.generatedChanges, team: team)
    byHand.discriminator.forward(reals, shifts: draws.realShifts)
    let realLogits = byHand.discriminator.logits.array
    let penalties = byHand.judges[0].addPenaltyGradients()
    byHand.discriminator.forward(generateds, shifts: draws.generatedShifts)
    let generatedLogits = byHand.discriminator.logits.array
    let penalty = penalties.penalty + byHand.judges[0].addPenaltyGradients().penalty
    func mean(_ logits: [Float]) -> Double { Double(logits.reduce(0, +)) / 2 }
    // Batches of another size are summed in another order.
    #expect(abs(report.realLogit - mean(realLogits)) < 1e-5)
    #expect(abs(report.generatedLogit - mean(generatedLogits)) < 1e-5)
    #expect(abs(report.penalty / penalty - 1) < 1e-4)
  }

  @Test(
    "The generator's gradient is that of central differences through the changes",
    arguments: [ModelSettings.Discriminators.waveform, .stft])
  func gradient(discriminators: ModelSettings.Discriminators) {
    let settings = settings(augmentation: 1, dither: -80, discriminators)
    let adversaries = Adversaries(settings: settings, team: team)
    let draws = TrainingDraws(settings: settings, attempt: 0).generator(step: 0, update: 0)
    let real = real()
    let arena = adversaries.generator.arena
    let start = arena.values.array
    _ = adversaries.updateGenerator(draws: draws, real: real)
    let gradient = arena.gradients.array
    func loss(_ direction: [Float], _ h: Float) -> Double {
      arena.values.assign(zip(start, direction).map { $0 + h * $1 })
      return adversaries.updateGenerator(draws: draws, real: real).loss
    }
    // Along the gradient: single weights move the loss less than it is rounded. Differences err by that
    // rounding where steps are short, by kinks and bends where they are long; a gradient that is another
    // is wrong with each.
    let square = gradient.reduce(0) { $0 + Double($1) * Double($1) }
    let errors = [3e-5, 1e-4, 3e-4, 1e-3].map { length in
      let h = Float(length / square.squareRoot())
      let difference = (loss(gradient, h) - loss(gradient, -h)) / Double(2 * h)
      return abs(difference / square - 1)
    }
    #expect(errors.contains { $0 < 0.02 }, "\(errors)")
  }
}
