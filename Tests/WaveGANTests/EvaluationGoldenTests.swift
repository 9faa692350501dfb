import NeuralNet
import Testing
import WaveGAN

@Suite("Figures of an evaluation against NumPy, SciPy and librosa")
struct EvaluationGoldenTests {
  private let golden: EvaluationGolden
  private let team = ThreadTeam(threadCount: 2)

  init() throws { golden = try EvaluationGolden() }

  // Both sides compute in 64 bits. Sums of some ten thousand numbers are good to 10⁻¹²; the square root
  // of a matrix, which SciPy takes, loses about half of the digits of its smallest eigenvalues, whose
  // part in the trace is small: 10⁻⁹ was seen.
  @Test("Fréchet and kernel distances are those of sqrtm and of the kernel's means")
  func distributions() throws {
    #expect(golden.cases.count == 4)
    for example in golden.cases {
      let (x, y) = (example.candidate, example.reference)
      let frechet = try #require(FrechetDistance.between(x, y))
      #expect(abs(frechet - example.frechetDistance) <= 1e-6 * example.frechetDistance)
      let kernel = try #require(
        KernelDistance.value(
          candidate: DistanceMatrix(from: x, to: x, team: team),
          reference: DistanceMatrix(from: y, to: y, team: team),
          across: DistanceMatrix(from: x, to: y, team: team)))
      #expect(abs(kernel - example.kernelDistance) <= 1e-9 * max(1, abs(example.kernelDistance)))
    }
  }

  // Counts over counts: nothing is rounded but the last quotient.
  @Test("Precision, recall, density and coverage count the same clips")
  func neighbours() throws {
    for example in golden.cases {
      let (x, y) = (example.candidate, example.reference)
      let figures = try #require(
        NeighbourFigures(
          candidate: DistanceMatrix(from: x, to: x, team: team),
          reference: DistanceMatrix(from: y, to: y, team: team),
          across: DistanceMatrix(from: x, to: y, team: team)))
      #expect(abs(figures.precision - example.precision) < 1e-12)
      #expect(abs(figures.recall - example.recall) < 1e-12)
      #expect(abs(figures.density - example.density) < 1e-12)
      #expect(abs(figures.coverage - example.coverage) < 1e-12)
    }
  }

  // Distances within a set come from a product in 32 bits, 10⁻⁶ of numbers below 2; those to the nearest
  // clip are measured again in 64, from numbers that were rounded to 32.
  @Test("Distances to the nearest clip and of pairs are those of cdist and pdist")
  func nearest() throws {
    for example in golden.cases {
      let (x, y) = (clips(example.candidate), clips(example.reference))
      let own = x.distances(to: x, team: team)
      let toSelf = x.nearest(in: x, by: own, isSame: true).map(\.distance)
      let toTraining = x.nearest(in: y, by: x.distances(to: y, team: team)).map(\.distance)
      // A set's distances are root mean squares over the columns.
      let scale = Double(example.width).squareRoot() / Double(example.count)
      #expect(abs(scale * toSelf.reduce(0, +) - example.selfDistance) < 1e-5)
      #expect(abs(scale * toTraining.reduce(0, +) - example.trainDistance) < 1e-5)
      let pairs = try #require(own.meanOfPairs) * Double(example.width).squareRoot()
      #expect(abs(pairs - example.pairDistance) < 1e-4)
    }
  }

  private func clips(_ features: FeatureMatrix) -> ClipSet {
    ClipSet(
      (0..<features.rowCount).map { row in
        ClipFeatures(
          levels: features[row].map { Float($0) + EvaluationFeatures.floorDecibels },
          envelope: [Double](repeating: 0, count: EvaluationFeatures.envelopeCount),
          durationSeconds: 0)
      }, levelCount: features.width)
  }

  // Levels are logarithms of 32-bit numbers, of which librosa makes the same from 64 bits: 10⁻⁵ dB where
  // there is sound, and at −80 dB, where 10⁻⁵ is a tenth of all there is, 10⁻³.
  @Test("Levels and envelopes are librosa's mel spectrogram and SciPy's cosine transform")
  func features() {
    #expect(golden.clips.count == 2)
    for clip in golden.clips {
      let features = EvaluationFeatures(sampleRate: clip.sampleRate, windowLength: clip.length)
      #expect(features.frameCount == clip.frameCount)
      let levels = features.levels(of: clip.samples)
      let every = max(1, clip.frameCount / 8)
      #expect(clip.levels.count == 9)
      for (index, expected) in clip.levels.enumerated() {
        for (band, level) in expected.enumerated() {
          #expect(abs(Double(levels[index * every * 64 + band]) - level) < 1e-3)
        }
      }
      for (value, expected) in zip(features.envelope(of: levels), clip.envelope.flatMap { $0 }) {
        #expect(abs(value - expected) < 1e-4)
      }
    }
  }

  @Test("Quantiles are NumPy's")
  func quantiles() throws {
    let found = try #require(
      Quantiles(of: FeatureMatrix.made(seed: 5, count: 101, width: 1).values))
    #expect(
      zip([found.low, found.median, found.high], golden.quantiles).allSatisfy {
        abs($0 - $1) < 1e-12
      })
  }
}
