import Foundation
import NeuralNet
import TestSupport
import Testing
import WaveGAN

@Suite("The inverse-STFT generator")
struct SpectralGeneratorTests {
  private static func settings(
    dim: Int, latentSize: Int = 4, windowLength: Int = 4_096, channelCount: Int = 1, batchSize: Int
  ) -> TrainingSettings {
    TrainingSettings(
      data: DataSettings(
        sampleRate: 16_000, channelCount: channelCount, windowLength: windowLength),
      model: ModelSettings(dim: dim, latentSize: latentSize, generator: .istft),
      objective: ObjectiveSettings(batchSize: batchSize), seed: 3)
  }

  private static func make(_ settings: TrainingSettings, threadCount: Int = 2)
    -> any GeneratorNetwork
  {
    let generator = settings.makeGenerator(
      batchSize: settings.objective.batchSize,
      workspace: Workspace(team: ThreadTeam(threadCount: threadCount)))
    generator.arena.initialize(seed: settings.seed, firstStream: 0)
    return generator
  }

  private static func latents(_ settings: TrainingSettings) -> [Float] {
    (0..<settings.objective.batchSize).flatMap { index in
      var stream = RandomStream(seed: 1, purpose: .preview, index: index)
      return (0..<settings.model.latentSize).map { _ in stream.nextNormal() }
    }
  }

  @Test("Clips and all gradients are those of the same network in PyTorch")
  func golden() throws {
    let golden = try Golden("istft")
    let settings = Self.settings(dim: 1, channelCount: 2, batchSize: 2)
    let generator = Self.make(settings)
    GoldenRun.set(generator.arena, from: golden, prefix: "generator.")
    generator.forward(golden["latents"], usesBatchStatistics: true)
    // The bound that checkpoints promise; 32 bits come within 10⁻⁶.
    #expect(relativeError(generator.output.values, golden["sound"]) < 1e-4)

    let latentGradient = Tensor(2, 1, 4)
    generator.backward(golden.tensor("direction"), latentGradient: latentGradient)
    #expect(relativeError(latentGradient.values, golden["gradient.latents"]) < 1e-4)
    GoldenRun.expectGradients(
      of: generator.arena, equal: golden, prefix: "gradient.generator.", within: 1e-4)
  }

  /// Central differences of 32-bit clips, along the gradient itself, which is where they see it best.
  ///
  /// With a step of 3·10⁻³ of the weights' size the rounding of products at points was seen to be a
  /// hundredth of a small gradient (it grows as the step falls); a wrong factor or sign would be all.
  @Test(
    "Gradients are those of central differences, with enough channels for products at points",
    arguments: [(1, 4_096), (2, 8_192)])
  func differences(channelCount: Int, windowLength: Int) {
    let settings = Self.settings(
      dim: 4, windowLength: windowLength, channelCount: channelCount, batchSize: 2)
    let generator = Self.make(settings)
    let latents = Self.latents(settings)
    let direction = Tensor(2, windowLength, channelCount)
    var noise = SplitMix64(state: 9)
    for i in 0..<direction.count { direction[i] = Float.random(in: -1...1, using: &noise) }
    generator.forward(latents, usesBatchStatistics: true)
    generator.backward(direction)
    let arena = generator.arena
    for parameter in arena.parameters {
      let gradient = parameter.fileOrder(of: arena.gradients)
      let values = parameter.fileOrder(of: arena.values)
      let norm = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      #expect(norm > 0, "\(parameter.name)")
      let size = values.reduce(0.01) { $0 + Double($1) * Double($1) }.squareRoot()
      func product(_ step: Double) -> Double {
        parameter.set(
          arena.values,
          fromFileOrder: zip(values, gradient).map {
            Float(Double($0) + step * Double($1) / norm)
          })
        generator.forward(latents, usesBatchStatistics: true)
        return zip(generator.output.values, direction.values).reduce(0) {
          $0 + Double($1.0) * Double($1.1)
        }
      }
      let step = 3e-3 * size
      let difference = (product(step) - product(-step)) / (2 * step)
      _ = product(0)
      #expect(abs(difference - norm) < 5e-2 * norm, "\(parameter.name)")
    }
  }

  @Test("The same bytes for 1, 2 and 3 threads")
  func threads() {
    let settings = Self.settings(dim: 4, channelCount: 2, batchSize: 3)
    let results = (1...3).map { threadCount in
      let generator = Self.make(settings, threadCount: threadCount)
      generator.forward(Self.latents(settings), usesBatchStatistics: true)
      generator.backward(generator.output)
      return [generator.output.array, generator.arena.gradients.array]
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  /// −30 dB is for log-magnitudes of 0; that theirs deviate by 0.7 adds 4 dB, and the draw of few weights
  /// something more or less.
  @Test(
    "Its first clips are quiet and nowhere near full scale", arguments: DataSettings.windowLengths)
  func level(windowLength: Int) {
    let settings = Self.settings(
      dim: 4, latentSize: 16, windowLength: windowLength, batchSize: 4)
    let generator = Self.make(settings)
    generator.forward(Self.latents(settings), usesBatchStatistics: true)
    let clips = generator.output.array
    #expect(clips.count == 4 * windowLength)
    let meanSquare = clips.reduce(0) { $0 + Double($1) * Double($1) } / Double(clips.count)
    let decibels = 10 * log10(meanSquare)
    #expect(decibels > -35 && decibels < -22)
    #expect(clips.allSatisfy { abs($0) < 0.7 })
  }

  @Test(
    "A frame is four hops, and there are 64 of them until a hop has 256 samples, or 512 from 32 kHz",
    arguments: [
      (31_999, [256, 1_024, 128], [256, 1_024, 256]),
      (32_000, [512, 2_048, 64], [512, 2_048, 128]),
      (48_000, [512, 2_048, 64], [512, 2_048, 128]),
      (96_000, [512, 2_048, 64], [1_024, 4_096, 64]),
    ])
  func frames(rate: Int, long: [Int], longest: [Int]) {
    let counts = DataSettings.windowLengths.map { length in
      var settings = Self.settings(dim: 2, windowLength: length, batchSize: 2)
      settings.data.sampleRate = rate
      let geometry = SpectralGeometry(data: settings.data, model: settings.model)
      return [geometry.hopLength, geometry.fftLength, geometry.frameCount]
    }
    #expect(counts == [[64, 256, 64], [128, 512, 64], [256, 1_024, 64], long, longest])
  }
}
