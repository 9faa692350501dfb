import NeuralNet
import Testing
import WaveGAN

@Suite("Figures of an evaluation")
struct EvaluationFigureTests {
  private let team = ThreadTeam(threadCount: 2)

  private func distances(_ a: FeatureMatrix, _ b: FeatureMatrix) -> DistanceMatrix {
    DistanceMatrix(from: a, to: b, team: team)
  }

  private func figures(_ a: FeatureMatrix, _ b: FeatureMatrix) -> NeighbourFigures? {
    NeighbourFigures(
      candidate: distances(a, a), reference: distances(b, b), across: distances(a, b))
  }

  // Variances are below 1 and sums have a few thousand terms: rounding stays below 10⁻¹².
  @Test("A set is at no distance from itself and covers itself", arguments: [6, 40, 200])
  func itself(count: Int) throws {
    let x = FeatureMatrix.made(seed: 3, count: count, width: 16)
    #expect(abs(try #require(FrechetDistance.between(x, x))) < 1e-12)
    let overlap = try #require(figures(x, x))
    #expect(overlap.precision == 1 && overlap.recall == 1 && overlap.coverage == 1)
    // Each ball holds its five neighbours and its own centre, and as many balls hold a point on
    // average.
    #expect(abs(overlap.density - 6.0 / 5) < 1e-12)
  }

  @Test("A set far away covers nothing, and its Fréchet distance is the square of the shift")
  func shifted() throws {
    let x = FeatureMatrix.made(seed: 3, count: 100, width: 16)
    let y = FeatureMatrix.made(seed: 3, count: 100, width: 16, shift: 10)
    let overlap = try #require(figures(x, y))
    #expect(overlap.precision == 0 && overlap.recall == 0)
    #expect(overlap.density == 0 && overlap.coverage == 0)
    // 16 coordinates by 10 each.
    #expect(abs(try #require(FrechetDistance.between(x, y)) - 1_600) < 1e-9)
  }

  @Test("Fréchet's distance of one coordinate is that of the means and deviations")
  func oneCoordinate() throws {
    let x = FeatureMatrix(rowCount: 3, width: 1, values: [-1, 0, 1])
    let y = FeatureMatrix(rowCount: 3, width: 1, values: [2, 5, 8])
    // (5 − 0)² + (3 − 1)².
    #expect(abs(try #require(FrechetDistance.between(x, y)) - 29) < 1e-12)
  }

  @Test("Of too few clips, or of clips all alike, there is no figure instead of a wrong one")
  func tooFew() {
    let one = FeatureMatrix.made(seed: 3, count: 1, width: 4)
    let five = FeatureMatrix.made(seed: 3, count: 5, width: 4)
    #expect(FrechetDistance.between(one, five) == nil)
    #expect(figures(five, five) == nil)
    #expect(BinFigures(reference: five, seed: 0, team: team) == nil)
    let alike = FeatureMatrix(rowCount: 8, width: 2, values: [Double](repeating: 1, count: 16))
    #expect(
      KernelDistance.value(
        candidate: distances(alike, alike), reference: distances(alike, alike),
        across: distances(alike, alike)) == nil)
  }

  @Test("Clips that repeat one sound lie in real balls and reach almost nothing")
  func collapsed() throws {
    let real = FeatureMatrix.made(seed: 3, count: 60, width: 4)
    let one = FeatureMatrix(
      rowCount: 60, width: 4, values: (0..<60).flatMap { _ in Array(real[0]) })
    let overlap = try #require(figures(one, real))
    #expect(overlap.precision == 1)
    #expect(overlap.recall == 1.0 / 60)
    #expect(overlap.coverage < 0.25)
  }

  @Test("Groups that lie apart are found, and bins tell a set that lacks one of them")
  func bins() throws {
    // Four heaps of 50 on the corners of a square; the other set has none in one of them.
    func heaps(_ corners: [(Double, Double)], seed: Int) -> FeatureMatrix {
      let noise = FeatureMatrix.made(seed: seed, count: 200, width: 2, scale: 0.1).values
      return FeatureMatrix(
        rowCount: 200, width: 2,
        values: (0..<200).flatMap { index in
          let corner = corners[index % corners.count]
          return [corner.0 + noise[2 * index], corner.1 + noise[2 * index + 1]]
        })
    }
    let corners = [(0.0, 0.0), (0.0, 10.0), (10.0, 0.0), (10.0, 10.0)]
    let real = heaps(corners, seed: 3)
    let groups = KMeans(real, count: 4, seed: 1, team: team).groups(of: real, team: team)
    #expect((0..<200).allSatisfy { groups[$0] == groups[$0 % 4] })
    #expect(Set(groups).count == 4)

    let bins = try #require(BinFigures(reference: real, seed: 1, team: team))
    #expect(bins.binCount == 20)
    #expect(bins.differentCount(in: real, team: team) == 0)
    let lacking = bins.differentCount(in: heaps(Array(corners.dropLast()), seed: 5), team: team)
    // At least the bins of the heap that it lacks, about a quarter of them.
    #expect(lacking >= 3)
  }

  // By hand: p = 30/100, error = √(0.3 · 0.7 · 2/50), z = 0.2 / 0.0917.
  @Test("Two parts differ when their difference is over 1.96 standard errors")
  func proportions() {
    let test = TwoProportionTest(20, of: 50, against: 10, of: 50)
    #expect(abs(test.z - 0.2 / (0.3 * 0.7 * 2.0 / 50).squareRoot()) < 1e-12)
    #expect(test.isDifferent && test.isLarger)
    #expect(!TwoProportionTest(15, of: 50, against: 12, of: 50).isDifferent)
    #expect(TwoProportionTest(0, of: 50, against: 0, of: 50).z == 0)
  }

  @Test("Numbers of threads change no byte", arguments: [1, 3])
  func threads(count: Int) {
    let few = ThreadTeam(threadCount: count)
    let x = FeatureMatrix.made(seed: 3, count: 101, width: 37)
    let y = FeatureMatrix.made(seed: 5, count: 67, width: 37)
    #expect(DistanceMatrix(from: x, to: y, team: few) == distances(x, y))
    let (a, b) = (x.values.map { Float($0) }, y.values.map { Float($0) })
    #expect(
      RowDistances.byProducts(a, b, width: 37, team: few)
        == RowDistances.byProducts(a, b, width: 37, team: team))
    #expect(
      KMeans(x, count: 5, seed: 2, team: few).centers
        == KMeans(x, count: 5, seed: 2, team: team).centers)
  }

  // 37 products of numbers below 1 in 32 bits: 10⁻⁶ in the square.
  @Test("Distances through products are those by definition")
  func products() {
    let x = FeatureMatrix.made(seed: 3, count: 40, width: 37)
    let y = FeatureMatrix.made(seed: 5, count: 50, width: 37)
    let fast = RowDistances.byProducts(
      x.values.map { Float($0) }, y.values.map { Float($0) }, width: 37, team: team)
    for (fast, exact) in zip(fast, distances(x, y).values) {
      #expect(abs(fast * fast - exact * exact) < 1e-5)
    }
  }
}
