import NeuralNet
import Testing

@Suite("Parameters")
struct ParameterTests {
  @Test("A filter [O, I, K] of files lies in memory as [K, I, O]")
  func filterByHand() {
    let arena = ParameterArena([.init("weight", [2, 3, 2], .constant(0))])
    let parameter = arena.parameters[0]
    let numbers = (0..<12).map { Float($0) }
    parameter.set(arena.values, fromFileOrder: numbers)
    // File: w[o, i, k] = 6·o + 2·i + k. Memory: k slowest, o fastest.
    #expect(
      Array(arena.values.array.prefix(12)) == [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11])
    #expect(parameter.fileOrder(of: arena.values) == numbers)
  }

  @Test("The rows of a dense layer [C·T, Z], split, lie in memory as [Z, T, C]")
  func splitByHand() {
    let arena = ParameterArena([
      .init("weight", [6, 2], splitShape: [3, 2, 2], .constant(0))
    ])
    let parameter = arena.parameters[0]
    let numbers = (0..<12).map { Float($0) }
    parameter.set(arena.values, fromFileOrder: numbers)
    // File: row c·2 + t, column z: 4·c + 2·t + z. Memory: z slowest, c fastest.
    #expect(
      Array(arena.values.array.prefix(12)) == [0, 4, 8, 2, 6, 10, 1, 5, 9, 3, 7, 11])
    #expect(parameter.fileOrder(of: arena.values) == numbers)
    #expect(parameter.shape == [6, 2])
  }

  @Test(
    "What is written in file order is read back in file order, and neighbours stay as they are",
    arguments: [[1], [7], [1, 1], [5, 1], [1, 5], [4, 3, 25], [3, 1, 2, 2]])
  func roundTrip(shape: [Int]) {
    let arena = ParameterArena([
      .init("before", [3], .constant(1)), .init("weight", shape, .constant(0)),
      .init("after", [5], .constant(2)),
    ])
    arena.initialize(seed: 1, firstStream: 0)
    let parameter = arena.parameter("weight")
    let numbers = (0..<parameter.count).map { Float($0) + 0.5 }
    parameter.set(arena.values, fromFileOrder: numbers)
    #expect(parameter.fileOrder(of: arena.values) == numbers)
    #expect(arena.parameter("before").fileOrder(of: arena.values) == [1, 1, 1])
    #expect(arena.parameter("after").fileOrder(of: arena.values) == [2, 2, 2, 2, 2])
  }

  @Test(
    "Parts of the numbers, however long, are those of the whole",
    arguments: [1, 2, 5, 12, 49, 50, 51, 600])
  func parts(length: Int) {
    let arena = ParameterArena([
      .init("weight", [12, 2, 25], splitShape: [4, 3, 2, 25], .constant(0))
    ])
    let parameter = arena.parameters[0]
    let numbers = (0..<600).map { Float($0) }
    let parts = stride(from: 0, to: 600, by: length).map { $0..<min($0 + length, 600) }
    parameter.set(arena.values, fromFileOrder: numbers)
    for part in parts {
      #expect(parameter.fileOrder(of: arena.values, part) == Array(part).map(Float.init))
    }
    // The last first: no part needs the one before.
    let other = Tensor(arena.values.count)
    for part in parts.reversed() {
      parameter.set(other, fromFileOrder: Array(numbers[part]), at: part.lowerBound)
    }
    #expect(other.array == arena.values.array)
    #expect(parameter.fileOrder(of: other, 600..<600).isEmpty)
  }

  @Test("Each parameter begins on a cache line, and the room between them stays zero")
  func padding() {
    let arena = ParameterArena([
      .init("a", [3], .constant(1)), .init("b", [17], .kaimingNormal(fanIn: 1, slope: 0)),
    ])
    arena.initialize(seed: 1, firstStream: 0)
    #expect(arena.parameters.map(\.offset) == [0, 16])
    #expect(arena.values.count == 48)
    #expect(arena.parameterCount == 20)
    // Norms and optimisers run over the whole arena.
    #expect(arena.values.array[3..<16].allSatisfy { $0 == 0 })
    #expect(arena.values.array[33...].allSatisfy { $0 == 0 })
  }

  private func initialized(_ initializer: Initializer, seed: UInt64 = 1, stream: Int = 0) -> [Float]
  {
    let arena = ParameterArena([.init("weight", [100_000], initializer)])
    arena.initialize(seed: seed, firstStream: stream)
    return arena.parameters[0].fileOrder(of: arena.values)
  }

  private func moment(_ numbers: [Float], _ power: Int) -> Double {
    numbers.reduce(0) { sum, x in
      sum + (0..<power).reduce(1.0) { product, _ in product * Double(x) }
    } / Double(numbers.count)
  }

  @Test("Glorot's numbers fill −l ... l evenly, with l = √(6 / (fan in + fan out))")
  func glorot() {
    let numbers = initialized(.glorotUniform(fanIn: 25, fanOut: 71))
    // 6 / 96 is 1/16.
    let limit = 0.25
    #expect(numbers.allSatisfy { abs(Double($0)) <= limit })
    #expect(
      Double(numbers.max() ?? 0) > 0.999 * limit && Double(numbers.min() ?? 0) < -0.999 * limit)
    // Means of n draws stray by σ/√n; five of those for a seed that works once and for all.
    let bound = 5 / 100_000.0.squareRoot()
    #expect(abs(moment(numbers, 1)) < bound * limit / 3.0.squareRoot())
    // Var x² = l⁴ · (1/5 − 1/9).
    #expect(
      abs(moment(numbers, 2) - limit * limit / 3) < bound * limit * limit * (4.0 / 45).squareRoot())
  }

  @Test("Kaiming's numbers are normal with variance 2 / ((1 + slope²) · fan in)")
  func kaiming() {
    let numbers = initialized(.kaimingNormal(fanIn: 50, slope: 0.2))
    let variance = 2 / (1.04 * 50)
    let bound = 5 / 100_000.0.squareRoot()
    #expect(abs(moment(numbers, 1)) < bound * variance.squareRoot())
    #expect(abs(moment(numbers, 2) - variance) < bound * variance * 2.0.squareRoot())
    // Of a normal distribution: E x⁴ = 3σ⁴, Var x⁴ = 96σ⁸.
    #expect(
      abs(moment(numbers, 4) - 3 * variance * variance) < bound * variance * variance
        * 96.0.squareRoot())
  }

  @Test("A seed and the place in the order decide the numbers")
  func streams() {
    let rule = Initializer.glorotUniform(fanIn: 3, fanOut: 3)
    let numbers = initialized(rule)
    #expect(numbers == initialized(rule))
    #expect(numbers != initialized(rule, seed: 2))
    #expect(numbers != initialized(rule, stream: 1))
    #expect(initialized(.constant(0.25)).allSatisfy { $0 == 0.25 })
  }
}
