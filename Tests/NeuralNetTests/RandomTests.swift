import NeuralNet
import Testing

@Suite("Random numbers")
struct RandomTests {
  @Test("Philox gives the known answers of its authors' test vectors")
  func knownAnswers() {
    // Random123 1.14, kat_vectors, philox4x32 with 10 rounds.
    let zeros = Philox.block(counter: SIMD4(0, 0, 0, 0), key: SIMD2(0, 0))
    #expect(zeros == SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8))
    let digitsOfPi = Philox.block(
      counter: SIMD4(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344),
      key: SIMD2(0xA409_3822, 0x299F_31D0))
    #expect(digitsOfPi == SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1))
  }

  @Test("A stream is a function of seed, purpose, step, attempt and index")
  func streamsDiffer() {
    func first(
      _ seed: UInt64, _ purpose: RandomPurpose, _ step: Int, _ attempt: Int, _ index: Int
    ) -> [UInt32] {
      var stream = RandomStream(
        seed: seed, purpose: purpose, step: step, attempt: attempt, index: index)
      return (0..<4).map { _ in stream.nextWord() }
    }
    let base = first(1, .order, 2, 3, 4)
    #expect(base == first(1, .order, 2, 3, 4))
    #expect(base != first(1 << 32 | 1, .order, 2, 3, 4))
    #expect(base != first(1, .phase, 2, 3, 4))
    #expect(base != first(1, .order, 3, 3, 4))
    #expect(base != first(1, .order, 2, 4, 4))
    #expect(base != first(1, .order, 2, 3, 5))
  }

  @Test("Uniform and normal numbers have the moments of their distributions")
  func moments() {
    var stream = RandomStream(seed: 7, purpose: .rendering)
    let count = 100_000
    // A mean of n draws strays by σ/√n; five of those are never seen with a fixed seed that works.
    let bound = 5 / Double(count).squareRoot()
    let uniform = (0..<count).map { _ in Double(stream.nextUniform()) }
    #expect(uniform.allSatisfy { (0..<1).contains($0) })
    #expect(abs(uniform.reduce(0, +) / Double(count) - 0.5) < bound * (1.0 / 12).squareRoot())
    let normal = (0..<count).map { _ in Double(stream.nextNormal()) }
    #expect(abs(normal.reduce(0, +) / Double(count)) < bound)
    #expect(abs(normal.map { $0 * $0 }.reduce(0, +) / Double(count) - 1) < bound * 2.0.squareRoot())
  }

  @Test("Shuffling keeps every element and reaches every place")
  func shuffling() {
    var places = [[Int]](repeating: [Int](repeating: 0, count: 5), count: 5)
    for index in 0..<5_000 {
      var stream = RandomStream(seed: 1, purpose: .order, index: index)
      var order = Array(0..<5)
      stream.shuffle(&order)
      #expect(order.sorted() == Array(0..<5))
      for (place, element) in order.enumerated() { places[element][place] += 1 }
    }
    // 1,000 expected in each place, with a standard deviation of 28.
    #expect(places.joined().allSatisfy { abs($0 - 1_000) < 5 * 28 })
  }
}
