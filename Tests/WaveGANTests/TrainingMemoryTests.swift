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

  @Test(
    "networks are there with their state, with gradients, and a generator more for previews",
    arguments: ModelSettings.Discriminators.allCases)
  func networks(discriminators: ModelSettings.Discriminators) throws {
    let run = try begin("run") { $0.discriminators = discriminators }
    let memory = run.memory
    try run.train(shouldStop: { true })
    let file = try SafetensorsFile(bench.checkpoint("run", step: 0))
    let state = file.tensors.values.reduce(0) { $0 + $1.numbers.count }
    let networks = Adversaries(settings: run.record.settings, team: ThreadTeam(threadCount: 1))
    let generator = networks.generator.arena.parameterCount
    let judges = networks.judges.reduce(0) { $0 + $1.discriminator.arena.parameterCount }
    #expect(memory.networks.bytes == 4 * (state + 2 * generator + judges))
  }

  @Test("each clip of a batch adds what both networks leave of it, there and back")
  func batch() throws {
    let (two, ten) = try (begin("two"), begin("ten") { $0.batchSize = 10 })
    let networks = Adversaries(settings: two.record.settings, team: ThreadTeam(threadCount: 1))
    let outputs = networks.generator.activations + networks.discriminator.activations
    let outputBytes = outputs.reduce(0) { $0 + $1.count } * 4 / 2
    let added = (ten.memory.batch.bytes - two.memory.batch.bytes) / 8
    // Outputs and signals; each judged clip with its gradient, and five that wait.
    let clipBytes = networks.generator.output.count / 2 * 4
    let judgedBytes = networks.discriminator.inputGradient.count / 2 * 4
    let kept = 2 * (outputBytes + judgedBytes) + 5 * clipBytes
    // Sums of convolutions come on top, at most the largest output once more for each network.
    let largest = outputs.map { $0.count / 2 * 4 }.max() ?? 0
    #expect(added >= kept && added <= kept + 2 * largest)
    #expect(ten.memory.networks == two.memory.networks)
  }

  @Test("of the inverse-STFT generator each clip leaves its layers' outputs, spectra and signals")
  func spectral() throws {
    func begin(_ size: Int) throws -> TrainingRun {
      try self.begin("\(size)") {
        $0.generator = .istft
        $0.batchSize = size
      }
    }
    let (two, ten) = try (begin(2), begin(10))
    let networks = Adversaries(settings: two.record.settings, team: ThreadTeam(threadCount: 1))
    let generator = networks.generator
    let (start, columns) = (generator.activations[0], generator.activations.last)
    let spectra = try #require(columns).count
    let outputs = generator.activations.reduce(0) { $0 + $1.count } + spectra
    // Three for each stage of 16, 32 and 64 steps of 16 channels.
    let signals = start.count + 2 * 3 * (16 + 32 + 64) * 16 + spectra
    let judged = 2 * networks.discriminator.activations.reduce(0) { $0 + $1.count }
    let clips = (1 + 5) * generator.output.count + 2 * networks.discriminator.inputGradient.count
    let added = (ten.memory.batch.bytes - two.memory.batch.bytes) / 8
    let kept = 4 * (outputs + signals + judged + clips) / 2
    // Sums of convolutions come on top.
    #expect(added >= kept && added < kept + 4 * spectra)
    #expect(ten.memory.networks == two.memory.networks)
  }

  @Test("each discriminator of spectra adds what it is shown, and what it leaves of it")
  func spectra() throws {
    func added(_ discriminators: ModelSettings.Discriminators) throws -> (Int, Adversaries) {
      let runs = try [2, 10].map { size in
        try begin("\(discriminators)-\(size)") {
          $0.discriminators = discriminators
          $0.batchSize = size
        }
      }
      let networks = Adversaries(
        settings: runs[0].record.settings, team: ThreadTeam(threadCount: 1))
      return ((runs[1].memory.batch.bytes - runs[0].memory.batch.bytes) / 8, networks)
    }
    let (alone, both) = try (added(.waveform), added(.both))
    let kept = both.1.judges.dropFirst().reduce(0) { sum, judge in
      let outputs = judge.discriminator.activations.reduce(0) { $0 + $1.count }
      return sum + 4 * 2 * (outputs + judge.discriminator.inputGradient.count) / 2
    }
    // Sums of convolutions come on top, at most the largest output once more.
    let largest = both.1.judges.flatMap(\.discriminator.activations).map { 2 * $0.count }.max() ?? 0
    let difference = both.0 - alone.0
    #expect(difference >= kept && difference <= kept + largest)
  }

  @Test("what is judged together is kept together: three batches, two, or one")
  func judged() throws {
    func added(_ name: String, _ change: (inout TrainingOptions) -> Void) throws -> Int {
      let memory = try (2...3).map { size in
        try begin("\(name)-\(size)") {
          change(&$0)
          $0.batchSize = size
        }.memory.batch.bytes
      }
      return memory[1] - memory[0]
    }
    let interpolated = try added("wgan-gp") { $0.loss = .wganGP }
    let apart = try added("wgan") { $0.loss = .wgan }
    let normalized = try added("normalized") {
      $0.loss = .wgan
      $0.batchNormalization = true
    }
    #expect(interpolated > apart && apart > normalized)
  }

  @Test("clips that are changed before they are judged are there twice, real and generated")
  func changes() throws {
    let asTheyAre = try begin("as they are").memory
    let dithered = try begin("dithered") { $0.ditherDecibels = -80 }.memory
    #expect(dithered.batch.bytes - asTheyAre.batch.bytes == 2 * 2 * 4_096 * 4)
  }

  @Test("recordings count as long as they are in memory")
  func recordings() throws {
    // Six recordings of 4,800 samples of 4 bytes.
    #expect(try begin("held").memory.recordings.bytes == 6 * 4_800 * 4)
    let spilled = try begin("spilled") { $0.memory = ByteCount(bytes: 0) }
    #expect(spilled.memory.recordings.bytes == 0)
  }

  @Test("clips that checkpoints are judged by add their levels twice, real and generated")
  func compared() throws {
    let few = try begin("few").memory.batch.bytes
    for index in 6..<30 {
      try bench.recordings.add("low/\(index).wav", seed: UInt64(index), seconds: 0.3)
    }
    let many = try begin("many").memory.batch.bytes
    // 4 recordings for training and 16 generated clips; then 24 + 2, as a tenth is held out, and 26.
    let features = EvaluationFeatures(sampleRate: 16_000, windowLength: 4_096)
    #expect(many - few == 4 * 2 * (52 - 20) * features.levelCount)
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
