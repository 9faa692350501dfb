import AudioFiles
import Foundation
import NeuralNet
import Testing
import WaveGAN

@Suite("Walks and variations")
struct RenderWalkTests {
  private let bench: RunBench
  private let run: RunFolder

  init() throws {
    bench = try RunBench.withRun()
    run = bench.folder("run")
  }

  private static let first = LatentOrigin.drawn(seed: 5, index: 0)
  private static let second = LatentOrigin.drawn(seed: 6, index: 2)

  /// A run of two coordinates or so whose latents are uniform.
  private func uniformRun() throws -> RunFolder {
    try bench.train("uniform", steps: 0, RunBench.options { $0.latentDistribution = .uniform })
  }

  /// The latents of a plan's first clips, before spread, as the files and tables get them.
  private func latents(
    _ plan: LatentPlan, count: Int, run: RunFolder? = nil
  ) throws -> [[Float]] {
    var latents: [[Float]] = []
    try Renderer(run: run ?? self.run).render(plan, indices: 0..<count) {
      latents.append($0.latent)
      return true
    }
    return latents
  }

  private func length(_ vector: [Float]) -> Double {
    vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  private func angle(_ x: [Float], _ y: [Float]) -> Double {
    acos(zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) } / (length(x) * length(y)))
  }

  @Test("A Gaussian walk has both ends, and follows the arc between them")
  func sphere() throws {
    let walk = try latents(.morph(Self.first, Self.second, count: 5), count: 5)
    let ends = try [Self.first, Self.second].map { try latents(.origin($0), count: 1)[0] }
    #expect(walk.first == ends[0] && walk.last == ends[1])
    let whole = angle(ends[0], ends[1])
    for (step, latent) in walk.enumerated() {
      let t = Double(step) / 4
      for (z, (x, y)) in zip(latent, zip(ends[0], ends[1])) {
        let expected =
          (sin((1 - t) * whole) * Double(x) + sin(t * whole) * Double(y)) / sin(whole)
        // One rounding to 24 bits of numbers below 8.
        #expect(abs(Double(z) - expected) < 1e-6)
      }
    }
  }

  @Test("A walk from a sound to itself, between which there is no arc, stays there")
  func standing() throws {
    let walk = try latents(.morph(Self.first, Self.first, count: 3), count: 3)
    #expect(walk[0] == walk[1] && walk[1] == walk[2])
  }

  @Test("A uniform walk is straight")
  func straight() throws {
    let run = try uniformRun()
    let walk = try latents(.morph(Self.first, Self.second, count: 3), count: 3, run: run)
    for (middle, (x, y)) in zip(walk[1], zip(walk[0], walk[2])) {
      // One rounding to 24 bits of numbers below 1.
      #expect(abs(middle - (x + y) / 2) < 1e-7)
    }
    #expect(walk[0] != walk[2])
  }

  @Test("A sweep moves one coordinate, evenly and to both ends")
  func sweep() throws {
    let start = try latents(.origin(Self.first), count: 1)[0]
    let plan = LatentPlan.sweep(Self.first, coordinate: 2, from: -1.5, to: 2.5, count: 5)
    for (step, latent) in try latents(plan, count: 5).enumerated() {
      var expected = start
      expected[2] = -1.5 + Float(step)
      #expect(latent == expected)
    }
  }

  @Test(
    "A variation of amount 0 is the sound itself, and of more is farther from it",
    arguments: [ModelSettings.LatentDistribution.gaussian, .uniform])
  func amounts(distribution: ModelSettings.LatentDistribution) throws {
    let run = distribution == .uniform ? try uniformRun() : run
    let start = try latents(.origin(Self.first), count: 1, run: run)[0]
    let distances = try [0, 0.1, 0.4].map { amount in
      let plan = LatentPlan.variations(Self.first, amount: amount, seed: 3)
      return try latents(plan, count: 30, run: run).reduce(0) { sum, latent in
        sum + length(zip(latent, start).map { $0 - $1 })
      }
    }
    #expect(distances[0] == 0 && distances[1] > 0 && distances[2] > distances[1])
  }

  @Test("Clip i of variations does not depend on how many there are, and another seed has others")
  func independence() throws {
    let plan = LatentPlan.variations(Self.first, amount: 0.3, seed: 3)
    let many = try latents(plan, count: 20)
    #expect(try latents(plan, count: 4) == Array(many.prefix(4)))
    #expect(Set(many).count == 20)
    #expect(
      try latents(.variations(Self.first, amount: 0.3, seed: 4), count: 1) != [many[0]])
  }

  @Test("Gaussian variations keep mean square 1, and are √(1 − x²)·z + x·ε")
  func gaussianVariations() throws {
    let start = try latents(.origin(Self.first), count: 1)[0]
    let all = try latents(.variations(Self.first, amount: 0.6, seed: 3), count: 3)
    for (index, latent) in all.enumerated() {
      var stream = RandomStream(seed: 3, purpose: .variation, index: index)
      for (z, x) in zip(latent, start) {
        // One rounding to 24 bits of numbers below 8.
        #expect(abs(z - (0.8 * x + 0.6 * stream.nextNormal())) < 1e-6)
      }
    }
  }

  @Test("Uniform variations stay uniform within ±1, also when they have nothing left of the sound")
  func uniformVariations() throws {
    let run = try uniformRun()
    for amount in [0.3, 1] {
      let all = try (0..<50).flatMap { seed in
        try latents(
          .variations(.drawn(seed: seed, index: 0), amount: amount, seed: seed), count: 16, run: run
        )
      }.flatMap { $0 }
      #expect(all.allSatisfy { abs($0) <= 1 })
      // 3,200 numbers from U(−1, 1), of which 16 share a start: mean square ⅓. The standard deviation
      // of the estimate is below 0.3/√200 = 0.021 however much they share; the bound is four of them.
      let square = all.reduce(0) { $0 + $1 * $1 } / Float(all.count)
      #expect(abs(square - 1 / 3) < 0.085)
    }
  }

  // MARK: Files

  private func render(_ name: String, _ plan: LatentPlan, count: Int = 3) throws -> String {
    let settings = RenderSettings(spread: 0.5)
    try RenderJob(folder: bench.path(name), plan: plan, indices: 0..<count)
      .run(Renderer(run: run, settings: settings))
    return bench.path(name)
  }

  @Test("A mixture of mixtures is made again from its file alone, byte for byte")
  func recall() throws {
    let swept = LatentOrigin.sweep(
      Self.first, coordinate: 1, from: -2, to: 2, at: WalkPosition(1, of: 3))
    let mixed = LatentOrigin.morph(swept, Self.second, at: WalkPosition(2, of: 7))
    let plan = LatentPlan.variations(mixed, amount: 0.25, seed: 9)
    let file = try render("out", plan) + "/0002.wav"
    let provenance = try ClipProvenance(ofFile: file)
    #expect(
      provenance.origin == .variation(mixed, amount: 0.25, seed: 9, index: 2)
        && provenance.index == 2)
    try RenderJob(folder: bench.path("again"), recalling: provenance)
      .run(Renderer(recalling: provenance, of: file, run: run))
    let original = try Data(contentsOf: URL(filePath: file))
    #expect(try Data(contentsOf: URL(filePath: bench.path("again/0002.wav"))) == original)
  }

  @Test("The manifest of a walk tells how each latent came about")
  func manifest() throws {
    let folder = try render("out", .morph(Self.first, Self.second, count: 3))
    let rows = try String(contentsOf: URL(filePath: folder + "/manifest.csv"), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows[0].last == "origin" && rows[0].count == 8)
    #expect(rows[2].count == 8 && rows[2][1] == "" && rows[2][2] == "1")
    #expect(rows[2][7] == "morph of 5:0 and 6:2 at 1/2")
  }

  @Test("A comment of today is read as ever, and a clip of a seed still has no origin in it")
  func comments() throws {
    let file = try render("out", .seed(4), count: 1) + "/0000.wav"
    let comment = try #require(try AudioFileInfo(path: file).comment)
    #expect(comment.contains(#""index":0"#) && comment.contains(#""seed":4"#))
    #expect(!comment.contains("origin"))
  }

  @Test(
    "What a run cannot follow is refused before anything is rendered",
    arguments: [
      LatentPlan.morph(first, second, count: 1),
      .sweep(first, coordinate: 4, from: 0, to: 1, count: 3),
      .sweep(first, coordinate: -1, from: 0, to: 1, count: 3),
      .sweep(first, coordinate: 0, from: .nan, to: 1, count: 3),
      .variations(first, amount: 1.5, seed: 0),
      // 2¹⁰ seeds do not fit in a comment.
      .morph(
        (0..<10).reduce(first) { origin, _ in .morph(origin, origin, at: WalkPosition(1, of: 2)) },
        first, count: 3),
    ])
  func refusals(plan: LatentPlan) throws {
    let error = #expect(throws: SettingsError.self) { try render("out", plan) }
    #expect(error?.code == .outOfRange)
    #expect(!FileManager.default.fileExists(atPath: bench.path("out")))
  }
}
