import Foundation
import NeuralNet
import Testing
import WaveGAN

@Suite("The memory that a training will take")
struct TrainingMemoryTests {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  private func begin(
    _ name: String, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> TrainingRun {
    try bench.begin(name, RunBench.options(change))
  }

  @Test("networks are there with their state, with gradients, and a generator more for previews")
  func networks() throws {
    let run = try begin("run")
    let memory = run.memory
    try run.train(shouldStop: { true })
    let file = try SafetensorsFile(bench.checkpoint("run", step: 0))
    let state = file.tensors.values.reduce(0) { $0 + $1.numbers.count }
    let networks = Adversaries(settings: run.record.settings, team: ThreadTeam(threadCount: 1))
    let (generator, discriminator) = (networks.generator.arena, networks.discriminator.arena)
    #expect(
      memory.networks.bytes
        == 4 * (state + 2 * generator.parameterCount + discriminator.parameterCount))
  }

  @Test("each clip of a batch adds what both networks leave of it, there and back")
  func batch() throws {
    let (two, ten) = try (begin("two"), begin("ten") { $0.batchSize = 10 })
    let networks = Adversaries(settings: two.record.settings, team: ThreadTeam(threadCount: 1))
    let outputs = networks.generator.activations + networks.discriminator.activations
    let outputBytes = outputs.reduce(0) { $0 + $1.count } * 4 / 2
    let added = (ten.memory.batch.bytes - two.memory.batch.bytes) / 8
    // Outputs and signals at least; at most, in the discriminator, shuffled and passed on as well, and
    // the clip itself in eight places.
    let clipBytes = networks.generator.output.count / 2 * 4
    #expect(added >= 2 * outputBytes && added <= 4 * outputBytes + 8 * clipBytes)
    #expect(ten.memory.networks == two.memory.networks)
  }

  @Test("recordings count as long as they are in memory")
  func recordings() throws {
    // Six recordings of 4,800 samples of 4 bytes.
    #expect(try begin("held").memory.recordings.bytes == 6 * 4_800 * 4)
    let spilled = try begin("spilled") { $0.memory = ByteCount(bytes: 0) }
    #expect(spilled.memory.recordings.bytes == 0)
  }

  @Test("the total is the program as it is and what is to come, which has to fit")
  func total() throws {
    let memory = try begin("run").memory
    let coming = memory.networks.bytes + memory.batch.bytes
    #expect(memory.present.bytes > memory.recordings.bytes)
    #expect(memory.total.bytes == memory.present.bytes + coming)
    #expect(memory.fits(ByteCount(bytes: coming)))
    #expect(!memory.fits(ByteCount(bytes: coming - 1)))
  }
}
