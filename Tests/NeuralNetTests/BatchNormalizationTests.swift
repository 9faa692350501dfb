import NeuralNet
import TestSupport
import Testing

@Suite("Batch normalisation")
struct BatchNormalizationTests {
  private let layer = BatchNormalization(team: ThreadTeam(threadCount: 2))

  /// ⟨r, y⟩ straight from the formula, in 64 bits.
  private func objective(
    _ x: [Double], weight: [Double], bias: [Double], r: [Float]
  ) -> Double {
    let channelCount = weight.count
    let stepCount = Double(x.count / channelCount)
    var sum = 0.0
    for c in 0..<channelCount {
      let places = stride(from: c, to: x.count, by: channelCount)
      let mean = places.reduce(0) { $0 + x[$1] } / stepCount
      let variance = places.reduce(0) { $0 + (x[$1] - mean) * (x[$1] - mean) } / stepCount
      for i in places {
        let y = weight[c] * (x[i] - mean) / (variance + 1e-3).squareRoot() + bias[c]
        sum += Double(r[i]) * y
      }
    }
    return sum
  }

  @Test(
    "Gradients are those of central differences in 64 bits",
    arguments: [[3, 5, 2], [1, 8, 1], [4, 1, 3], [2, 700, 2]])
  func gradients(shape: [Int]) {
    let channelCount = shape[2]
    let input = Tensor.made(seed: 1, shape)
    let r = Tensor.made(seed: 2, shape)
    let (weight, bias) = (
      Tensor.made(seed: 3, [channelCount]), Tensor.made(seed: 4, [channelCount])
    )
    let gradient = Tensor.made(seed: 2, shape)
    let (weightGradient, biasGradient) = (Tensor(channelCount), Tensor(channelCount))
    layer.backward(
      gradient, input: input, statistics: layer.statistics(of: input), weight: weight,
      weightGradient: weightGradient, biasGradient: biasGradient)

    // In 64 bits, h = 10⁻⁵ errs by h² from truncation and 10⁻¹⁶ / h from rounding: 10⁻¹⁰.
    let h = 1e-5
    var (x, w, b) = (
      input.array.map(Double.init), weight.array.map(Double.init), bias.array.map(Double.init)
    )
    func slope(_ change: (Double) -> Void) -> Double {
      change(h)
      let above = objective(x, weight: w, bias: b, r: r.array)
      change(-2 * h)
      let below = objective(x, weight: w, bias: b, r: r.array)
      change(h)
      return (above - below) / (2 * h)
    }
    // The long shape is there for its several blocks of sums; each 50th number will do.
    let places = stride(from: 0, to: input.count, by: input.count > 1_000 ? 50 : 1)
    let expected = places.map { place in Float(slope { x[place] += $0 }) }
    // 32-bit arithmetic: a few roundings of numbers around 1.
    let bound = 1e-5
    #expect(relativeError(places.map { gradient[$0] }, expected) < bound)
    #expect(
      relativeError(
        weightGradient.values, (0..<channelCount).map { c in Float(slope { w[c] += $0 }) }) < bound)
    #expect(
      relativeError(
        biasGradient.values, (0..<channelCount).map { c in Float(slope { b[c] += $0 }) }) < bound)
  }

  @Test("A constant channel gives its bias, and no gradient to its input but rounding")
  func constantChannel() {
    let input = Tensor(2, 4, 1)
    input.assign([Float](repeating: 0.75, count: 8))
    let output = Tensor(2, 4, 1)
    let (weight, bias) = (Tensor.made(seed: 1, [1]), Tensor.made(seed: 2, [1]))
    let statistics = layer.statistics(of: input)
    layer.forward(
      input, by: statistics, weight: weight, bias: bias, into: output)
    // Scale · 0.75 is subtracted from itself after rounding: scale is at most 1/√10⁻³ ≈ 32.
    #expect(output.array.allSatisfy { abs($0 - bias[0]) < 32 * 0x1p-23 })
    let gradient = Tensor(2, 4, 1)
    gradient.assign([Float](repeating: 1, count: 8))
    layer.backward(
      gradient, input: input, statistics: statistics, weight: weight,
      weightGradient: Tensor(1), biasGradient: Tensor(1))
    #expect(gradient.array.allSatisfy { $0 == 0 })
  }
}
